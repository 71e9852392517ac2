"""How the guide uses SQLite.

Readers and the one writer have pools of their own. The writer's holds a single connection, so that writers of one
process queue in the order they came instead of polling for the lock; other processes wait by `busy_timeout`.
"""

import fcntl
import os
import sqlite3
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.db import one_hop
from bot.db.address import sqlite_file
from bot.db.error import DatabaseError

# Longer than an import of a large register holds the write lock: a message then waits, and is not refused.
BUSY_MILLISECONDS = 60_000
READERS = 8
_SINGLE_STATEMENT = "single_statement"
ONE_STATE: dict[str, Any] = {}
"""Options of an engine whose transactions see one state of the database: they do so by themselves."""

ONE_STATEMENT = {_SINGLE_STATEMENT: True}
"""Options of an engine that begins no transactions."""


def prepare_file(address: URL) -> None:
    """Makes the file and its folder where they are missing, and turns on write-ahead logging, which the file keeps.

    Raises:
        DatabaseError: the folder or file cannot be made or written, or the file is not a SQLite database.
    """
    file = sqlite_file(address)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Two processes that switch a new file to WAL at once get "database is locked" whatever the timeout.
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            with closing(sqlite3.connect(file, timeout=BUSY_MILLISECONDS / 1000)) as connection:
                connection.execute("PRAGMA journal_mode=WAL").fetchone()
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
        finally:
            os.close(folder)
    except OSError as error:
        raise DatabaseError(_hint(address, error.strerror or str(error))) from error
    except sqlite3.Error as error:
        raise DatabaseError(_hint(address, str(error))) from error


def _hint(address: URL, reason: str) -> str:
    return (
        f"database {sqlite_file(address)} cannot be opened ({reason}); "
        "set DATABASE_URL or DATA_DIR to a place that can be written"
    )


def writer(address: URL, *, foreign_keys: bool = True) -> AsyncEngine:
    """An engine of one connection whose transactions take the write lock when they begin.

    A transaction that began as a reader and writes later can be refused with no way to wait; `BEGIN IMMEDIATE`
    waits its turn instead. Migrations turn `foreign_keys` off, because SQLite alters a table by replacing it.
    """
    engine = _engine(address, pool_size=1, pool_timeout=2 * BUSY_MILLISECONDS / 1000)
    _on_connect(engine, [f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}"])
    _on_begin(engine, "BEGIN IMMEDIATE")
    return engine


def reader(address: URL) -> AsyncEngine:
    """An engine whose transactions see one state of the database and cannot write."""
    engine = _engine(address, pool_size=READERS, pool_timeout=2 * BUSY_MILLISECONDS / 1000)
    _on_connect(engine, ["PRAGMA query_only=ON"])
    _on_begin(engine, "BEGIN")
    return engine


def _engine(address: URL, *, pool_size: int, pool_timeout: float) -> AsyncEngine:
    return create_async_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=pool_timeout,
        connect_args={
            "async_creator_fn": one_hop.connect,
            # The driver must not begin transactions of its own; they are begun below.
            "isolation_level": None,
            "timeout": BUSY_MILLISECONDS / 1000,
        },
    )


def _on_connect(engine: AsyncEngine, pragmas: list[str]) -> None:
    # FULL, not NORMAL: under WAL, NORMAL may lose the last commits when the power fails, and a message that was
    # answered with "stored" must be on disk.
    statements = [f"PRAGMA busy_timeout={BUSY_MILLISECONDS}", "PRAGMA synchronous=FULL", *pragmas]

    @event.listens_for(engine.sync_engine, "connect")
    def _set(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()


def _on_begin(engine: AsyncEngine, statement: str) -> None:
    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        # A single statement sees one state of the database by itself.
        if connection.get_execution_options().get(_SINGLE_STATEMENT):
            return
        opened = connection.connection.driver_connection
        assert isinstance(opened, one_hop.OneHopConnection)
        opened.begin(statement)
