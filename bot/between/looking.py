"""Finds in the record what other processes did and did not tell: each second while Redis is away, now and then else.

Compared is what was found with what was found before, and no clock is asked: processes' clocks differ, and are moved.
Of watched conversations everything that a watcher shows is compared. For who watches all, the newest events are read,
and those conversations that were touched last are compared.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.broadcast import Broadcast, Changed, Read
from bot.conversations.faults import whereabouts
from bot.conversations.models import Conversation, Event, Note
from bot.db.engine import Database

_log = logging.getLogger(__name__)
AWAY_SECONDS = 1.0
THERE_SECONDS = 5.0
"""While Redis is there: for what a process committed that ended before it could tell."""

_AT_ONCE = 500
_NEWEST_TOUCHED = 200
_OVERLAP_SECONDS = 10.0
"""Numbers of events are given out before they are committed, so one may appear after a higher one, this much later."""

_newest_event = (
    select(Event.id)
    .where(Event.conversation_id == Conversation.id)
    .order_by(Event.seq.desc(), Event.id.desc())
    .limit(1)
    .correlate(Conversation)
    .scalar_subquery()
)
_notes = select(func.count()).where(Note.conversation_id == Conversation.id).correlate(Conversation).scalar_subquery()
_STANDING = select(
    Conversation.id,
    Conversation.staff_read_seq,
    Conversation.traveller_read_seq,
    Conversation.last_seq,
    Conversation.state,
    Conversation.touched_at,
    Conversation.assignee_id,
    Conversation.waiting_since,
    Conversation.snoozed_until,
    Conversation.rating,
    _newest_event,
    _notes,
)
_TOUCHED = (
    select(Conversation.id, Conversation.last_seq, Conversation.touched_at, Conversation.waiting_since)
    .order_by(Conversation.touched_at.desc(), Conversation.id)
    .limit(_NEWEST_TOUCHED)
)


class Looking:
    """Looks at the record as long as it runs; `is_told` says whether other processes' wake-ups come in."""

    def __init__(
        self,
        database: Database,
        broadcast: Broadcast,
        is_told: Callable[[], bool],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._broadcast = broadcast
        self._is_told = is_told
        self._monotonic = monotonic
        self._standing: dict[str, Any] = {}
        self._touched: dict[str, Any] | None = None
        self._events: dict[int, float] = {}
        self._settled_event: int | None = None
        self._soon = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def soon(self) -> None:
        """Looks at once: wake-ups may have been lost until now."""
        self._soon.set()

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; the next look finds it all
                _log.warning("could not look for what other processes did: %s", whereabouts(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(THERE_SECONDS if self._is_told() else AWAY_SECONDS):
                    await self._soon.wait()
            self._soon.clear()

    async def look(self) -> None:
        """Tells the watchers of this process what is new since the last look."""
        watched = self._broadcast.watched()
        if not watched and not self._broadcast.all_are_watched:
            self._standing.clear()
            return
        async with self._database.read() as session:
            for begin in range(0, len(watched), _AT_ONCE):
                await self._look_at(session, watched[begin : begin + _AT_ONCE])
            changed = await self._changed_of_all(session) if self._broadcast.all_are_watched else ()
        for conversation_id in self._standing.keys() - set(watched):
            del self._standing[conversation_id]
        for conversation_id in changed:
            self._broadcast.hear(conversation_id, Changed())

    async def _look_at(self, session: AsyncSession, watched: Sequence[str]) -> None:
        for row in await session.execute(_STANDING.where(Conversation.id.in_(watched))):
            before = self._standing.get(row.id)
            self._standing[row.id] = row
            if before == row:
                continue
            # A watcher that is new here may have read the record long ago.
            self._broadcast.hear(row.id, Changed())
            if before is None or before.staff_read_seq != row.staff_read_seq:
                self._broadcast.hear(row.id, Read("staff", row.staff_read_seq))
            if before is None or before.traveller_read_seq != row.traveller_read_seq:
                self._broadcast.hear(row.id, Read("traveller", row.traveller_read_seq))

    async def _changed_of_all(self, session: AsyncSession) -> set[str]:
        return await self._from_events(session) | await self._from_touched(session)

    async def _from_events(self, session: AsyncSession) -> set[str]:
        now = self._monotonic()
        if self._settled_event is None:
            # What was before is read by whoever begins to watch.
            self._settled_event = await session.scalar(select(func.max(Event.id))) or 0
            return set()
        rows = await session.execute(select(Event.id, Event.conversation_id).where(Event.id > self._settled_event))
        changed = set()
        for row in rows:
            if row.id not in self._events:
                self._events[row.id] = now
                changed.add(row.conversation_id)
        settled = [number for number, since in self._events.items() if since < now - _OVERLAP_SECONDS]
        if settled:
            self._settled_event = max(self._settled_event, *settled)
            for number in [number for number in self._events if number <= self._settled_event]:
                del self._events[number]
        return changed

    async def _from_touched(self, session: AsyncSession) -> set[str]:
        found = {row.id: row for row in await session.execute(_TOUCHED)}
        before, self._touched = self._touched, found
        if before is None:
            return set()
        return {conversation_id for conversation_id, row in found.items() if before.get(conversation_id) != row}
