"""Tells staff of everybody who waits, once, in however many processes it runs.

What is to be told follows from the record, so a restart loses nothing. Where it is not known whether an alert arrived,
the place is asked; one that cannot be asked is told again: a second line costs staff a glance, a missing one lets a
traveller wait for nobody.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.alerts.claims import Claims
from bot.alerts.port import Alert, AlertWay
from bot.clock import Clock
from bot.conversations.broadcast import AllWatcher, Broadcast
from bot.conversations.faults import whereabouts
from bot.conversations.outbox.port import NotSentError, RefusedError, SendError, UnclearError
from bot.conversations.pace import Sleep, growing
from bot.db.engine import Database

_log = logging.getLogger(__name__)
_POLL_SECONDS = 15.0
"""For what another process noticed and could not tell, and for what is due again."""

_BETWEEN_LOOKS_SECONDS = 1.0
"""Every message in every conversation is a wake-up; nobody has to know who waits any sooner."""


class Teller:
    """The work between start and stop; it does nothing where there is no way."""

    def __init__(
        self,
        database: Database,
        ways: Sequence[AlertWay],
        broadcast: Broadcast,
        clock: Clock,
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._ways = [(way, Claims(database, way.name)) for way in ways]
        self._broadcast = broadcast
        self._clock = clock
        self._sleep = sleep
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins; who waits already is found in the record."""
        if self._ways:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stops at once; what was under way is looked up after the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        with self._broadcast.watch_all() as watcher:
            while True:
                try:
                    await self.look()
                except Exception as error:  # noqa: BLE001 - the database may be away; telling staff must not end
                    _log.error("alerts to staff: the record cannot be read: %s", whereabouts(error))
                await self._sleep(_BETWEEN_LOOKS_SECONDS)
                await self._woken(watcher)

    async def _woken(self, watcher: AllWatcher) -> None:
        """Waits for a change in the record, or until it is time to look anyway."""
        waiting = (asyncio.ensure_future(watcher.next()), asyncio.ensure_future(self._sleep(_POLL_SECONDS)))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waiting:
                each.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    async def look(self) -> None:
        """Tells of everybody who waits and was not told of yet."""
        for way, claims in self._ways:
            for alert in await claims.open(self._clock()):
                attempt = await claims.take(alert.handoff_id, self._clock())
                if attempt and not await self._tell(way, claims, alert, attempt):
                    break  # the place takes nothing now; each alert has its own time to be tried again

    async def _tell(self, way: AlertWay, claims: Claims, alert: Alert, attempt: int) -> bool:
        """Tells one; false where the place is in trouble."""
        now = self._clock()
        try:
            if attempt == 1 or not await _was_told(way, alert, now):
                await way.tell(alert, now)
        except RefusedError as error:
            _log.error("alerts to staff: %s will not take them: %s", way.name, error)
            await claims.settle(alert.handoff_id, "refused", now)
        except SendError as error:
            seconds = max(growing(attempt), (error.retry_after or 0.0) if isinstance(error, NotSentError) else 0.0)
            _log.warning("alerts to staff: %s: %s; trying again in %g s", way.name, error, seconds)
            await claims.settle(alert.handoff_id, "due", self._clock() + timedelta(seconds=seconds))
            return False
        else:
            await claims.settle(alert.handoff_id, "told", now)
        return True


async def _was_told(way: AlertWay, alert: Alert, now: datetime) -> bool:
    try:
        return await way.was_told(alert, now)
    except UnclearError:
        return False
