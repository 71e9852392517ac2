"""Corrections of files by staff."""

revision = "0008_corrections"
down_revision = "0007_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
