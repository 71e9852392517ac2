"""The guide is replaced under load, and started again with its clock set: nobody loses anything or waits for long."""

import asyncio
from datetime import timedelta
from random import Random

import pytest

from tests.faults.integrator import Integrator, no_trouble, until
from tests.faults.promises import Promises
from tests.faults.stack import WORKERS, ManyProcesses
from tests.faults.travellers import AppTraveller, Guide, HttpTraveller, Traveller, crowd, talk

pytestmark = pytest.mark.asyncio(loop_scope="session")

SOON_SECONDS = 40.0


async def test_workers_replaced_under_load(
    processes: ManyProcesses, guide: Guide, integrator: Integrator, chance: Random
) -> None:
    before = {worker.pid for worker in processes.workers()}
    travellers: list[Traveller] = []
    processes.replace_workers()

    def are_replaced() -> bool:
        now = {worker.pid for worker in processes.workers()}
        return len(now) == WORKERS and not now & before

    replaced = asyncio.create_task(until(are_replaced, 90, "new workers"))
    while not replaced.done():
        # Others each time: who writes too much in a minute is not answered.
        some = crowd(guide, 6)
        travellers += some
        await talk(some, chance, 2, over_seconds=0.5)
    await replaced
    # A socket is told to come back, and a request may meet a connection that its worker has just closed.
    assert set(guide.failures) <= {"socket 1001", "ServerDisconnectedError", "ClientOSError"}, guide.failures
    await Promises(processes.database_url, integrator, travellers).kept(SOON_SECONDS)


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=-1)], ids=["a day later", "days earlier"])
async def test_everything_killed_and_started_with_another_date_while_answers_and_deliveries_are_due(
    processes: ManyProcesses, guide: Guide, integrator: Integrator, chance: Random, ahead: timedelta
) -> None:
    apps = [AppTraveller(guide) for _ in range(4)]
    visitors = [HttpTraveller(guide) for _ in range(32)]
    await asyncio.gather(*(each.begin() for each in visitors))
    waiting, asking = (Promises(processes.database_url, integrator, each) for each in (apps, visitors))
    integrator.trouble = lambda _recipient, _number: "an hour"
    try:
        await talk(apps, chance, 1, over_seconds=0)
        await waiting.answers_kept(SOON_SECONDS)

        async def are_put_off() -> bool:
            unsent = await waiting.unsent()
            first = {row["conversation_id"]: row for row in reversed(unsent)}
            return all(row["state"] == "due" and row["attempts"] for row in first.values())

        await until(are_put_off, SOON_SECONDS, "deliveries put off for an hour")
        talks = asyncio.create_task(talk(visitors, chance, 1, over_seconds=0))
        await until(asking.owed, SOON_SECONDS, "unanswered messages")
        await asyncio.to_thread(processes.kill_all)
    finally:
        integrator.trouble = no_trouble
    processes.ahead = guide.ahead = ahead
    processes.count = 1
    await asyncio.to_thread(processes.start)
    await talks
    await waiting.kept(SOON_SECONDS)
    await asking.kept(SOON_SECONDS)
