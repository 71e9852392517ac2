"""Fixtures every test may use, and which tests stay together when several processes share them."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.db.engine import Database, open_database
from tests.databases import PostgresServer, postgres_server, sqlite_template
from tests.redis_server import RedisServer, redis_server
from tests.servers import GuideServer, running_guide

# What is dear to make, the dearest first: one process makes it, and begins with the tests that need it.
SHARED_BY_PROCESS = ("guide_server", "assistant", "processes")


def pytest_configure(config: pytest.Config) -> None:
    """Where processes share the cores, the embeddings use one: their threads would wait for each other."""
    if hasattr(config, "workerinput"):
        os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For `--dist loadgroup`: the tests of a fixture that is dear to make stay together, the others by file."""
    if not hasattr(config, "workerinput"):
        return
    for item in items:
        together = next((name for name in SHARED_BY_PROCESS if name in item.fixturenames), item.nodeid.split("::")[0])
        item.add_marker(pytest.mark.xdist_group(together))
    # Begun last, the longest groups would leave the other process idle in the end.
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    names = item.fixturenames
    return next((place for place, name in enumerate(SHARED_BY_PROCESS) if name in names), len(SHARED_BY_PROCESS))


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with sqlite_template(tmp_path_factory.mktemp("sqlite")) as file:
        yield file


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for all tests that ask for it."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    """A Redis for all tests that ask for it; whoever stops it starts it again."""
    with redis_server() as server:
        yield server


@pytest.fixture
def sqlite_url(migrated_sqlite_file: Path, tmp_path: Path) -> str:
    """The address of a new SQLite database with its tables made."""
    file = tmp_path / "guide.sqlite3"
    shutil.copy(migrated_sqlite_file, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """A new SQLite database with its tables made, for what does not depend on the kind of database."""
    database = await open_database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database with its tables made; the test runs once on each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new database without any table; the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite3'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.empty_database()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A new database with its tables made; the test runs once on SQLite and once on PostgreSQL."""
    database = await open_database(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def guide_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuideServer]:
    """The real guide, one process for all tests that ask for it; whoever kills it starts it again."""
    with running_guide(tmp_path_factory.mktemp("guide")) as server:
        yield server
