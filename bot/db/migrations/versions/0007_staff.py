"""Staff accounts and their sessions."""

revision = "0007_staff"
down_revision = "0006_handover"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
