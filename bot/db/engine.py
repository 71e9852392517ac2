"""Opening the database, and the ways of using it: `read()`, `read_once()` and `write()`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.db import postgres, sqlite
from bot.db.address import is_sqlite, read_address, shown
from bot.db.away import told_apart
from bot.db.error import DatabaseError, UnavailableError
from bot.tracing.spans import span

__all__ = ["Database", "DatabaseError", "open_database", "when_committed"]
_WHEN_COMMITTED = "when_committed"


def when_committed(session: AsyncSession, do: Callable[[], None]) -> None:
    """Calls `do` once the transaction of `Database.write()` is committed; not at all where it is rolled back."""
    session.info.setdefault(_WHEN_COMMITTED, []).append(do)


class Database:
    """An open database. Its three ways raise UnavailableError where it is away, or its disk is full.

    `engine` is the one that writes. `read()` and `read_once()` cannot write, on either database. Do not open `write()`
    inside `write()`: on SQLite the inner one waits for the outer one.
    """

    def __init__(self, address: URL, engine: AsyncEngine, readers: AsyncEngine) -> None:
        self.address = address
        self.engine = engine
        self._readers = readers
        self._write = async_sessionmaker(engine, expire_on_commit=False)
        kind = sqlite if is_sqlite(address) else postgres
        whole, single = (readers.execution_options(**each) for each in (kind.ONE_STATE, kind.ONE_STATEMENT))
        self._read = async_sessionmaker(whole, expire_on_commit=False, autoflush=False)
        self._read_once = async_sessionmaker(single, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one state of the database; what it changes is refused."""
        with span("database.read"), told_apart():
            async with self._read() as session:
                yield session

    @asynccontextmanager
    async def read_once(self) -> AsyncIterator[AsyncSession]:
        """A session as of `read()` for one statement only: nothing is spent on a transaction."""
        with span("database.read"), told_apart():
            async with self._read_once() as session:
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction: committed when the block ends, rolled back when it raises.

        On SQLite the transaction holds the write lock from its first statement, so what it read stays true; on
        PostgreSQL lock the rows a decision rests on (`with_for_update`).
        """
        with span("database.write"), told_apart():
            async with self._write() as session:
                async with session.begin() as transaction:
                    yield session
                    committing = transaction.is_active
                for do in session.info.get(_WHEN_COMMITTED, ()) if committing else ():
                    do()

    async def close(self) -> None:
        """Closes every connection."""
        await self.engine.dispose()
        await self._readers.dispose()


async def open_database(url: str) -> Database:
    """Opens the database of `url`; a SQLite file and its folder are made where they are missing.

    Raises:
        DatabaseError: it cannot be opened; one sentence says what and what to do.
    """
    address = read_address(url)
    if is_sqlite(address):
        await asyncio.to_thread(sqlite.prepare_file, address)
        database = Database(address, sqlite.writer(address), sqlite.reader(address))
    else:
        database = Database(address, postgres.writer(address), postgres.reader(address))
    try:
        async with database.read() as session:
            await session.execute(text("SELECT 1"))
    except (OSError, SQLAlchemyError, UnavailableError) as error:
        await database.close()
        cause = error.__cause__ if isinstance(error, UnavailableError) else error
        assert isinstance(cause, Exception)
        raise unreachable(address, cause) from cause
    return database


def unreachable(address: URL, error: Exception) -> DatabaseError:
    """The sentence for a database that did not answer, with the driver's reason and without SQLAlchemy's wrapping."""
    reason = str(getattr(error, "orig", None) or error) or type(error).__name__
    return DatabaseError(
        f"database {shown(address)} cannot be opened ({reason.splitlines()[0]}); "
        "check that it is running and that DATABASE_URL is right"
    )
