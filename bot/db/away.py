"""Tells a database that is away from a statement that is wrong."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.db.error import UnavailableError

# Connection exceptions, the server going down or starting, too many connections or too little memory; and what only a
# new connection meets: the password is refused, the database is not there, or takes nobody while it is looked after.
_AWAY_STATES = ("08", "57P0", "53", "28", "3D000", "55000")
_FULL_STATE = "53100"
_AWAY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}


@contextmanager
def told_apart() -> Iterator[None]:
    """Raises UnavailableError where what is done in the block fails because the database is away or full."""
    try:
        yield
    except Exception as error:
        unavailable = of(error)
        if unavailable is None:
            raise
        raise unavailable from error


def of(error: Exception) -> UnavailableError | None:
    """What `error` of a driver or of SQLAlchemy says of the database; None where it is another failure."""
    if isinstance(error, OSError):  # of the connection, among them TimeoutError
        return UnavailableError(is_full=error.errno == errno.ENOSPC)
    if isinstance(error, PoolTimeoutError):
        return UnavailableError()
    orig: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(orig, "sqlite_errorcode", None)
    if code is not None:
        primary = code & 0xFF
        return UnavailableError(is_full=primary == sqlite3.SQLITE_FULL) if _is_away(primary) else None
    state = getattr(orig, "sqlstate", None) or ""
    if state.startswith(_AWAY_STATES):
        return UnavailableError(is_full=state == _FULL_STATE)
    if isinstance(error, DBAPIError) and (error.connection_invalidated or _is_closed(error)):
        return UnavailableError()
    return None


def _is_away(code: int) -> bool:
    return code in _AWAY_CODES or code == sqlite3.SQLITE_FULL


def _is_closed(error: DBAPIError) -> bool:
    """Whether the driver could not use the connection; asyncpg's error of a wrong parameter is of the same kind."""
    cause = error.orig.__cause__ if error.orig is not None else None
    return isinstance(error, InterfaceError) and not isinstance(cause, ValueError)
