"""How the guide uses PostgreSQL.

Readers and writers have pools of their own, so that what a reader may do is the session's and needs no transaction to
say it. A pool opens no more than it keeps: opening a connection takes longer than anything a turn asks of one.
"""

import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 15.0
"""Longer than any statement of the guide's takes, reports included. A server that hangs is then away, as one that is
down, and nobody waits for it in silence: not a provider's call, nor what tells the WebSockets."""

CONNECTIONS = 10
"""Of a pool, so twice as many of a process; `docs/capacity.md` counts on it."""

IDLE_SECONDS = 60.0
"""After so long something between us and the server may have dropped a connection without a word to either."""

ONE_STATE = {"isolation_level": "REPEATABLE READ"}
"""Options of an engine whose transactions see one state of the database."""

ONE_STATEMENT = {"isolation_level": "AUTOCOMMIT"}
"""Options of an engine that begins no transactions."""

_READ_ONLY = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"


def writer(address: URL, *, statement_seconds: float | None = STATEMENT_SECONDS) -> AsyncEngine:
    """An engine whose connections are replaced unseen where the server dropped them.

    A statement that takes longer than `statement_seconds` fails with a TimeoutError; without them it may take for ever.
    """
    return _engine(address, statement_seconds)


def reader(address: URL) -> AsyncEngine:
    """As `writer`, but its connections cannot write. Use it with the options `ONE_STATE` or `ONE_STATEMENT`."""
    engine = _engine(address, STATEMENT_SECONDS)

    @event.listens_for(engine.sync_engine, "connect")
    def _set(connection: Any, _entry: object) -> None:
        # A statement, and no option at the start of the connection: a pooler in between refuses those it does not know.
        cursor = connection.cursor()
        cursor.execute(_READ_ONLY)
        cursor.close()
        connection.commit()

    return engine


def _engine(address: URL, statement_seconds: float | None) -> AsyncEngine:
    engine = create_async_engine(
        address,
        pool_size=CONNECTIONS,
        max_overflow=0,
        connect_args={"timeout": CONNECT_SECONDS, "command_timeout": statement_seconds},
    )
    _replace_dropped(engine)
    return engine


def _replace_dropped(engine: AsyncEngine) -> None:
    """Looks at a connection before it is used; the server is asked only where it was idle for long.

    `pool_pre_ping` asks it each time, in a transaction: three round trips for what the driver knows by then already,
    since it reads the connection's end as soon as that comes.
    """

    @event.listens_for(engine.sync_engine, "checkin")
    def _note(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["idle_since"] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def _look(connection: Any, entry: ConnectionPoolEntry, _fairy: object) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError("the server closed the connection")
        idle_since = entry.info.get("idle_since")
        if idle_since is not None and time.monotonic() - idle_since > IDLE_SECONDS:
            try:
                connection.ping()
            except (engine.dialect.loaded_dbapi.Error, OSError) as error:
                raise DisconnectionError("the connection was dropped on the way") from error
