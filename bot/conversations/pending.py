"""What the bot owes: messages without an answer, and happenings about which nothing was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import BindParameter, Select, String, bindparam, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.conversations import event_names
from bot.conversations.dialogue_port import Choice, Happening
from bot.conversations.models import Conversation, Event, Message
from bot.conversations.states import State
from bot.formats import Language

HAPPENINGS: Mapping[str, Happening] = {
    event_names.IDENTITY_PROVED: "identity_proved",
    event_names.IDENTITY_LOCKED: "identity_locked",
    event_names.HANDED_BACK: "handed_back",
}


@dataclass(frozen=True)
class PendingMessage:
    """A traveller's message that has no answer yet.

    `choices` are what the newest bot message before it offers, by payload and by title, casefolded; and what the
    message itself was known to mean when it was taken in.
    """

    id: str
    seq: int
    text: str
    client_message_id: str | None
    created_at: datetime
    choices: Mapping[str, Choice]


@dataclass(frozen=True)
class PendingEvent:
    """Something that happened about which nothing was said yet."""

    event_id: int
    what: Happening


@dataclass(frozen=True)
class Pending:
    """What the bot has to answer next in a conversation, and the conversation before that.

    `takeovers` is how often a person had taken it then: an answer is of no use after another take-over.
    """

    conversation_id: str
    state: State
    language: Language | None
    takeovers: int
    what: PendingMessage | PendingEvent


async def next_pending(session: AsyncSession, conversation_id: str) -> Pending | None:
    """What the bot has to answer next in a conversation, oldest first."""
    found = (await session.execute(_NEXT, {"conversation_id": conversation_id})).one_or_none()
    if found is None:
        return None
    state, language, takeovers, *message, event_id, event_name, event_seq = found
    message_id, seq, text, client_message_id, created_at, known, offered = message
    what: PendingMessage | PendingEvent
    if event_id is not None and (message_id is None or event_seq < seq):
        what = PendingEvent(event_id, HAPPENINGS[event_name])
    elif message_id is not None:
        what = PendingMessage(message_id, seq, text, client_message_id, created_at, _choices(offered, known))
    else:
        return None
    return Pending(conversation_id, state, language, takeovers, what)


async def waiting_conversations(session: AsyncSession) -> Sequence[str]:
    """Ids of conversations in which the bot owes an answer."""
    unanswered = select(Message.conversation_id).where(is_unanswered())
    pending = select(Event.conversation_id).where(Event.pending)
    return (await session.scalars(unanswered.union(pending))).all()


async def heads(session: AsyncSession) -> Sequence[tuple[str, str, int]]:
    """The oldest message without an answer, and the oldest happening without words, of each conversation that has one.

    Given are the conversation, the kind, and the number of the message or the happening.
    """
    messages = select(Message.conversation_id, literal_column("'message'", String), func.min(Message.seq))
    events = select(Event.conversation_id, literal_column("'event'", String), func.min(Event.id))
    found = await session.execute(
        messages.where(is_unanswered())
        .group_by(Message.conversation_id)
        .union_all(events.where(Event.pending).group_by(Event.conversation_id))
    )
    return [(conversation_id, kind, number) for conversation_id, kind, number in found]


def is_unanswered() -> Any:
    """The condition of a traveller's message without an answer; an index serves it."""
    return Message.answered_at.is_(None) & (Message.sender == "traveller")


def _choices(*offered: Iterable[Mapping[str, Any]] | None) -> Mapping[str, Choice]:
    choices: dict[str, Choice] = {}
    for entry in chain.from_iterable(each or () for each in offered):
        choice = Choice(entry["intent"], tuple(entry["entities"]))
        choices[entry["payload"].casefold()] = choice
        choices[entry["title"].casefold()] = choice
    return choices


def _next() -> Select[Any]:
    """One statement, since each is a way to the database and back: the conversation, and the oldest of each kind."""
    conversation_id: BindParameter[str] = bindparam("conversation_id")
    oldest = aliased(Message)
    oldest_message = (
        select(Message.id)
        .where(is_unanswered(), Message.conversation_id == conversation_id)
        .order_by(Message.seq)
        .limit(1)
    )
    oldest_event = (
        select(Event.id).where(Event.pending, Event.conversation_id == conversation_id).order_by(Event.id).limit(1)
    )
    bot_message = aliased(Message)
    offered = (
        select(bot_message.choices)
        .where(
            bot_message.conversation_id == conversation_id,
            bot_message.sender == "bot",
            bot_message.seq < oldest.seq,
        )
        .order_by(bot_message.seq.desc())
        .limit(1)
        .correlate(oldest)
    )
    return (
        select(
            Conversation.state,
            Conversation.language,
            Conversation.takeovers,
            oldest.id,
            oldest.seq,
            oldest.text,
            oldest.client_message_id,
            oldest.created_at,
            oldest.choices,
            offered.scalar_subquery(),
            Event.id,
            Event.name,
            Event.seq,
        )
        .select_from(Conversation)
        .outerjoin(oldest, oldest.id == oldest_message.scalar_subquery())
        .outerjoin(Event, Event.id == oldest_event.scalar_subquery())
        .where(Conversation.id == conversation_id)
    )


_NEXT = _next()
