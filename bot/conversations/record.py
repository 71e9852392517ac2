"""Reading and writing the record within a session that somebody else opens; each function is one act.

Whoever writes takes the conversation's row first (`locked`): numbers are given out and answers committed by one at a
time, also where several processes share a PostgreSQL database.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import event_names
from bot.conversations.dialogue_port import Choice, Reply
from bot.conversations.models import Conversation, Event, Message
from bot.conversations.states import State, change
from bot.formats import Language


@dataclass(frozen=True)
class PendingMessage:
    """A traveller's message that has no answer yet."""

    message: Message


@dataclass(frozen=True)
class PendingProof:
    """A proof of identity about which nothing was said yet."""

    event: Event


async def create(
    session: AsyncSession,
    conversation_id: str,
    *,
    channel: str,
    language: Language | None,
    token_digest: str,
    at: datetime,
) -> Conversation:
    """A new conversation with no message in it."""
    conversation = Conversation(
        id=conversation_id,
        channel=channel,
        language=language,
        state="bot",
        token_digest=token_digest,
        last_seq=0,
        created_at=at,
    )
    session.add(conversation)
    await session.flush()
    note(session, conversation, event_names.STARTED, at)
    return conversation


async def by_token_digest(session: AsyncSession, token_digest: str) -> Conversation | None:
    """The conversation that a token opens."""
    return await session.scalar(select(Conversation).where(Conversation.token_digest == token_digest))


async def find(session: AsyncSession, conversation_id: str) -> Conversation | None:
    """The conversation of this id."""
    return await session.get(Conversation, conversation_id)


async def locked(session: AsyncSession, conversation_id: str) -> Conversation:
    """The conversation, held until the transaction ends. It must exist."""
    query = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one()


async def by_client_id(session: AsyncSession, conversation_id: str, client_message_id: str) -> Message | None:
    """The traveller's message that its sender named so."""
    return await session.scalar(
        select(Message).where(
            Message.conversation_id == conversation_id, Message.client_message_id == client_message_id
        )
    )


def add_inbound(
    session: AsyncSession, conversation: Conversation, *, text: str, client_message_id: str, at: datetime
) -> Message:
    """Stores a traveller's message, masked already, as not yet answered."""
    message = _message(conversation, "traveller", text, None, at)
    message.client_message_id = client_message_id
    session.add(message)
    note(session, conversation, event_names.RECEIVED, at)
    return message


async def add_replies(
    session: AsyncSession, conversation: Conversation, replies: Iterable[Reply], *, at: datetime, reply_to: str | None
) -> Sequence[Message]:
    """Stores the bot's messages in order."""
    stored = []
    for reply in replies:
        message = _message(conversation, "bot", reply.text, reply.language, at)
        message.buttons = [{"title": button.title, "payload": button.payload} for button in reply.buttons]
        message.choices = [
            {
                "title": button.title,
                "payload": button.payload,
                "intent": button.choice.intent,
                "entities": list(button.choice.entities),
            }
            for button in reply.buttons
            if button.choice is not None
        ]
        message.meta = dict(reply.meta)
        message.reply_to = reply_to
        stored.append(message)
    session.add_all(stored)
    await session.flush()
    return stored


def _message(conversation: Conversation, sender: str, text: str, language: Language | None, at: datetime) -> Message:
    conversation.last_seq += 1
    return Message(
        id=str(uuid.uuid4()),
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        sender=sender,
        text=text,
        language=language,
        buttons=[],
        choices=[],
        meta={},
        created_at=at,
    )


def enter(session: AsyncSession, conversation: Conversation, state: State, at: datetime) -> None:
    """Changes the state and notes it, where it is another. Raises StateError where it cannot follow."""
    old = conversation.state
    if change(old, state) != old:
        conversation.state = state
        note(session, conversation, event_names.STATE_CHANGED, at, {"from": old, "to": state})


def note(
    session: AsyncSession,
    conversation: Conversation,
    name: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    *,
    pending: bool = False,
) -> None:
    """Writes an event down; `pending` where the bot owes words about it."""
    session.add(
        Event(
            conversation_id=conversation.id,
            name=name,
            at=at,
            seq=conversation.last_seq,
            pending=pending,
            data=dict(data or {}),
        )
    )


