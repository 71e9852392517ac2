"""Sending again what was given up, because a person says so."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit import log
from bot.audit.actor import Actor
from bot.clock import Clock
from bot.conversations.outbox import contacts
from bot.conversations.outbox.models import OutboxEntry
from bot.db.engine import Database

_AT_ONCE = 100


class ResendError(Exception):
    """An entry cannot be sent again; the message is one sentence: which, and why."""


async def resend(database: Database, entry_ids: Sequence[int], clock: Clock, by: Actor) -> None:
    """Makes failed and dead entries due again: all of them, or none.

    What is dead may have arrived and goes on under its key, so that a provider tells a repeat; what was refused gets a
    new one, or the provider would repeat its refusal. Who wrote STOP is still not written to.

    Raises:
        ResendError: there is no such entry, or it is neither failed nor dead.
    """
    async with database.write() as session:
        for entry_id in entry_ids:
            entry = await session.get(OutboxEntry, entry_id, with_for_update=True)
            if entry is None:
                raise ResendError(f"there is no entry {entry_id}; nexus-guide outbox list shows those there are")
            if entry.state not in {"failed", "dead"}:
                raise ResendError(f"entry {entry_id} is {entry.state}; only failed and dead entries are sent again")
            await _make_due(session, entry, clock, by)


async def resend_dead(database: Database, channel: str | None, clock: Clock, by: Actor) -> int:
    """Makes every dead entry due again, or those of a channel; gives how many."""
    dead = select(OutboxEntry).where(OutboxEntry.state == "dead").order_by(OutboxEntry.id).limit(_AT_ONCE)
    if channel is not None:
        dead = dead.where(OutboxEntry.channel == channel)
    count = 0
    while True:
        async with database.write() as session:
            entries = (await session.scalars(dead.with_for_update(skip_locked=True))).all()
            for entry in entries:
                await _make_due(session, entry, clock, by)
        count += len(entries)
        if len(entries) < _AT_ONCE:
            return count


async def _make_due(session: AsyncSession, entry: OutboxEntry, clock: Clock, by: Actor) -> None:
    at = clock()
    data = {"channel": entry.channel, "state": entry.state, "failure": entry.failure}
    await log.note(session, by, "outbox.resent", "outbox_entry", str(entry.id), at, data)
    await contacts.try_again(session, entry.conversation_id)
    if entry.state == "failed":
        entry.key = str(uuid.uuid4())
    entry.state, entry.attempts, entry.due_at = "due", 0, at
    entry.failure = entry.detail = None
