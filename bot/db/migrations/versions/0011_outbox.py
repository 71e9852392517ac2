"""Travellers on messaging channels, and what is to be delivered to them."""

import sqlalchemy as sa
from alembic import op

from bot.db.base import UtcDateTime

revision = "0011_outbox"
down_revision = "0010_chatwoot"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('due', 'sending')")


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address_digest", sa.String(64), nullable=False),
        sa.Column("address_sealed", sa.Text, nullable=False),
        sa.Column("heard_at", UtcDateTime, nullable=False),
        sa.Column("unreachable", sa.String(20)),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_contacts"),
        sa.UniqueConstraint("channel", "address_digest", name="uq_contacts_channel_address_digest"),
        _of_conversation("fk_contacts_conversation_id"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("first_seq", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("regardless", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("parts_sent", sa.Integer, nullable=False),
        sa.Column("unclear", sa.Boolean, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("put_off_at", UtcDateTime),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("sent_at", UtcDateTime),
        sa.Column("delivered_at", UtcDateTime),
        sa.Column("read_at", UtcDateTime),
        sa.Column("failure", sa.String(20)),
        sa.Column("detail", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        _of_conversation("fk_outbox_conversation_id"),
    )
    op.create_index("ix_outbox_conversation_id", "outbox", ["conversation_id", "id"])
    op.create_index("ix_outbox_open", "outbox", ["conversation_id", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_outbox_state", "outbox", ["state", "channel", "due_at", "id"])
    op.create_table(
        "outbox_parts",
        sa.Column("entry_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("provider_id", sa.String(200)),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_outbox_parts"),
        sa.ForeignKeyConstraint(["entry_id"], ["outbox.id"], name="fk_outbox_parts_entry_id", ondelete="CASCADE"),
    )
    op.create_index("ix_outbox_parts_provider_id", "outbox_parts", ["provider_id"])
    op.create_table(
        "outbox_early_receipts",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("provider_id", sa.String(200)),
        sa.Column("key", sa.String(80)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("failure", sa.String(20)),
        sa.Column("detail", sa.Text),
        sa.Column("came_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_early_receipts"),
    )


def _of_conversation(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    op.drop_table("outbox_early_receipts")
    op.drop_table("outbox_parts")
    op.drop_table("outbox")
    op.drop_table("contacts")
