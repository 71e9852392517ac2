"""How the outbox stands: what an operator watches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.outbox.claiming import ENTRIES
from bot.conversations.outbox.models import OPEN, EntryState


@dataclass(frozen=True)
class Standing:
    """`counts` are entries by channel and state. `oldest_due_seconds` is by channel how long the oldest has waited that
    is still to be delivered; a channel without one is not in it.
    """

    counts: Mapping[tuple[str, EntryState], int]
    oldest_due_seconds: Mapping[str, float]


async def standing(session: AsyncSession, now: datetime, *, with_sent: bool = False) -> Standing:
    """How it stands now. What was sent is counted only where it is asked for: that reads every entry there ever was."""
    counted = select(ENTRIES.c.channel, ENTRIES.c.state, func.count()).group_by(ENTRIES.c.channel, ENTRIES.c.state)
    if not with_sent:
        counted = counted.where(ENTRIES.c.state.in_(("due", "sending", "failed", "dead")))
    counts = {(channel, state): count for channel, state, count in await session.execute(counted)}
    oldest = select(ENTRIES.c.channel, func.min(ENTRIES.c.created_at)).where(text(OPEN)).group_by(ENTRIES.c.channel)
    # A clock that was set back makes nothing younger than new.
    ages = {channel: max((now - since).total_seconds(), 0.0) for channel, since in await session.execute(oldest)}
    return Standing(counts, ages)
