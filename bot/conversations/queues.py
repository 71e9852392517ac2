"""How many conversations stand where, and for how long: what an operator watches."""

from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Event, Message
from bot.conversations.pending import is_unanswered

Queue = Literal["waiting", "unassigned", "human", "snoozed", "unanswered", "owed"]
"""`waiting`: travellers who wait for a person, without the snoozed ones. `unassigned`: all of those that nobody has.
`human`: with a person. `snoozed`: put aside until later. `unanswered`: messages that the guide has stored and not
answered. `owed`: happenings, such as a proof, that the guide has yet to speak about."""


class QueueLength(msgspec.Struct, frozen=True):
    """How many stand in a queue; `since` is the first of them, None where there is none."""

    queue: Queue
    length: int
    since: datetime | None


async def queue_lengths(session: AsyncSession, now: datetime) -> list[QueueLength]:
    """Every queue, the empty ones too. Each is counted by an index, so it costs what stands in it."""
    awake = or_(Conversation.snoozed_until.is_(None), Conversation.snoozed_until <= now)
    conversations: dict[Queue, ColumnElement[bool]] = {
        "waiting": and_(Conversation.state == "waiting", awake),
        "unassigned": and_(Conversation.state == "waiting", Conversation.assignee_id.is_(None)),
        "human": Conversation.state == "human",
        "snoozed": Conversation.snoozed_until > now,
    }
    found = []
    for queue, condition in conversations.items():
        counted = select(func.count(), func.min(Conversation.waiting_since)).where(condition)
        length, since = (await session.execute(counted)).one()
        found.append(QueueLength(queue, length, since))
    unanswered = select(func.count(), func.min(Message.created_at)).where(is_unanswered())
    found.append(QueueLength("unanswered", *(await session.execute(unanswered)).one()))
    owed = select(func.count(), func.min(Event.at)).where(Event.pending)
    found.append(QueueLength("owed", *(await session.execute(owed)).one()))
    return found
