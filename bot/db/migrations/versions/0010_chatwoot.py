"""Conversations that are held at Chatwoot."""

import sqlalchemy as sa
from alembic import op

revision = "0010_chatwoot"
down_revision = "0009_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chatwoot_conversations",
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("contact_id", sa.BigInteger),
        sa.Column("chatwoot_id", sa.BigInteger),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("sent_seq", sa.Integer, nullable=False),
        sa.Column("received_id", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("agent_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_chatwoot_conversations"),
        sa.UniqueConstraint("chatwoot_id", name="uq_chatwoot_conversations_chatwoot_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_chatwoot_conversations_conversation_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_chatwoot_conversations_active",
        "chatwoot_conversations",
        ["conversation_id"],
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )


def downgrade() -> None:
    op.drop_table("chatwoot_conversations")
