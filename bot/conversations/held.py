"""A conversation whose row a transaction holds, and what the transaction adds to it.

What is added is gathered and stored at once, each kind by one statement; SQLAlchemy's own unit of work does the same at
four times the price, and this is done twice in every turn.
"""

import uuid
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import event_names
from bot.conversations.dialogue_port import Reply
from bot.conversations.models import Conversation, Event, Message
from bot.conversations.states import State, change
from bot.db.upsert import table_of
from bot.formats import Language

_CONVERSATIONS = table_of(Conversation)
_ADD_MESSAGES = insert(table_of(Message))
_ADD_EVENTS = insert(table_of(Event))
_ROW = (_CONVERSATIONS.c.state, _CONVERSATIONS.c.language, _CONVERSATIONS.c.last_seq)
_THIS = _CONVERSATIONS.c.id == bindparam("this")
_TAKE = select(*_ROW).where(_THIS).with_for_update()
_TAKE_AND_NUMBER = update(_CONVERSATIONS).where(_THIS).values(last_seq=_CONVERSATIONS.c.last_seq + 1).returning(*_ROW)
_CHANGE = (
    update(_CONVERSATIONS)
    .where(_THIS)
    .values(state=bindparam("state"), language=bindparam("language"), last_seq=bindparam("last_seq"))
)


@dataclass
class Held:
    """A conversation, held until the transaction ends; `last_seq` is the last number given out in it."""

    id: str
    state: State
    language: Language | None
    last_seq: int
    _messages: list[dict[str, Any]] = field(default_factory=list)
    _events: list[dict[str, Any]] = field(default_factory=list)

    def message(self, sender: str, text: str, at: datetime) -> dict[str, Any]:
        """The columns of a message that has the last number given out; it is not added."""
        return {
            "id": str(uuid.uuid4()),
            "conversation_id": self.id,
            "seq": self.last_seq,
            "sender": sender,
            "text": text,
            "language": None,
            "buttons": [],
            "choices": [],
            "meta": {},
            "created_at": at,
        }

    def add_replies(self, replies: Iterable[Reply], *, at: datetime, reply_to: str | None) -> list[Message]:
        """Adds the bot's messages in order."""
        rows = []
        for reply in replies:
            self.last_seq += 1
            rows.append(self.message("bot", reply.text, at) | _said(reply) | {"reply_to": reply_to})
        self._messages += rows
        return [Message(**row) for row in rows]

    def enter(self, state: State, at: datetime) -> None:
        """Changes the state and notes it, where it is another. Raises StateError where it cannot follow."""
        old, self.state = self.state, change(self.state, state)
        if self.state != old:
            self.note(event_names.STATE_CHANGED, at, {"from": old, "to": state})

    def note(self, name: str, at: datetime, data: Mapping[str, Any] | None = None, *, pending: bool = False) -> None:
        """Writes an event down; `pending` where the bot owes words about it."""
        event = {"conversation_id": self.id, "name": name, "at": at, "seq": self.last_seq}
        self._events.append(event | {"pending": pending, "data": dict(data or {})})

    async def store(self, session: AsyncSession, *, changed: bool) -> None:
        """Stores what was added, and the row itself where it was `changed`."""
        if changed:
            row = {"this": self.id, "state": self.state, "language": self.language, "last_seq": self.last_seq}
            await session.execute(_CHANGE, row)
        if self._messages:
            await session.execute(_ADD_MESSAGES, self._messages)
        if self._events:
            await session.execute(_ADD_EVENTS, self._events)


@asynccontextmanager
async def locked(session: AsyncSession, conversation_id: str, *, number: bool = False) -> AsyncIterator[Held]:
    """The conversation, which must exist; what is done to it is stored when the block ends.

    With `number`, one more number is given out already: `last_seq`.
    """
    taking = _TAKE_AND_NUMBER if number else _TAKE
    row = tuple((await session.execute(taking, {"this": conversation_id})).one())
    held = Held(conversation_id, *row)
    yield held
    await held.store(session, changed=(held.state, held.language, held.last_seq) != row)


def _said(reply: Reply) -> dict[str, Any]:
    return {
        "language": reply.language,
        "buttons": [{"title": button.title, "payload": button.payload} for button in reply.buttons],
        "choices": [
            {
                "title": button.title,
                "payload": button.payload,
                "intent": button.choice.intent,
                "entities": list(button.choice.entities),
            }
            for button in reply.buttons
            if button.choice is not None
        ],
        "meta": dict(reply.meta),
    }
