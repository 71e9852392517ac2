"""One set of servers for all faults: starting them is dear. Whoever breaks something mends it.

Everything in this folder that uses them runs on the event loop of the session, on which the integrator lives.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from random import Random, SystemRandom

import pytest
import pytest_asyncio
from aiohttp import ClientSession, TCPConnector

from tests.databases import PostgresServer
from tests.faults.integrator import Integrator
from tests.faults.stack import ManyProcesses, running
from tests.faults.travellers import Guide
from tests.redis_server import RedisServer
from tests.training import one_at_a_time


@pytest.fixture(scope="session")
def processes(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer, redis: RedisServer
) -> Iterator[ManyProcesses]:
    """The guide in two processes."""
    server = ManyProcesses(tmp_path_factory.mktemp("processes"), postgres, redis)
    with one_at_a_time():
        server.train()
    with running(server):
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def integrator(processes: ManyProcesses) -> AsyncIterator[Integrator]:
    """The organisation whose app the guide's webhook serves."""
    integrator = processes.integrator
    await integrator.begin()
    yield integrator
    await integrator.go_away()


@pytest_asyncio.fixture(loop_scope="session")
async def guide(processes: ManyProcesses, integrator: Integrator) -> AsyncIterator[Guide]:
    """The guide as travellers see it; each request may open a connection."""
    async with ClientSession(connector=TCPConnector(limit=0)) as client:
        yield Guide(client, processes.url, processes.ahead)


@pytest.fixture(scope="module")
def chance() -> Random:
    """What is left to chance; the seed is shown where a test fails."""
    seed = SystemRandom().randrange(1_000_000)
    sys.stderr.write(f"the seed of chance is {seed}\n")
    return Random(seed)
