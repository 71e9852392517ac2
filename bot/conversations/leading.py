"""What one process does for all of an installation."""

from collections.abc import Awaitable, Callable
from typing import Protocol

Work = Callable[[], Awaitable[None]]
Hear = Callable[[str], None]


class Led(Protocol):
    """Something that one process at a time does."""

    async def start(self) -> None:
        """Does it from the moment on when no other process does; does not wait for that moment."""
        ...

    async def stop(self) -> None:
        """Does it no more; another process may."""
        ...

    async def tell(self, word: str) -> None:
        """Tells whoever does it; lost where nobody does just now. Raises UnavailableError."""
        ...


class Lead(Protocol):
    """Makes something led."""

    def __call__(self, name: str, begin: Work, end: Work, hear: Hear) -> Led:
        """`begin` is called when this process is to do it, `end` when it is to no more, `hear` with what it is told."""
        ...


class Alone:
    """`Led` where there is no other process: done at once."""

    def __init__(self, name: str, begin: Work, end: Work, hear: Hear) -> None:
        self._begin = begin
        self._end = end
        self._hear = hear
        self._has_begun = False

    async def start(self) -> None:
        """As `Led.start`."""
        await self._begin()
        self._has_begun = True

    async def stop(self) -> None:
        """As `Led.stop`."""
        if self._has_begun:
            self._has_begun = False
            await self._end()

    async def tell(self, word: str) -> None:
        """As `Led.tell`."""
        self._hear(word)
