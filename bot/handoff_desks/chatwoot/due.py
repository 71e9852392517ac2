"""Which conversations have something to do: each stands in line once, and is worked on by one worker at a time."""

import asyncio
from collections import OrderedDict


class Due:
    """A line of conversation ids; however often one is added it stands there once, so all of them are the bound."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._busy: set[str] = set()
        self._again: set[str] = set()
        self._wake = asyncio.Event()

    def add(self, conversation_id: str) -> None:
        """Puts it in line; one that is worked on right now comes again afterwards."""
        if conversation_id in self._busy:
            self._again.add(conversation_id)
        else:
            self._waiting[conversation_id] = None
            self._wake.set()

    async def take(self) -> str:
        """The first in line; waits for one. Whoever takes one calls `done` in the end."""
        while not self._waiting:
            self._wake.clear()
            await self._wake.wait()
        conversation_id, _ = self._waiting.popitem(last=False)
        self._busy.add(conversation_id)
        return conversation_id

    def done(self, conversation_id: str) -> None:
        """It is not worked on any more."""
        self._busy.discard(conversation_id)
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.add(conversation_id)

    @property
    def idle(self) -> bool:
        """Whether nothing is in line and nothing is worked on."""
        return not self._waiting and not self._busy
