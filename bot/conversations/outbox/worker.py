"""Delivers what is in the outbox.

An entry is claimed and that is committed; then it is sent; then what became of it is committed. Whoever dies between
leaves it `sending`, and another takes it over as unclear: the provider is asked before anything is repeated. An entry
that failed for good, or was tried as often as it is tried, lets the later ones of its conversation go on: an answer
that arrives without the one before it is better than a conversation that is silent for ever.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from random import uniform

from bot.clock import Clock
from bot.conversations.broadcast import Broadcast
from bot.conversations.outbox.abandoned import STUCK_SECONDS, Abandoned
from bot.conversations.outbox.backoff import Jitter
from bot.conversations.outbox.claiming import channels_due
from bot.conversations.outbox.lane import Lane
from bot.conversations.outbox.outcomes import Outcomes
from bot.conversations.outbox.port import Carrier
from bot.conversations.outbox.receipts import Receipts
from bot.conversations.outbox.sending import Delivery
from bot.conversations.outbox.trouble import Trouble
from bot.conversations.pace import Sleep
from bot.db.address import is_sqlite
from bot.db.engine import Database
from bot.privacy.sealing import Seal

_log = logging.getLogger(__name__)

_GATHER_SECONDS = 0.02
"""Changes within this time are looked up together; a provider takes longer than that for anything."""

_MOST_LOOKED_UP = 500


@dataclass(frozen=True)
class Timing:
    """How the worker waits; tests put their own time in. `places` is how many entries a channel sends at once.

    Every `poll_seconds` everything is looked for that nobody was told of: what is due again, what others left behind.
    `stop_seconds` is how long the end waits for what is on its way.
    """

    sleep: Sleep = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    jitter: Jitter = uniform
    places: int = 16
    poll_seconds: float = 1.0
    stuck_seconds: float = STUCK_SECONDS
    stop_seconds: float = 15.0


class OutboxWorker:
    """The work between start and stop; any number of processes may do it side by side."""

    def __init__(
        self,
        database: Database,
        carriers: Mapping[str, Carrier],
        broadcast: Broadcast,
        seal: Seal,
        clock: Clock,
        *,
        timing: Timing | None = None,
    ) -> None:
        self._database = database
        self._carriers = carriers
        self._broadcast = broadcast
        self._timing = timing = timing or Timing()
        self._clock = clock
        self._trouble = Trouble()
        self._abandoned = Abandoned(database, timing.monotonic, timing.stuck_seconds)
        outcomes = Outcomes(database, broadcast, clock)
        self._receipts = Receipts(database, broadcast, clock)
        self._delivery = Delivery(
            database, outcomes, seal, clock, sleep=timing.sleep, jitter=timing.jitter, trouble=self._trouble
        )
        self._lanes: dict[str, Lane] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begins; what was left in the outbox is found there. Where no channel is on, there is nothing to do."""
        timing = self._timing
        for name, carrier in self._carriers.items():
            lane = Lane(
                carrier,
                self._database,
                self._delivery,
                self._clock,
                places=timing.places,
                sleep=timing.sleep,
                trouble=self._trouble,
            )
            lane.start()
            self._lanes[name] = lane
        if self._lanes:
            self._tasks = [asyncio.create_task(self._run())]

    async def stop(self) -> None:
        """Ends after what is on its way has been answered, or after 15 s; the rest stays due."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        given_up = await asyncio.gather(*(lane.stop(self._timing.stop_seconds) for lane in self._lanes.values()))
        left = [(each.id, each.attempts) for of_lane in given_up for each in of_lane]
        if left:
            await self._tried(lambda: self._abandoned.put_back(left))
        self._lanes, self._tasks = {}, []

    async def _run(self) -> None:
        # What another process put into the outbox it delivers itself; what it leaves there is found by looking.
        with self._broadcast.watch_all(here_only=True) as watcher:
            if is_sqlite(self._database.address):
                # No other process uses the file; what is being sent was left behind by the one before.
                while not await self._tried(self._abandoned.take_all_over):
                    await self._timing.sleep(self._timing.poll_seconds)
            poll = asyncio.create_task(self._poll())
            try:
                while True:
                    changed = await watcher.next()
                    await self._tried(lambda changed=changed: self._wake_for(changed))  # type: ignore[misc]
                    await self._timing.sleep(_GATHER_SECONDS)
            finally:
                poll.cancel()
                await asyncio.gather(poll, return_exceptions=True)

    async def _poll(self) -> None:
        while True:
            self._wake_all()
            await self._tried(self._look_for_abandoned)
            await self._tried(self._receipts.match_early)
            await self._timing.sleep(self._timing.poll_seconds)

    async def _look_for_abandoned(self) -> None:
        mine = {each.id for lane in self._lanes.values() for each in lane.on_the_way()}
        count = await self._abandoned.take_over(mine)
        if count:
            _log.warning("took over %d entries that another process had begun to send", count)
            self._wake_all()

    async def _wake_for(self, changed: frozenset[str]) -> None:
        if len(changed) > _MOST_LOOKED_UP:
            self._wake_all()
            return
        for name in await channels_due(self._database, changed):
            if name in self._lanes:
                self._lanes[name].wake()

    def _wake_all(self) -> None:
        for lane in self._lanes.values():
            lane.wake()

    async def _tried(self, work: Callable[[], Awaitable[object]]) -> bool:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the database may be away for a while; the worker must not end
            self._trouble.failed(error)
            return False
        self._trouble.worked()
        return True