async def next_pending(session: AsyncSession, conversation_id: str) -> PendingMessage | PendingProof | None:
    """What the bot has to answer next in a conversation, oldest first."""
    message = await session.scalar(
        select(Message)
        .where(_is_unanswered(), Message.conversation_id == conversation_id)
        .order_by(Message.seq)
        .limit(1)
    )
    event = await session.scalar(
        select(Event).where(Event.pending, Event.conversation_id == conversation_id).order_by(Event.id).limit(1)
    )
    if event is not None and (message is None or event.seq < message.seq):
        return PendingProof(event)
    return None if message is None else PendingMessage(message)


async def still_pending(session: AsyncSession, turn: PendingMessage | PendingProof) -> bool:
    """Whether nobody answered it meanwhile; ask with the conversation's row taken."""
    if isinstance(turn, PendingProof):
        return bool(await session.scalar(select(Event.pending).where(Event.id == turn.event.id)))
    found = await session.scalar(select(Message.id).where(Message.id == turn.message.id, _is_unanswered()))
    return found is not None


async def mark_answered(
    session: AsyncSession,
    message_id: str,
    *,
    at: datetime,
    state: State,
    language: Language | None,
    meta: Mapping[str, Any],
) -> None:
    """Marks a traveller's message as answered, with what was understood of it."""
    await session.execute(
        update(Message)
        .where(Message.id == message_id)
        .values(answered_at=at, state_after=state, language=language, meta=dict(meta))
    )


async def mark_said(session: AsyncSession, event_id: int) -> None:
    """Marks that the bot has said what it owed about an event."""
    await session.execute(update(Event).where(Event.id == event_id).values(pending=False))


async def waiting_conversations(session: AsyncSession) -> Sequence[str]:
    """Ids of conversations in which the bot owes an answer."""
    unanswered = select(Message.conversation_id).where(_is_unanswered())
    pending = select(Event.conversation_id).where(Event.pending)
    return (await session.scalars(unanswered.union(pending))).all()


async def try_recovery(session: AsyncSession, conversation: Conversation, at: datetime) -> int:
    """Notes that what the conversation has pending is to be answered after a restart; gives how often it was before.

    Counted are tries since the last answer, so each pending message has its own.
    """
    answered = select(func.max(Event.id)).where(
        Event.conversation_id == conversation.id,
        Event.name.in_((event_names.ANSWERED, event_names.ANSWER_FAILED, event_names.ANSWER_DROPPED)),
    )
    before = await session.scalar(
        select(func.count()).where(
            Event.conversation_id == conversation.id,
            Event.name == event_names.RECOVERY_TRIED,
            Event.id > func.coalesce(answered.scalar_subquery(), 0),
        )
    )
    note(session, conversation, event_names.RECOVERY_TRIED, at)
    return before or 0


async def messages_after(session: AsyncSession, conversation_id: str, seq: int) -> Sequence[Message]:
    """The messages after number `seq`, in order."""
    return (
        await session.scalars(
            select(Message).where(Message.conversation_id == conversation_id, Message.seq > seq).order_by(Message.seq)
        )
    ).all()


async def turn_of(session: AsyncSession, message_id: str) -> Sequence[Message]:
    """A traveller's message and the replies to it, in order."""
    return (
        await session.scalars(
            select(Message).where((Message.id == message_id) | (Message.reply_to == message_id)).order_by(Message.seq)
        )
    ).all()


async def offered(session: AsyncSession, conversation_id: str, before_seq: int) -> Mapping[str, Choice]:
    """What the newest bot message before number `before_seq` offers, by payload and by title, casefolded."""
    newest = await session.scalar(
        select(Message.choices)
        .where(Message.conversation_id == conversation_id, Message.sender == "bot", Message.seq < before_seq)
        .order_by(Message.seq.desc())
        .limit(1)
    )
    choices: dict[str, Choice] = {}
    for entry in newest or ():
        choice = Choice(entry["intent"], tuple(entry["entities"]))
        choices[entry["payload"].casefold()] = choice
        choices[entry["title"].casefold()] = choice
    return choices


def _is_unanswered() -> Any:
    return Message.answered_at.is_(None) & (Message.sender == "traveller")
