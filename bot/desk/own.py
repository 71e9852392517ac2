"""Our own desk as a `HandoffDesk`: its staff work on the record itself, so there is nothing to forward or to fetch."""

from collections.abc import Sequence

from bot.conversations.handoff_desk import Route


class OwnDesk:
    """The desk at `/desk`; its pages are served whichever desk is used, for what only they can do."""

    name = "own"

    def routes(self) -> Sequence[Route]:
        """None besides the desk's pages."""
        return ()

    async def start(self) -> None:
        """Nothing to begin."""

    async def stop(self) -> None:
        """Nothing to stop."""
