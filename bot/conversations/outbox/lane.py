"""One channel's share of the work: a provider that hangs keeps its own places busy, and nobody else's."""

import asyncio
import logging
from contextlib import suppress

from bot.clock import Clock
from bot.conversations.outbox.backoff import LONGEST_ASKED_SECONDS
from bot.conversations.outbox.claiming import Claimed, claim
from bot.conversations.outbox.port import Carrier
from bot.conversations.outbox.sending import Delivery
from bot.conversations.outbox.trouble import Trouble
from bot.conversations.pace import Pace, Sleep
from bot.db.engine import Database
from bot.logs.faults import whereabouts

_log = logging.getLogger(__name__)


class Lane:
    """Claims what is due on a channel and delivers it, up to `places` entries at once."""

    def __init__(
        self,
        carrier: Carrier,
        database: Database,
        delivery: Delivery,
        clock: Clock,
        *,
        places: int,
        sleep: Sleep,
        trouble: Trouble,
    ) -> None:
        self._carrier = carrier
        self._database = database
        self._delivery = delivery
        self._clock = clock
        self._places = places
        self._trouble = trouble
        self._pace = Pace(sleep)
        self._wake = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._on_the_way: dict[asyncio.Task[None], Claimed] = {}
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to work whenever it is woken."""
        self._work = asyncio.create_task(self._run())

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    def on_the_way(self) -> list[Claimed]:
        """What is being delivered now."""
        return [*self._on_the_way.values()]

    async def stop(self, seconds: float) -> list[Claimed]:
        """Claims nothing more, and waits for what is on its way; gives what had to be given up after `seconds`."""
        # What is being claimed at this moment must not be left claimed by nobody; a database that hangs may.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._claiming.acquire(), seconds)
        if self._work is not None:
            self._work.cancel()
        await asyncio.gather(*filter(None, [self._work]), return_exceptions=True)
        await self._pace.stop()
        if not self._on_the_way:
            return []
        _, late = await asyncio.wait(self._on_the_way, timeout=seconds)
        given_up = [self._on_the_way[task] for task in late]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return given_up

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self._pace.ready()
            try:
                await self._fill()
            except Exception as error:  # noqa: BLE001 - the database may be away; it is asked again at the next wake
                self._trouble.failed(error)

    async def _fill(self) -> None:
        async with self._claiming:
            # A provider that failed is tried with one message, not with all.
            free = (1 if self._pace.in_doubt else self._places) - len(self._on_the_way)
            if free <= 0:
                return
            for claimed in await claim(self._database, self._carrier.name, free, self._clock()):
                task = asyncio.create_task(self._deliver(claimed))
                self._on_the_way[task] = claimed
                task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._on_the_way[task]
        self._wake.set()

    async def _deliver(self, claimed: Claimed) -> None:
        worked = self._delivery.worked[self._carrier.name]
        try:
            down = await self._delivery.deliver(claimed, self._carrier)
        except Exception as error:  # noqa: BLE001 - what became of it cannot be written; it is looked for when taken over
            _log.error("channel %s: entry %d is lost sight of: %s", self._carrier.name, claimed.id, whereabouts(error))
            return
        if down is None:
            if self._delivery.worked[self._carrier.name] > worked:
                self._pace.worked()
            return
        seconds = self._pace.failed(min(down.retry_after or 0.0, LONGEST_ASKED_SECONDS))
        if seconds is not None:
            _log.warning("channel %s: %s; nothing is sent for %g s", self._carrier.name, down, seconds)
