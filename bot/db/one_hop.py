"""aiosqlite with one hop a statement.

aiosqlite runs SQLite in a thread, and each call is a hop there and back. SQLAlchemy makes four of a statement: a
cursor, the statement, its rows, the cursor's end; and more to begin a transaction and to make sure that none is left.
They took longer than SQLite did. Here a statement is one hop, its transaction begins in the hop of the first, and what
was never begun is not ended.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Literal, Self

import aiosqlite


def connect(file: str, **options: Any) -> "OneHopConnection":
    """A connection to await, as `aiosqlite.connect` gives it; `options` are those of `sqlite3.connect`."""
    return OneHopConnection(partial(sqlite3.connect, file, **options))


class OneHopConnection(aiosqlite.Connection):
    """A connection whose cursors hold all their rows, and whose transactions begin with their first statement."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        # As SQLAlchemy does for connections it makes itself: one that is left open does not keep the process alive.
        self._thread.daemon = True
        self._beginning: _Beginning | None = None

    def begin(self, statement: str) -> None:
        """Lets the next statement begin a transaction by `statement`."""
        self._beginning = _Beginning(statement)

    def cursor(self) -> "OneHopCursor":  # type: ignore[override] # not awaited: nothing happens in the thread
        """A cursor for one statement after the other."""
        return OneHopCursor(self)

    async def run(self, how: "_How", sql: str, parameters: Iterable[Any]) -> "_Outcome":
        """Runs one statement in the thread of the connection, and first what begins its transaction."""
        if self._beginning is not None:
            self._beginning.sent = True
        work = partial(_run, self._conn, self._beginning, how, sql, parameters)
        outcome: _Outcome = await self._execute(work)  # type: ignore[no-untyped-call]
        return outcome

    async def commit(self) -> None:
        """Commits, where a transaction began."""
        await self._end(super().commit)

    async def rollback(self) -> None:
        """Rolls back, where a transaction began."""
        await self._end(super().rollback)

    async def _end(self, end: Callable[[], Any]) -> None:
        if self._beginning is not None and self._beginning.sent:
            # Who is cancelled here, or before, still has to end it: the thread may be about to begin it.
            await end()
        self._beginning = None


_How = Literal["execute", "executemany"]


class OneHopCursor:
    """What SQLAlchemy needs of a cursor. Rows are here when the statement has run; closing only drops them."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> Self:
        """Runs a statement and takes in its rows."""
        return self._with(await self._connection.run("execute", sql, parameters))

    async def executemany(self, sql: str, parameters: Iterable[Any]) -> Self:
        """Runs a statement that gives no rows, once for each of `parameters`."""
        return self._with(await self._connection.run("executemany", sql, parameters))

    async def fetchall(self) -> Sequence[Any]:
        """All rows of the statement."""
        return self._rows

    async def close(self) -> None:
        """Lets the rows go."""
        self._rows = ()

    def _with(self, outcome: "_Outcome") -> Self:
        self.description, self.rowcount, self.lastrowid, self._rows = outcome
        return self


_Outcome = tuple[Any, int, int | None, Sequence[Any]]


class _Beginning:
    """What begins a transaction; it goes along with each statement until one of them found it could begin."""

    def __init__(self, statement: str) -> None:
        self.statement = statement
        self.sent = False
        self.done = False


def _run(
    connection: sqlite3.Connection, beginning: _Beginning | None, how: _How, sql: str, parameters: Iterable[Any]
) -> _Outcome:
    if beginning is not None and not beginning.done:
        connection.execute(beginning.statement)
        beginning.done = True
    cursor = connection.cursor()
    try:
        getattr(cursor, how)(sql, parameters)
        rows = cursor.fetchall() if cursor.description else ()
        return cursor.description, cursor.rowcount, cursor.lastrowid, rows
    finally:
        cursor.close()
