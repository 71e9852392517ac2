"""Reading and writing the record within a session that somebody else opens; each function is one act.

Whoever writes takes the conversation's row first (`locked`): numbers are given out and answers committed by one at a
time, also where several processes share a PostgreSQL database.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import event_names
from bot.conversations.dialogue_port import Button, Choice
from bot.conversations.held import Held, Row, locked, meant
from bot.conversations.models import Conversation, Event, Message
from bot.conversations.pending import is_unanswered
from bot.conversations.states import State
from bot.db.upsert import insert_into, table_of
from bot.formats import Language

_MESSAGES = table_of(Message)
_EVENTS = table_of(Event)
_MARK_ANSWERED = (
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("this"), is_unanswered())
    .values({name: bindparam(name) for name in ("answered_at", "state_after", "language", "meta")})
    .returning(_MESSAGES.c.id)
)


@asynccontextmanager
async def created(
    session: AsyncSession,
    conversation_id: str,
    *,
    channel: str,
    language: Language | None,
    token_digest: str,
    at: datetime,
) -> AsyncIterator[Held]:
    """A new conversation with no message in it; what is done to it is stored when the block ends."""
    conversation = Conversation(
        id=conversation_id,
        channel=channel,
        language=language,
        state="bot",
        token_digest=token_digest,
        last_seq=0,
        created_at=at,
        touched_at=at,
    )
    session.add(conversation)
    await session.flush()
    held = Held(conversation_id, channel, Row("bot", language, 0, at))
    held.note(event_names.STARTED, at)
    yield held
    await held.store(session, changed=True)


async def by_token_digest(session: AsyncSession, token_digest: str) -> Conversation | None:
    """The conversation that a token opens."""
    return await session.scalar(select(Conversation).where(Conversation.token_digest == token_digest))


async def find(session: AsyncSession, conversation_id: str) -> Conversation | None:
    """The conversation of this id."""
    return await session.get(Conversation, conversation_id)


async def by_client_id(session: AsyncSession, conversation_id: str, client_message_id: str) -> Message | None:
    """The traveller's message that its sender named so."""
    return await session.scalar(
        select(Message).where(
            Message.conversation_id == conversation_id, Message.client_message_id == client_message_id
        )
    )


async def take_in(
    session: AsyncSession,
    conversation_id: str,
    *,
    text: str,
    client_message_id: str,
    at: datetime,
    meaning: Choice | None = None,
) -> Message | None:
    """Stores a traveller's message, masked already, as not yet answered; takes the conversation's row.

    `meaning` is what the message is known to mean, so that it need not be read.
    None where its sender has used `client_message_id` before: then the transaction is to be rolled back.
    """
    async with locked(session, conversation_id, number_at=at) as conversation:
        values = conversation.message("traveller", text, at) | {"client_message_id": client_message_id}
        if meaning is not None:
            values["choices"] = [meant(Button(text, text, meaning), meaning)]
        statement = insert_into(session, Message).on_conflict_do_nothing(
            index_elements=["conversation_id", "client_message_id"]
        )
        if await session.scalar(statement.returning(_MESSAGES.c.id), values) is None:
            return None
        conversation.note(event_names.RECEIVED, at)
    return Message(**values)


async def mark_answered(
    session: AsyncSession,
    message_id: str,
    *,
    at: datetime,
    state: State,
    language: Language | None,
    meta: Mapping[str, Any],
) -> bool:
    """Marks a traveller's message as answered, with what was understood of it; False where it was answered already.

    Call it with the conversation's row taken, and before anything else is written.
    """
    values = {"answered_at": at, "state_after": state, "language": language, "meta": dict(meta)}
    return await session.scalar(_MARK_ANSWERED, {"this": message_id, **values}) is not None


async def mark_said(session: AsyncSession, event_id: int) -> bool:
    """Marks that the bot has said what it owed about an event; False where it was marked already. As above."""
    marking = update(_EVENTS).where(_EVENTS.c.id == event_id, _EVENTS.c.pending).values(pending=False)
    return await session.scalar(marking.returning(_EVENTS.c.id)) is not None


async def try_recovery(session: AsyncSession, conversation: Held, at: datetime) -> int:
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
    conversation.note(event_names.RECOVERY_TRIED, at)
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
