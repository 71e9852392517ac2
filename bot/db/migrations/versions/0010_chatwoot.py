"""Conversations that are held at Chatwoot."""

revision = "0010_chatwoot"
down_revision = "0009_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
