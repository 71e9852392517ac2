"""Who holds a conversation, why, and what staff note about it."""

import sqlalchemy as sa
from alembic import op

from bot.db.base import UtcDateTime

revision = "0006_handover"
down_revision = "0005_audit"
branch_labels = None
depends_on = None

_CANNOT_TELL = (
    "policy_silent_mode",
    "policy_silent_airport",
    "policy_silent_land_start",
    "no_trip_known",
    "no_application_facts",
)


def upgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("touched_at", UtcDateTime))
        table.add_column(sa.Column("takeovers", sa.Integer, nullable=False, server_default="0"))
        table.add_column(sa.Column("handoff_id", sa.String(36)))
        table.add_column(sa.Column("handoff_reason", sa.String(20)))
        table.add_column(sa.Column("assignee_id", sa.String(64)))
        table.add_column(sa.Column("assignee_name", sa.String(200)))
        table.add_column(sa.Column("waiting_since", UtcDateTime))
        table.add_column(sa.Column("snoozed_until", UtcDateTime))
        table.add_column(sa.Column("staff_read_seq", sa.Integer, nullable=False, server_default="0"))
        table.add_column(sa.Column("traveller_read_seq", sa.Integer, nullable=False, server_default="0"))
        table.add_column(sa.Column("rating", sa.String(10)))
    # Who waited before there was a desk waits since the last message.
    op.execute(
        "UPDATE conversations SET touched_at = coalesce((SELECT max(messages.created_at) FROM messages "
        "WHERE messages.conversation_id = conversations.id), created_at)"
    )
    op.execute("UPDATE conversations SET waiting_since = touched_at, handoff_reason = 'asked' WHERE state = 'waiting'")
    op.create_table(
        "handoffs",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("requested_at", UtcDateTime, nullable=False),
        sa.Column("taken_at", UtcDateTime),
        sa.Column("assignee_id", sa.String(64)),
        sa.Column("first_reply_at", UtcDateTime),
        sa.Column("ended_at", UtcDateTime),
        sa.Column("ended_by", sa.String(20)),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_handoffs_conversation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_handoffs_conversation_id", "handoffs", ["conversation_id"])
    op.create_index("ix_handoffs_requested_at", "handoffs", ["requested_at"])
    # A handoff for each of those who wait already; its id is that of the conversation, which is as unique.
    op.execute(
        "INSERT INTO handoffs (id, conversation_id, reason, requested_at) "
        "SELECT id, id, 'asked', waiting_since FROM conversations WHERE state = 'waiting'"
    )
    op.execute("UPDATE conversations SET handoff_id = id WHERE state = 'waiting'")
    with op.batch_alter_table("conversations") as table:
        table.alter_column("touched_at", existing_type=UtcDateTime, nullable=False)
        table.alter_column("takeovers", existing_type=sa.Integer, server_default=None)
        table.alter_column("staff_read_seq", existing_type=sa.Integer, server_default=None)
        table.alter_column("traveller_read_seq", existing_type=sa.Integer, server_default=None)
    op.create_index("ix_conversations_state", "conversations", ["state", "waiting_since", "id"])
    op.create_index("ix_conversations_assignee_id", "conversations", ["assignee_id", "waiting_since", "id"])
    op.create_index("ix_conversations_touched_at", "conversations", ["touched_at", "id"])
    op.create_table(
        "notes",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("author_id", sa.String(64), nullable=False),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("client_note_id", sa.String(128), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_notes_conversation_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("conversation_id", "client_note_id", name="uq_notes_conversation_id_client_note_id"),
    )
    op.create_index("ix_notes_conversation_id", "notes", ["conversation_id", "seq"])
    _index_what_is_counted(on_sqlite=op.get_bind().dialect.name == "sqlite")


def _index_what_is_counted(*, on_sqlite: bool) -> None:
    asked_for = ["created_at", "id", "channel", "language", "rating"]
    op.create_index("ix_conversations_created_at", "conversations", asked_for)
    _partial("ix_messages_traveller", ["conversation_id"], "sender = 'traveller'")
    intent = _text_in_meta("intent", on_sqlite=on_sqlite)
    _partial("ix_messages_not_understood", ["created_at"], f"sender = 'traveller' AND {intent} = 'nlu_fallback'")
    card = _text_in_meta("card", on_sqlite=on_sqlite)
    verdict = _text_in_meta("ruling", "cbp_on_next_flight", "verdict", on_sqlite=on_sqlite)
    code = _text_in_meta("ruling", "cbp_on_next_flight", "code", on_sqlite=on_sqlite)
    for each in _CANNOT_TELL:
        _partial(
            f"ix_messages_{each}",
            ["created_at", "conversation_id"],
            f"sender = 'bot' AND {card} = 'flight' AND {verdict} = 'cannot_tell' AND {code} = '{each}'",
        )


def _text_in_meta(*path: str, on_sqlite: bool) -> str:
    return f"json_extract(meta, '$.{'.'.join(path)}')" if on_sqlite else f"(meta #>> '{{{','.join(path)}}}')"


def _partial(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "messages", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for code in _CANNOT_TELL:
        op.drop_index(f"ix_messages_{code}", "messages")
    op.drop_index("ix_messages_not_understood", "messages")
    op.drop_index("ix_messages_traveller", "messages")
    op.drop_table("notes")
    op.drop_table("handoffs")
    for index in (
        "ix_conversations_state",
        "ix_conversations_assignee_id",
        "ix_conversations_touched_at",
        "ix_conversations_created_at",
    ):
        op.drop_index(index, "conversations")
    with op.batch_alter_table("conversations") as table:
        for column in (
            "touched_at",
            "takeovers",
            "handoff_id",
            "handoff_reason",
            "assignee_id",
            "assignee_name",
            "waiting_since",
            "snoozed_until",
            "staff_read_seq",
            "traveller_read_seq",
            "rating",
        ):
            table.drop_column(column)
