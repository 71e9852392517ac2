"""One lock a conversation, so that its turns are taken one after the other, in whatever process.

A lock saves work: without it two processes would look for the same answer. That there is one answer, and in order, is
held by the record (`record.mark_answered` with the conversation's row taken). So where the lock that processes share
cannot be had, this process goes on with its own.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from weakref import WeakValueDictionary


class SharedLocks(Protocol):
    """Locks that processes share. They never fail: who cannot lock goes on without."""

    def hold(self, key: str) -> AbstractAsyncContextManager[None]:
        """Waits until no other process has the lock of `key`, and holds it until the block ends."""
        ...

    async def are_free(self, keys: Collection[str]) -> Mapping[str, bool | None]:
        """Of each whether no process has it; None where that cannot be told."""
        ...


class Locks:
    """Locks by key, first those of this process. One lives as long as somebody holds it or waits for it."""

    def __init__(self, shared: SharedLocks | None = None) -> None:
        self._shared = shared
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Waits for its turn, first come first served in this process, and holds the lock until the block ends."""
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        async with lock:
            if self._shared is None:
                yield
                return
            async with self._shared.hold(key):
                yield

    async def are_free(self, keys: Collection[str]) -> Mapping[str, bool | None]:
        """Of each key whether nobody has its lock, in any process; None where that cannot be told."""
        others = [key for key in keys if key not in self._locks]
        told = dict.fromkeys(others, True) if self._shared is None else await self._shared.are_free(others)
        return {**dict.fromkeys(keys, False), **told}

    def __len__(self) -> int:
        return len(self._locks)
