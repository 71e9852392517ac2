"""Starts workers on one port, starts another where one dies, and replaces them one after the other on SIGHUP.

It does nothing else and imports nothing heavy, so there is little in it that could fail.
"""

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence

from bot.workers.child import Child

_log = logging.getLogger(__name__)
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
LIVED_SECONDS = 60.0
"""A worker that lived this long died of something else than its start."""


class WorkersError(Exception):
    """The workers cannot start; the message is the first one's sentence."""


class Supervisor:
    """`count` workers of `command` on the port `sock`."""

    def __init__(self, command: Sequence[str], sock: socket.socket, count: int) -> None:
        self._command = command
        self._sock = sock
        self._places = [_Place(number + 1) for number in range(count)]
        self._children: set[Child] = set()
        self._stop = asyncio.Event()
        self._replace = asyncio.Event()

    async def run(self, ready: Callable[[], None]) -> None:
        """Calls `ready` when all workers are, and comes back when it was asked to stop and they have ended.

        Raises:
            WorkersError: one of them cannot start.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ask_to_stop)
        loop.add_signal_handler(signal.SIGHUP, self._replace.set)
        try:
            if await self._before_the_end(self._start_all()):
                ready()
                keeping = [self._keep(place) for place in self._places]
                await self._before_the_end(asyncio.gather(self._replacing(), *keeping))
        finally:
            _log.info("stopping the workers")
            await asyncio.gather(*(child.end() for child in self._children))
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                loop.remove_signal_handler(number)

    def _ask_to_stop(self) -> None:
        # A second signal ends the supervisor at once; the workers notice, and finish what is in flight.
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().remove_signal_handler(number)
        self._stop.set()

    async def _before_the_end(self, work: Awaitable[object]) -> bool:
        """Does the work, unless it is asked to stop first; gives whether it was done."""
        working, stopping = asyncio.ensure_future(work), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
            return working.done()
        finally:
            stopping.cancel()
            working.cancel()
            await asyncio.gather(working, stopping, return_exceptions=True)

    async def _start(self) -> Child:
        child = await Child.start(self._command, self._sock)
        self._children.add(child)
        return child

    async def _end(self, child: Child) -> None:
        await child.end()
        self._children.discard(child)

    async def _start_all(self) -> None:
        for place in self._places:
            place.child = await self._start()
        for work in asyncio.as_completed([place.child.failure() for place in self._places if place.child is not None]):
            failure = await work
            if failure is not None:
                raise WorkersError(failure)

    async def _keep(self, place: "_Place") -> None:
        """Puts another worker in the place of one that died."""
        loop = asyncio.get_running_loop()
        pause = FIRST_PAUSE_SECONDS
        while True:
            child, since = place.child, loop.time()
            assert child is not None
            code = await child.wait()
            async with place.changing:
                if place.child is not child:
                    continue
                if loop.time() - since > LIVED_SECONDS:
                    pause = FIRST_PAUSE_SECONDS
                is_replaced = False
                while not is_replaced:
                    _log.error("worker %d ended with %d; starting another in %g s", place.number, code, pause)
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
                    is_replaced = await self._put_another(place)

    async def _put_another(self, place: "_Place") -> bool:
        """Puts a worker in the place of the one there, which is asked to end once the other is ready."""
        before, fresh = place.child, await self._start()
        failure = await fresh.failure()
        if failure is not None:
            _log.error("worker %d cannot start: %s", place.number, failure)
            await self._end(fresh)
            return False
        place.child = fresh
        if before is not None:
            await self._end(before)
        return True

    async def _replacing(self) -> None:
        while True:
            await self._replace.wait()
            self._replace.clear()
            for place in self._places:
                async with place.changing:
                    if not await self._put_another(place):
                        _log.error("the workers are not replaced; those that run go on")
                        break
            else:
                _log.info("all workers are replaced")


class _Place:
    """A place for a worker, changed by one at a time."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.child: Child | None = None
        self.changing = asyncio.Lock()
