"""The tables of what goes out: who is written to, and what is to be delivered."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, UtcDateTime

EntryState = Literal["due", "sending", "sent", "failed", "dead"]
"""`due`: to be sent, or sent again. `sending`: begun, and the record does not know yet whether it arrived. `sent`: the
provider has taken it. `failed`: the provider will never take it, for the reason in `failure`. `dead`: it was tried as
often as it is tried; a person may send it again."""

Failure = Literal["unsubscribed", "blocked", "window", "unknown_address", "rejected", "tried_enough"]
"""Why something was not delivered: the traveller said STOP; the traveller or the provider blocks us; the provider's
window for answers has closed and no template fits; there is nobody at the address; the provider finds the message
itself wrong; it was tried as often as it is tried."""

OPEN = "state IN ('due', 'sending')"
"""The condition of an entry that is still to be delivered, as the index says it."""


class Contact(Base):
    """A traveller on a messaging channel, who has one conversation there, until a long silence begins another.

    The address is kept sealed, and found by its digest. `heard_at` is the traveller's last message. `unreachable` says
    why nothing is sent to them, None where they can be written to; STOP makes it `unsubscribed`.
    """

    __tablename__ = "contacts"
    __table_args__ = (UniqueConstraint("channel", "address_digest"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address_digest: Mapped[str] = mapped_column(String(64))
    address_sealed: Mapped[str] = mapped_column(Text)
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unreachable: Mapped[Failure | None] = mapped_column(String(20))


class OutboxEntry(Base):
    """What is delivered together: page `page` of the messages `first_seq` to `last_seq` of a conversation.

    Entries of a conversation are delivered in the order of `id`; each waits for the one before. `key` is its name for
    providers that tell repeats by one. `regardless` marks what is sent also to who wrote STOP: the confirmation of it.
    `parts_sent` counts the requests to the provider that worked. `provider_id` of each stands in `OutboxPart`.
    `put_off_at` is when `due_at` was chosen for the next try, None before there was one.
    `unclear` is true where the request after those may have worked too: the provider is asked before it is repeated.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_conversation_id", "conversation_id", "id"),
        Index("ix_outbox_open", "conversation_id", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("ix_outbox_state", "state", "channel", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    channel: Mapped[str] = mapped_column(String(20))
    first_seq: Mapped[int] = mapped_column(Integer)
    last_seq: Mapped[int] = mapped_column(Integer)
    page: Mapped[int] = mapped_column(Integer)
    regardless: Mapped[bool]
    state: Mapped[EntryState] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    parts_sent: Mapped[int] = mapped_column(Integer, default=0)
    unclear: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    put_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[Failure | None] = mapped_column(String(20))
    detail: Mapped[str | None] = mapped_column(Text)


class OutboxPart(Base):
    """One request to the provider that worked: `number` counts from 1 in its entry; `provider_id` is its message."""

    __tablename__ = "outbox_parts"
    __table_args__ = (Index("ix_outbox_parts_provider_id", "provider_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    provider_id: Mapped[str | None] = mapped_column(String(200))


class EarlyReceipt(Base):
    """A receipt that came before the record knew what it is about; it is kept until that is known, for minutes."""

    __tablename__ = "outbox_early_receipts"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(20))
    provider_id: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[Literal["sent", "delivered", "read", "failed"]] = mapped_column(String(10))
    failure: Mapped[Failure | None] = mapped_column(String(20))
    detail: Mapped[str | None] = mapped_column(Text)
    came_at: Mapped[datetime] = mapped_column(UtcDateTime)
