"""One guide a SQLite file: wake-ups and locks of another process would not be heard of."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from bot.db.address import is_sqlite, sqlite_file
from bot.db.error import DatabaseError


@contextmanager
def sole_process(address: URL) -> Iterator[None]:
    """Makes sure that no other guide serves this SQLite file while the block runs; nothing on PostgreSQL.

    The lock is the kernel's, so one that was killed leaves none behind. Commands need none and work beside a guide.

    Raises:
        DatabaseError: another guide serves it, or the file beside it cannot be written.
    """
    if not is_sqlite(address):
        yield
        return
    file = Path(os.path.realpath(sqlite_file(address)))
    beside = file.with_name(f"{file.name}.serving")
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseError(
            f"database {file} cannot be opened ({error.strerror}); "
            "set DATABASE_URL or DATA_DIR to a place that can be written"
        ) from error
    try:
        _take(descriptor, file)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, file: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        other = os.read(descriptor, 20).decode(errors="replace").strip()
        raise DatabaseError(
            f"database {file} is served by another guide (process {other or 'unknown'}), and SQLite takes one; "
            "stop it, or set DATABASE_URL to a PostgreSQL database and REDIS_URL, which many processes can share"
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
