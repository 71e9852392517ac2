"""A conversation whose row a transaction holds, and what the transaction adds to it.

What is added is gathered and stored at once, each kind by one statement; SQLAlchemy's own unit of work does the same at
four times the price, and this is done twice in every turn. What may be done to a conversation is in `verbs`.
"""

import uuid
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.actor import Actor
from bot.conversations.counting import count
from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.conversations.models import Conversation, Event, Message
from bot.conversations.outbox.entries import PUT, entry, is_delivered
from bot.conversations.reasons import Rating, Reason
from bot.conversations.states import State
from bot.db.engine import when_committed
from bot.db.upsert import table_of
from bot.formats import Language


@dataclass
class Row:
    """The columns of a conversation that change; `bot.conversations.models.Conversation` says what each means."""

    state: State
    language: Language | None
    last_seq: int
    touched_at: datetime
    takeovers: int = 0
    handoff_id: str | None = None
    handoff_reason: Reason | None = None
    assignee_id: str | None = None
    assignee_name: str | None = None
    waiting_since: datetime | None = None
    snoozed_until: datetime | None = None
    staff_read_seq: int = 0
    traveller_read_seq: int = 0
    rating: Rating | None = None


_CONVERSATIONS = table_of(Conversation)
_ADD_MESSAGES = insert(table_of(Message))
_ADD_EVENTS = insert(table_of(Event))
_NAMES = tuple(field.name for field in fields(Row))
_ROW = tuple(_CONVERSATIONS.c[name] for name in _NAMES)
_THIS = _CONVERSATIONS.c.id == bindparam("this")
_TAKE = select(_CONVERSATIONS.c.channel, *_ROW).where(_THIS).with_for_update()
_TAKE_AND_NUMBER = (
    update(_CONVERSATIONS)
    .where(_THIS)
    .values(last_seq=_CONVERSATIONS.c.last_seq + 1, touched_at=bindparam("at"))
    .returning(_CONVERSATIONS.c.channel, *_ROW)
)
_CHANGE = update(_CONVERSATIONS).where(_THIS).values({name: bindparam(name) for name in _NAMES})


class Held:
    """A conversation, held until the transaction ends; `row.last_seq` is the last number given out in it."""

    def __init__(self, conversation_id: str, channel: str, row: Row) -> None:
        self.id = conversation_id
        self.channel = channel
        self.row = row
        self._as_found = asdict(row)
        self._messages: list[dict[str, Any]] = []
        self._events: list[dict[str, Any]] = []
        self._outbox: list[Mapping[str, Any]] = []
        self._statements: list[Executable] = []

    @property
    def holder(self) -> Actor | None:
        """The assignee, None where no person has it."""
        row = self.row
        return Actor(row.assignee_id, row.assignee_name or "") if row.assignee_id is not None else None

    def message(self, sender: str, text: str, at: datetime) -> dict[str, Any]:
        """The columns of a message that has the last number given out; it is not added."""
        return {
            "id": str(uuid.uuid4()),
            "conversation_id": self.id,
            "seq": self.row.last_seq,
            "sender": sender,
            "text": text,
            "language": None,
            "buttons": [],
            "choices": [],
            "meta": {},
            "created_at": at,
            "client_message_id": None,
            "reply_to": None,
        }

    def add_replies(self, replies: Iterable[Reply], *, at: datetime, reply_to: str | None) -> list[Message]:
        """Adds the bot's messages in order."""
        return [self._add("bot", reply, at, reply_to=reply_to) for reply in replies]

    def add_staff_message(self, text: str, *, at: datetime, author: str, client_message_id: str | None) -> Message:
        """Adds what a person of the staff says; the traveller sees the author's name."""
        reply = Reply(text, self.row.language or "en", meta={"author": {"name": author}})
        return self._add("staff", reply, at, client_message_id=client_message_id)

    def _add(self, sender: str, reply: Reply, at: datetime, **more: str | None) -> Message:
        self.row.last_seq += 1
        self.row.touched_at = at
        row = self.message(sender, reply.text, at) | _said(reply) | more
        self._messages.append(row)
        return Message(**row)

    def deliver(self, first_seq: int, last_seq: int, at: datetime, *, page: int = 1, regardless: bool = False) -> None:
        """Puts a page of these messages into the outbox; what staff and the guide say is put there by itself."""
        self._outbox.append(entry(self.id, self.channel, first_seq, last_seq, at=at, page=page, regardless=regardless))

    def note(self, name: str, at: datetime, data: Mapping[str, Any] | None = None, *, pending: bool = False) -> None:
        """Writes an event down; `pending` where the bot owes words about it."""
        event = {"conversation_id": self.id, "name": name, "at": at, "seq": self.row.last_seq}
        self._events.append(event | {"pending": pending, "data": dict(data or {})})

    def also(self, statement: Executable) -> None:
        """Runs a statement in the same transaction, when the rest is stored."""
        self._statements.append(statement)

    async def store(self, session: AsyncSession, *, changed: bool) -> None:
        """Stores what was added, and the row itself where it was `changed`."""
        if changed or asdict(self.row) != self._as_found:
            await session.execute(_CHANGE, {"this": self.id, **asdict(self.row)})
        if self._messages:
            await session.execute(_ADD_MESSAGES, self._messages)
        if self._messages and is_delivered(self.channel) and not self._outbox:
            self.deliver(self._messages[0]["seq"], self._messages[-1]["seq"], self._messages[-1]["created_at"])
        if self._outbox:
            await session.execute(PUT, self._outbox)
        if self._events:
            await session.execute(_ADD_EVENTS, self._events)
        for statement in self._statements:
            await session.execute(statement)
        if self._messages or self._events:
            when_committed(session, self._count)

    def _count(self) -> None:
        handed_over = self.row.handoff_id not in {None, self._as_found["handoff_id"]}
        reason = self.row.handoff_reason if handed_over else None
        count(self.channel, self._messages, self._events, reason)


@asynccontextmanager
async def locked(
    session: AsyncSession, conversation_id: str, *, number_at: datetime | None = None
) -> AsyncIterator[Held]:
    """The conversation, which must exist; what is done to it is stored when the block ends.

    With `number_at`, the instant of a message, one more number is given out already: `row.last_seq`.
    """
    if number_at is None:
        found = await session.execute(_TAKE, {"this": conversation_id})
    else:
        found = await session.execute(_TAKE_AND_NUMBER, {"this": conversation_id, "at": number_at})
    channel, *row = found.one()
    held = Held(conversation_id, channel, Row(*row))
    yield held
    await held.store(session, changed=False)


def meant(button: Button, choice: Choice) -> dict[str, Any]:
    """What a button means, as it stands in `Message.choices`."""
    return {
        "title": button.title,
        "payload": button.payload,
        "intent": choice.intent,
        "entities": list(choice.entities),
    }


def _said(reply: Reply) -> dict[str, Any]:
    return {
        "language": reply.language,
        "buttons": [{"title": button.title, "payload": button.payload} for button in reply.buttons],
        "choices": [meant(button, button.choice) for button in reply.buttons if button.choice is not None],
        "meta": dict(reply.meta),
    }
