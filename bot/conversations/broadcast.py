"""Tells whoever watches a conversation that something happened in it, within this process.

Messages themselves do not travel here. A watcher is told that there are new ones and reads them from the record, in
their order; so nothing is lost or doubled when a watcher is slow, and wake-ups may come from other processes too.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Changed:
    """There is more in the record: messages, or another state."""


@dataclass(frozen=True)
class Typing:
    """The bot began or stopped working on an answer."""

    on: bool


@dataclass(frozen=True)
class Delivered:
    """A traveller's message is stored under `seq`."""

    client_message_id: str
    seq: int


Happening = Changed | Typing | Delivered

_MOST_SIGNS = 256


class Watcher:
    """One who watches a conversation. A slow watcher misses the oldest typing and delivery signs, never messages."""

    def __init__(self) -> None:
        self._changed = False
        self._signs: deque[Typing | Delivered] = deque(maxlen=_MOST_SIGNS)
        self._wake = asyncio.Event()

    def tell(self, happening: Happening) -> None:
        """Hands over one happening; several changes at once are one."""
        if isinstance(happening, Changed):
            self._changed = True
        else:
            self._signs.append(happening)
        self._wake.set()

    async def next(self) -> Happening:
        """The next happening, a change before signs; waits for one."""
        while not self._changed and not self._signs:
            self._wake.clear()
            await self._wake.wait()
        if self._changed:
            self._changed = False
            return Changed()
        return self._signs.popleft()


class Broadcast:
    """Who watches which conversation."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[Watcher]] = {}

    @contextmanager
    def watch(self, conversation_id: str) -> Iterator[Watcher]:
        """A watcher of the conversation for as long as the block runs."""
        watcher = Watcher()
        self._watchers.setdefault(conversation_id, set()).add(watcher)
        try:
            yield watcher
        finally:
            watchers = self._watchers[conversation_id]
            watchers.discard(watcher)
            if not watchers:
                del self._watchers[conversation_id]

    def watchers(self, conversation_id: str) -> int:
        """How many watch the conversation."""
        return len(self._watchers.get(conversation_id, ()))

    def tell(self, conversation_id: str, happening: Happening) -> None:
        """Tells everybody who watches the conversation; never waits."""
        for watcher in self._watchers.get(conversation_id, ()):
            watcher.tell(happening)

    def __len__(self) -> int:
        return len(self._watchers)
