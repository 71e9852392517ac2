"""Entries of the outbox as whoever runs the guide sees them: no texts and no addresses."""

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.outbox.models import EntryState, Failure, OutboxEntry

STATES: tuple[EntryState, ...] = get_args(EntryState)


class ListedEntry(msgspec.Struct, frozen=True):
    """One entry. `detail` is why the last try did not work; the provider's names of its parts may hold the address."""

    id: int
    channel: str
    state: EntryState
    failure: Failure | None
    detail: str | None
    conversation_id: str
    first_seq: int
    last_seq: int
    page: int
    attempts: int
    parts_sent: int
    unclear: bool
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None


def _listed(entry: OutboxEntry) -> ListedEntry:
    return ListedEntry(**{name: getattr(entry, name) for name in ListedEntry.__struct_fields__})


async def entries(
    session: AsyncSession, *, state: EntryState | None, channel: str | None, limit: int
) -> Sequence[ListedEntry]:
    """The oldest entries in the state, of the channel; without a state, all that were not sent."""
    wanted = select(OutboxEntry).order_by(OutboxEntry.id).limit(limit)
    wanted = wanted.where(OutboxEntry.state == state if state is not None else OutboxEntry.state != "sent")
    if channel is not None:
        wanted = wanted.where(OutboxEntry.channel == channel)
    return [_listed(entry) for entry in await session.scalars(wanted)]


async def entry(session: AsyncSession, entry_id: int) -> ListedEntry | None:
    """One entry."""
    found = await session.get(OutboxEntry, entry_id)
    return None if found is None else _listed(found)
