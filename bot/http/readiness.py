"""Whether the guide can do its work: model loaded, database reachable, migrations applied."""

import asyncio

import msgspec
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.conversations.dialogue_port import Dialogue
from bot.db.engine import Database
from bot.db.migrate import is_current

DATABASE_SECONDS = 3.0


class Ready(msgspec.Struct, frozen=True):
    """The state of what the guide needs; `missing` names what keeps it from being ready."""

    ready: bool
    missing: list[str]


class Readiness:
    """Asks each part the guide rests on."""

    def __init__(self, database: Database, dialogue: Dialogue | None) -> None:
        self._database = database
        self._dialogue = dialogue
        self._migrated = False

    async def look(self) -> Ready:
        """What is missing now; takes at most a few seconds where the database hangs."""
        missing = [] if self._dialogue is not None else ["model"]
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                async with self._database.read() as session:
                    await session.execute(text("SELECT 1"))
                # Asked until it is true: tables do not go back while the process runs.
                self._migrated = self._migrated or await is_current(self._database)
        except (OSError, SQLAlchemyError, TimeoutError):
            missing.append("database")
        else:
            if not self._migrated:
                missing.append("migrations")
        return Ready(not missing, missing)
