"""The tables of the conversation record."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.conversations.counted import CANNOT_TELL, by_traveller, cannot_tell, not_understood
from bot.conversations.reasons import Ended, Rating, Reason
from bot.conversations.states import State
from bot.db.base import Base, UtcDateTime
from bot.formats import Language

# The part of a message's `meta` that never leaves the server: the likeliest intents with their confidence.
GUESSES = "guesses"

HAS_RULING = {
    "sqlite": "json_extract(meta, '$.ruling') IS NOT NULL",
    "postgresql": "(meta -> 'ruling') IS NOT NULL",
}
"""Per database, whether a message carries a ruling; a query that says it so is answered by an index."""


class Conversation(Base):
    """One conversation; `last_seq` is the number of messages in it, and so the last `seq` given out.

    `touched_at` is the last message or change of state. `takeovers` counts how often a person took it, so that an
    answer of the bot's from before can be told. `handoff_id` is the open handoff, `handoff_reason` the reason of the
    last. `waiting_since` is since when the traveller waits for a person's words. A snoozed conversation stays out of
    the queue until `snoozed_until` or the traveller's next message. The `…_read_seq` are read marks.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        Index("ix_conversations_state", "state", "waiting_since", "id"),
        Index("ix_conversations_assignee_id", "assignee_id", "waiting_since", "id"),
        Index("ix_conversations_touched_at", "touched_at", "id"),
        # All that a report asks of a conversation, so that it reads no rows.
        Index("ix_conversations_created_at", "created_at", "id", "channel", "language", "rating"),
        Index("ix_conversations_state_touched_at", "state", "touched_at", "id"),
        Index(
            "ix_conversations_snoozed_until",
            "snoozed_until",
            "id",
            sqlite_where=text("snoozed_until IS NOT NULL"),
            postgresql_where=text("snoozed_until IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    language: Mapped[Language | None] = mapped_column(String(2))
    state: Mapped[State] = mapped_column(String(10))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    last_seq: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    takeovers: Mapped[int] = mapped_column(Integer, default=0)
    handoff_id: Mapped[str | None] = mapped_column(String(36))
    handoff_reason: Mapped[Reason | None] = mapped_column(String(20))
    assignee_id: Mapped[str | None] = mapped_column(String(64))
    assignee_name: Mapped[str | None] = mapped_column(String(200))
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    staff_read_seq: Mapped[int] = mapped_column(Integer, default=0)
    traveller_read_seq: Mapped[int] = mapped_column(Integer, default=0)
    rating: Mapped[Rating | None] = mapped_column(String(10))


class Handoff(Base):
    """One time a conversation went to staff, from the wish for a person to the end; what is measured is measured here.

    `first_reply_at` is the first message of a person in it. It is open while `ended_at` is None.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        Index("ix_handoffs_conversation_id", "conversation_id"),
        Index("ix_handoffs_requested_at", "requested_at"),
        Index("ix_handoffs_assignee_id", "assignee_id", "conversation_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    reason: Mapped[Reason] = mapped_column(String(20))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assignee_id: Mapped[str | None] = mapped_column(String(64))
    first_reply_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[Ended | None] = mapped_column(String(20))


class Note(Base):
    """A private note of staff, masked; it stands after message number `seq` and is never shown to the traveller."""

    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_note_id"),
        Index("ix_notes_conversation_id", "conversation_id", "seq"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(Integer)
    author_id: Mapped[str] = mapped_column(String(64))
    author_name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    client_note_id: Mapped[str] = mapped_column(String(128))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Message(Base):
    """One message as it is shown; `text` is masked.

    `choices` says what each button means, or what a traveller's message is known to mean; it never leaves the server.
    `client_message_id`, `answered_at` and `state_after` are those of a traveller's message: the sender's own id for it,
    when its answer was committed, and the state of the conversation then. `reply_to` is the message that a reply
    answers.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_message_id"),
        Index(
            "ix_messages_unanswered",
            "conversation_id",
            "seq",
            sqlite_where=text("answered_at IS NULL AND sender = 'traveller'"),
            postgresql_where=text("answered_at IS NULL AND sender = 'traveller'"),
        ),
        Index("ix_messages_traveller", "conversation_id", sqlite_where=by_traveller(), postgresql_where=by_traveller()),
        Index(
            "ix_messages_not_understood", "created_at", sqlite_where=not_understood(), postgresql_where=not_understood()
        ),
        # One for each, so that a report counts entries and reads no ruling.
        *(
            Index(
                f"ix_messages_{code}",
                "created_at",
                "conversation_id",
                sqlite_where=cannot_tell(code),
                postgresql_where=cannot_tell(code),
            )
            for code in CANNOT_TELL
        ),
        Index(
            "ix_messages_ruling",
            "conversation_id",
            "seq",
            sqlite_where=text(f"sender = 'bot' AND {HAS_RULING['sqlite']}"),
            postgresql_where=text(f"sender = 'bot' AND {HAS_RULING['postgresql']}"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(Integer)
    sender: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[Language | None] = mapped_column(String(2))
    buttons: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    meta: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    client_message_id: Mapped[str | None] = mapped_column(String(128))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state_after: Mapped[State | None] = mapped_column(String(10))
    reply_to: Mapped[str | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)


class Event(Base):
    """Something that happened in a conversation (`bot.conversations.event_names`), in the order of `id`.

    `pending` is true while the bot owes words about it. `seq` is the conversation's last message at that moment.
    """

    __tablename__ = "conversation_events"
    __table_args__ = (
        Index("ix_conversation_events_conversation_id", "conversation_id", "seq"),
        Index(
            "ix_conversation_events_pending",
            "conversation_id",
            sqlite_where=text("pending"),
            postgresql_where=text("pending"),
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    seq: Mapped[int] = mapped_column(Integer)
    pending: Mapped[bool]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
