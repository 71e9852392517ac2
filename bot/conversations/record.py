"""Reading and writing the record within a session that somebody else opens; each function is one act.

Whoever writes takes the conversation's row first (`locked`): numbers are given out and answers committed by one at a
time, also where several processes share a PostgreSQL database.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import event_names
from bot.conversations.dialogue_port import Reply
from bot.conversations.models import Conversation, Event, Message
from bot.conversations.pending import is_unanswered
from bot.conversations.states import State, change
from bot.db.upsert import insert_into
from bot.formats import Language


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


async def take_in(
    session: AsyncSession, conversation_id: str, *, text: str, client_message_id: str, at: datetime
) -> Message | None:
    """Stores a traveller's message, masked already, as not yet answered; takes the conversation's row.

    None where its sender has used `client_message_id` before: then the transaction is to be rolled back.
    """
    conversation = await _numbered(session, conversation_id)
    values = _values(conversation, "traveller", text, at) | {"client_message_id": client_message_id}
    statement = insert_into(session, Message).on_conflict_do_nothing(
        index_elements=["conversation_id", "client_message_id"]
    )
    if await session.scalar(statement.returning(Message.id), values) is None:
        return None
    note(session, conversation, event_names.RECEIVED, at)
    return Message(**values)


async def _numbered(session: AsyncSession, conversation_id: str) -> Conversation:
    """The conversation, held until the transaction ends, with one more number given out."""
    query = (
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_seq=Conversation.last_seq + 1)
        .returning(Conversation)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
    return (await session.scalars(query)).one()


def add_replies(
    session: AsyncSession, conversation: Conversation, replies: Iterable[Reply], *, at: datetime, reply_to: str | None
) -> Sequence[Message]:
    """Stores the bot's messages in order."""
    stored = [_reply(conversation, reply, at, reply_to) for reply in replies]
    session.add_all(stored)
    return stored


def _reply(conversation: Conversation, reply: Reply, at: datetime, reply_to: str | None) -> Message:
    conversation.last_seq += 1
    message = Message(**_values(conversation, "bot", reply.text, at))
    message.language = reply.language
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
    return message


def _values(conversation: Conversation, sender: str, text: str, at: datetime) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "conversation_id": conversation.id,
        "seq": conversation.last_seq,
        "sender": sender,
        "text": text,
        "language": None,
        "buttons": [],
        "choices": [],
        "meta": {},
        "created_at": at,
    }


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
    marked = await session.scalar(
        update(Message)
        .where(Message.id == message_id, is_unanswered())
        .values(answered_at=at, state_after=state, language=language, meta=dict(meta))
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    return marked is not None


async def mark_said(session: AsyncSession, event_id: int) -> bool:
    """Marks that the bot has said what it owed about an event; False where it was marked already. As above."""
    marked = await session.scalar(
        update(Event)
        .where(Event.id == event_id, Event.pending)
        .values(pending=False)
        .returning(Event.id)
        .execution_options(synchronize_session=False)
    )
    return marked is not None


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
