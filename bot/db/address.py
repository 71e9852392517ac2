"""The database's address, `DATABASE_URL`, as the drivers in use want it."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.db.error import DatabaseError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def read_address(url: str) -> URL:
    """The address with its asynchronous driver named; the plain forms `sqlite:///` and `postgresql://` are taken too.

    Raises:
        DatabaseError: not an address, another kind of database, or a SQLite database without a file.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DatabaseError(
            "DATABASE_URL is not a database address; expected sqlite+aiosqlite:///FILE or "
            "postgresql+asyncpg://USER:PASSWORD@HOST/NAME"
        ) from error
    if address.drivername not in _DRIVERS:
        raise DatabaseError(
            f"DATABASE_URL names {address.drivername}, which is not supported; use sqlite+aiosqlite or "
            "postgresql+asyncpg"
        )
    address = address.set(drivername=_DRIVERS[address.drivername])
    # Readers and the writer have connections of their own, so a database in memory would be a different one for each.
    if is_sqlite(address) and address.database in {None, "", ":memory:"}:
        raise DatabaseError("DATABASE_URL names a SQLite database without a file; use sqlite+aiosqlite:///FILE")
    return address


def is_sqlite(address: URL) -> bool:
    """Whether the address is of a SQLite file."""
    return address.get_backend_name() == "sqlite"


def sqlite_file(address: URL) -> Path:
    """The file of a SQLite address."""
    assert address.database is not None
    return Path(address.database)


def shown(address: URL) -> str:
    """The address for people: the file, or the server's address without the password."""
    return str(sqlite_file(address)) if is_sqlite(address) else address.render_as_string(hide_password=True)
