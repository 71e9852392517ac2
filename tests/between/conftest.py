"""Processes of one installation, played in one: each with its own way to the same Redis and the same PostgreSQL."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from bot.between.processes import Processes
from bot.db.engine import Database, open_database
from tests.databases import PostgresServer
from tests.record.scripted import KEY, Watch
from tests.redis_server import RedisServer

MakeProcess = Callable[..., Awaitable[Processes]]


@pytest.fixture
async def shared_database(postgres: PostgresServer) -> AsyncIterator[Database]:
    """A database on PostgreSQL, which processes may share."""
    database = await open_database(postgres.database())
    yield database
    await database.close()


@pytest.fixture
async def process(shared_database: Database, redis: RedisServer) -> AsyncIterator[MakeProcess]:
    """Makes one more process, started; `with_redis=False` for one that has only the database."""
    async with AsyncExitStack() as stack:

        async def make(*, with_redis: bool = True) -> Processes:
            made = Processes(shared_database, Watch(), redis.url if with_redis else "", KEY)
            await made.start()
            stack.push_async_callback(made.stop)
            return made

        redis.flush()
        yield make
