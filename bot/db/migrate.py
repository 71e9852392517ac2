"""Bringing the database's tables up to date, and asking whether they are.

Alembic is driven from here; its scripts are part of the package, so there is no `alembic.ini`. To write a new one, add
`migrations/versions/NNNN_name.py` by hand: `tests/db/test_migrate.py` compares the result with the models.
"""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.db import postgres, sqlite
from bot.db.address import is_sqlite, read_address, shown
from bot.db.engine import Database, open_database, unreachable
from bot.db.error import DatabaseError

SCRIPTS = Path(__file__).parent / "migrations"
# Any number will do, as long as nothing else on the server uses it: "nexus" in ASCII.
_LOCK = 0x6E65787573


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", SCRIPTS.as_posix().replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


async def upgrade(url: str) -> bool:
    """Makes or alters the tables until they are what this version needs; gives whether anything had to be done.

    It is one transaction that first takes a lock, so several processes may start at once: one works, the others wait
    and then find everything done. A failure leaves the tables as they were.

    Raises:
        DatabaseError: the database cannot be opened, or was made by a newer version of the guide.
    """
    address = read_address(url)
    if is_sqlite(address):
        await asyncio.to_thread(sqlite.prepare_file, address)
        engine = sqlite.writer(address, foreign_keys=False)
    else:
        # Moving the rows of a large table takes as long as it takes, and so may waiting for whoever does it.
        engine = postgres.writer(address, statement_seconds=None)
    try:
        async with engine.begin() as connection:
            if not is_sqlite(address):
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            return await connection.run_sync(_upgrade_on, address)
    except (OSError, SQLAlchemyError, TimeoutError) as error:
        raise unreachable(address, error) from error
    finally:
        await engine.dispose()


def _upgrade_on(connection: Connection, address: URL) -> bool:
    config = _config()
    before = _revisions(connection)
    if before == _newest():
        return False
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseError(
            f"database {shown(address)} was made by another version of the guide (revision {', '.join(before)}); "
            "install that version or name another database in DATABASE_URL"
        ) from error
    return True


async def is_current(database: Database) -> bool:
    """Whether the tables are exactly what this version needs."""
    async with database.read() as session:
        return await (await session.connection()).run_sync(_revisions) == _newest()


async def open_current(url: str) -> Database:
    """Opens the database as `open_database` does, and makes sure that its tables are what this version needs.

    Raises:
        DatabaseError: it cannot be opened, or `nexus-guide migrate` has to be run first.
    """
    database = await open_database(url)
    if not await is_current(database):
        await database.close()
        raise DatabaseError(
            f"database {shown(database.address)} has not the tables of this version; run nexus-guide migrate"
        )
    return database


def _revisions(connection: Connection) -> tuple[str, ...]:
    return tuple(MigrationContext.configure(connection).get_current_heads())


def _newest() -> tuple[str, ...]:
    return tuple(ScriptDirectory.from_config(_config()).get_heads())
