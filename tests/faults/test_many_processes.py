"""Processes are killed; PostgreSQL, Redis and the provider go away and come back: nothing is lost or doubled.

The tests stand in this order because what a killed process was sending is taken over by another after 30 s: meanwhile
the other faults are tried, and the last test looks what became of it.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from random import Random

import pytest
import pytest_asyncio
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from tests.faults.integrator import Integrator, Trouble, no_trouble, until
from tests.faults.promises import Promises
from tests.faults.stack import WORKERS, ManyProcesses, kill
from tests.faults.travellers import TEXTS, AppTraveller, Guide, HttpTraveller, Said, Traveller, crowd, talk

pytestmark = pytest.mark.asyncio(loop_scope="session")

CONVERSATIONS = 200
KILLS = 4
ANSWERED_SECONDS = 40.0
"""What a killed process left unanswered is looked for every 10 s, and a lock lasts as long."""

READY_SECONDS = 90.0
TAKEN_OVER_SECONDS = 60.0
"""What a killed process was sending is taken over after 30 s, in turn with what waits behind it."""


async def missing(guide: Guide) -> tuple[int, list[str]]:
    """What `/readyz` says; 0 where nobody answers."""
    try:
        async with guide.client.get(f"{guide.url}/readyz", timeout=ClientTimeout(total=10)) as response:
            return response.status, (await response.json())["missing"]
    except (ClientError, TimeoutError):
        return 0, []


async def says(guide: Guide, *states: tuple[int, list[str]]) -> None:
    """Waits until `/readyz` says one of these."""

    async def is_so() -> bool:
        return await missing(guide) in states

    await until(is_so, READY_SECONDS, f"/readyz says {states}")


@asynccontextmanager
async def talking(travellers: Sequence[Traveller], chance: Random, messages: int) -> AsyncIterator[None]:
    """Lets them talk while the block runs, and waits until they have said everything."""
    talks = asyncio.create_task(talk(travellers, chance, messages, over_seconds=1))
    try:
        yield
        await talks
    finally:
        talks.cancel()
        await asyncio.gather(talks, return_exceptions=True)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def survivors(processes: ManyProcesses, integrator: Integrator, chance: Random) -> Promises:
    """What was promised to the travellers of 200 conversations during which processes were killed."""
    async with ClientSession(connector=TCPConnector(limit=0)) as client:
        guide = Guide(client, processes.url)
        travellers = crowd(guide, CONVERSATIONS)
        talks = asyncio.create_task(talk(travellers, chance, 2, over_seconds=6))
        for number in range(KILLS):
            await asyncio.sleep(chance.uniform(0.5, 1.5))
            if number == KILLS - 1:
                # The others may be on their way up yet; the last hits those that serve.
                await says(guide, (200, []))
            workers = processes.workers()
            if workers:
                kill(chance.choice(workers))
        await talks
        await until(lambda: processes.serving() == WORKERS, READY_SECONDS, "all workers serve again")
        promises = Promises(processes.database_url, integrator, travellers)
        await promises.answers_kept(ANSWERED_SECONDS, answered_well=False)
    return promises


async def test_processes_killed_at_any_moment_of_200_conversations_lose_no_message_and_no_answer(
    survivors: Promises, processes: ManyProcesses
) -> None:
    assert len(survivors.conversations) == CONVERSATIONS


async def test_postgresql_stopped_and_started(
    processes: ManyProcesses, guide: Guide, integrator: Integrator, chance: Random
) -> None:
    travellers = crowd(guide, 12)
    async with talking(travellers, chance, 4):
        for at_once in (False, True):
            await asyncio.sleep(chance.uniform(0.5, 1))
            await asyncio.to_thread(processes.postgres.stop, at_once=at_once)
            try:
                await says(guide, (503, ["database"]))
                witness = HttpTraveller(guide)
                witness.conversation_id, witness.token = "none", "none"
                assert not await witness.tried(Said("c1", TEXTS[0]))
                assert not await AppTraveller(guide).tried(Said("c1", TEXTS[0]))
            finally:
                await asyncio.to_thread(processes.postgres.start)
            await says(guide, (200, []))
    assert guide.failures["503"]
    await Promises(processes.database_url, integrator, travellers).kept(ANSWERED_SECONDS)


async def test_redis_stopped_emptied_and_started(
    processes: ManyProcesses, guide: Guide, integrator: Integrator, chance: Random
) -> None:
    travellers = crowd(guide, 12)
    async with talking(travellers, chance, 4):
        await asyncio.sleep(chance.uniform(0.2, 0.6))
        await asyncio.to_thread(processes.redis.stop)
        try:
            await says(guide, (200, ["redis"]))
            await asyncio.sleep(chance.uniform(0.2, 0.6))
        finally:
            await asyncio.to_thread(processes.redis.start)
        for _ in range(3):
            await asyncio.sleep(chance.uniform(0.1, 0.4))
            await asyncio.to_thread(processes.redis.flush)
        await says(guide, (200, []))
    assert not guide.failures, "nobody has to know"
    await Promises(processes.database_url, integrator, travellers).kept(ANSWERED_SECONDS)


async def test_a_provider_that_is_late_answers_errors_hangs_up_repeats_or_is_gone(
    processes: ManyProcesses, guide: Guide, integrator: Integrator, chance: Random
) -> None:
    travellers = [AppTraveller(guide, repeats=number % 2 == 0) for number in range(12)]
    promises = Promises(processes.database_url, integrator, travellers)
    await integrator.go_away()
    try:
        await talk(travellers, chance, 1, over_seconds=0.5)
        await promises.answers_kept(ANSWERED_SECONDS)
        assert len(await promises.unsent()) >= len(travellers), "what nobody took is not said to be sent"
    finally:
        await integrator.begin()

    mine = {each.address for each in travellers}
    once: list[Trouble] = ["late", "500", "500 though taken", "429", "dropped", "dropped though taken"]
    often = once[1:]

    def trouble(recipient: str, number: int) -> Trouble | None:
        if recipient not in mine or number > 1:
            return None
        # Each at least once, and only one is late: the others behind it would have to wait for long.
        met.append(once[len(met)] if len(met) < len(once) else chance.choice(often))
        return met[-1]

    met: list[Trouble] = []
    integrator.trouble = trouble
    try:
        await talk(travellers, chance, 1, over_seconds=0.5)
        await promises.kept(TAKEN_OVER_SECONDS)
        assert set(integrator.made) >= set(once)
    finally:
        integrator.trouble = no_trouble


async def test_what_killed_processes_were_sending_arrives_once(survivors: Promises) -> None:
    await survivors.deliveries_kept(TAKEN_OVER_SECONDS)
