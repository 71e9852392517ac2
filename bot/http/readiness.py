"""Whether the guide can do its work: model loaded, database reachable, migrations applied.

What it can do without, such as Redis, is named where it is missing, and keeps it from nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.conversations.dialogue_port import Dialogue
from bot.db.engine import Database
from bot.db.error import UnavailableError
from bot.db.migrate import is_current

DATABASE_SECONDS = 3.0


class Ready(msgspec.Struct, frozen=True):
    """The state of what the guide needs; `missing` names what does not answer, also what it can do without."""

    ready: bool
    missing: list[str]


class Readiness:
    """Asks each part the guide rests on."""

    def __init__(
        self,
        database: Database,
        dialogue: Dialogue | None,
        not_needed: Callable[[], Awaitable[list[str]]] | None = None,
    ) -> None:
        """`not_needed` names what is missing that the guide can do without."""
        self._database = database
        self._dialogue = dialogue
        self._migrated = False
        self._not_needed = not_needed

    async def look(self) -> Ready:
        """What is missing now; takes at most a few seconds where the database hangs."""
        missing = [] if self._dialogue is not None else ["model"]
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                async with self._database.read() as session:
                    await session.execute(text("SELECT 1"))
                # Asked until it is true: tables do not go back while the process runs.
                self._migrated = self._migrated or await is_current(self._database)
        except (OSError, SQLAlchemyError, UnavailableError):
            missing.append("database")
        else:
            if not self._migrated:
                missing.append("migrations")
        ready = not missing
        if self._not_needed is not None:
            missing += await self._not_needed()
        return Ready(ready, missing)
