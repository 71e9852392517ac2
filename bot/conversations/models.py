"""The tables of the conversation record."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.conversations.states import State
from bot.db.base import Base, UtcDateTime
from bot.formats import Language

# The part of a message's `meta` that never leaves the server: the likeliest intents with their confidence.
GUESSES = "guesses"


class Conversation(Base):
    """One conversation; `last_seq` is the number of messages in it, and so the last `seq` given out."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    language: Mapped[Language | None] = mapped_column(String(2))
    state: Mapped[State] = mapped_column(String(10))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    last_seq: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Message(Base):
    """One message as it is shown; `text` is masked.

    `choices` says what each button means; it never leaves the server. `client_message_id`, `answered_at` and
    `state_after` are those of a traveller's message: the sender's own id for it, when its answer was committed, and
    the state of the conversation then. `reply_to` is the message that a reply answers.
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
        Index("ix_conversation_events_conversation_id", "conversation_id"),
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
