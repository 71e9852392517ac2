"""Tells whoever watches a conversation that something happened in it, here and in the other processes.

Messages themselves do not travel here. A watcher is told that there are new ones and reads them from the record, in
their order; so nothing is lost or doubled when a watcher is slow, or when a wake-up comes twice.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Changed:
    """There is more in the record: messages, or another state."""


@dataclass(frozen=True)
class Typing:
    """Somebody began or stopped writing."""

    on: bool
    sender: Literal["bot", "staff", "traveller"] = "bot"


@dataclass(frozen=True)
class Delivered:
    """A traveller's message is stored under `seq`."""

    client_message_id: str
    seq: int


@dataclass(frozen=True)
class Read:
    """One side has seen the messages up to number `seq`."""

    by: Literal["staff", "traveller"]
    seq: int


@dataclass(frozen=True)
class Fared:
    """How far the messages `first_seq` to `last_seq` got on the traveller's messaging channel."""

    first_seq: int
    last_seq: int
    state: Literal["sent", "delivered"]


Sign = Typing | Delivered | Read | Fared
Happening = Changed | Sign

_MOST_SIGNS = 256


class Watcher:
    """One who watches a conversation. A slow watcher misses the oldest typing and delivery signs, never messages."""

    def __init__(self) -> None:
        self._changed = False
        self._signs: deque[Sign] = deque(maxlen=_MOST_SIGNS)
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


class AllWatcher:
    """One who watches every conversation, and is told only which of them changed."""

    def __init__(self) -> None:
        self._changed: set[str] = set()
        self._wake = asyncio.Event()

    def tell(self, conversation_id: str) -> None:
        """Notes that there is more in the record of the conversation."""
        self._changed.add(conversation_id)
        self._wake.set()

    async def next(self) -> frozenset[str]:
        """The conversations that changed since the last call; waits for one."""
        await self._wake.wait()
        self._wake.clear()
        changed, self._changed = frozenset(self._changed), set()
        return changed


class Relay(Protocol):
    """The way to the other processes. What it loses they find in the record, a little later."""

    def send(self, conversation_id: str, happening: Happening) -> None:
        """Passes a happening on; never waits."""
        ...


class Broadcast:
    """Who watches which conversation, and who watches all of them; `relay` is the way to the other processes."""

    def __init__(self, relay: Relay | None = None) -> None:
        self._relay = relay
        self._watchers: dict[str, set[Watcher]] = {}
        self._of_all: set[AllWatcher] = set()
        self._of_all_here: set[AllWatcher] = set()

    @contextmanager
    def watch_all(self, *, here_only: bool = False) -> Iterator[AllWatcher]:
        """A watcher of every conversation for as long as the block runs; `here_only` of what this process does in them.

        What every process would do about every change costs more the more processes there are.
        """
        watcher, watchers = AllWatcher(), self._of_all_here if here_only else self._of_all
        watchers.add(watcher)
        try:
            yield watcher
        finally:
            watchers.discard(watcher)

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

    def watched(self) -> list[str]:
        """The conversations that somebody watches in this process."""
        return [*self._watchers]

    @property
    def all_are_watched(self) -> bool:
        """Whether somebody in this process watches every conversation, whoever changes it."""
        return bool(self._of_all)

    def tell(self, conversation_id: str, happening: Happening) -> None:
        """Tells whoever watches the conversation, wherever; never waits. Who watches all hears of changes only."""
        if isinstance(happening, Changed):
            for of_all in self._of_all_here:
                of_all.tell(conversation_id)
        self.hear(conversation_id, happening)
        if self._relay is not None:
            self._relay.send(conversation_id, happening)

    def hear(self, conversation_id: str, happening: Happening) -> None:
        """As `tell`, of what another process did, or what was found in the record: it is not passed on."""
        if isinstance(happening, Changed):
            for of_all in self._of_all:
                of_all.tell(conversation_id)
        for watcher in self._watchers.get(conversation_id, ()):
            watcher.tell(happening)

    def __len__(self) -> int:
        return len(self._watchers)
