"""When to ask a service again after it failed: all that ask it pause together, longer each time."""

import asyncio
from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[None]]
_FIRST_SECONDS = 1.0
_LONGEST_SECONDS = 60.0
_LONGEST_FOR_ONE_SECONDS = 300.0


class Pace:
    """A gate that closes when the service fails, and opens after a pause that doubles from 1 s to a minute."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._open = asyncio.Event()
        self._open.set()
        self._failures = 0
        self._pause: asyncio.Task[None] | None = None

    @property
    def in_doubt(self) -> bool:
        """Whether the service failed when it was asked last."""
        return self._failures > 0

    async def ready(self) -> None:
        """Waits until the service may be asked."""
        await self._open.wait()

    def worked(self) -> None:
        """The service answered."""
        if self._open.is_set():
            self._failures = 0

    def failed(self, retry_after: float | None) -> float | None:
        """The service failed; gives the pause in seconds, at least what it asked for. None where one began already."""
        if not self._open.is_set():
            return None
        self._failures += 1
        seconds = max(growing(self._failures, _FIRST_SECONDS, _LONGEST_SECONDS), retry_after or 0.0)
        self._open.clear()
        self._pause = asyncio.create_task(self._reopen(seconds))
        return seconds

    async def _reopen(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._open.set()

    async def stop(self) -> None:
        """Ends a pause under way without opening."""
        if self._pause is not None:
            self._pause.cancel()
            await asyncio.gather(self._pause, return_exceptions=True)


def growing(failures: int, first: float = 5.0, longest: float = _LONGEST_FOR_ONE_SECONDS) -> float:
    """The seconds to wait after so many failures in a row: `first`, twice that, and so on up to `longest`."""
    return min(first * float(2 ** min(failures - 1, 20)), longest)
