"""Processes that share a database and no Redis."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager


class NoLocks:
    """`SharedLocks` of processes that share nothing but the database: nobody can tell who is at what."""

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Waits for nobody."""
        yield

    async def are_free(self, keys: Collection[str]) -> Mapping[str, bool | None]:
        """Nobody can tell."""
        return dict.fromkeys(keys)
