"""Search over the masked text."""

revision = "0009_search"
down_revision = "0008_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
