"""What the guide asks of the place where its staff work.

The record is the truth: whatever desk is used, staff act through `bot.conversations.handover` and travellers talk to
the record. A desk reads what waits there and brings back what staff do; one that is down delays, and loses nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

Route = tuple[str, str, Callable[[Any], Awaitable[Any]]]
"""Method, path and handler of a page that the desk itself calls, such as a webhook."""


class HandoffDesk(Protocol):
    """A desk at which staff take conversations over and give them back."""

    @property
    def name(self) -> str:
        """What the setting HANDOFF_DESK calls it."""
        ...

    def routes(self) -> Sequence[Route]:
        """What the web server is to serve for it, added once before the server starts."""
        ...

    async def start(self) -> None:
        """Begins to work, and catches up with what happened while it did not; waits for nobody outside."""
        ...

    async def stop(self) -> None:
        """Stops; what is not done is done after the next start."""
        ...
