"""What one process does for all."""

import asyncio

import pytest
from sqlalchemy import text

from bot.between import leader
from bot.between.processes import Processes
from bot.conversations.leading import Led
from bot.db.engine import Database
from tests.between.conftest import MakeProcess


class Wish:
    """A process that would lead, and what it did."""

    def __init__(self, process: Processes) -> None:
        self.said: list[str] = []
        self.led: Led = process.led("chatwoot", self._begin, self._end, self.said.append)

    async def _begin(self) -> None:
        self.said.append("begin")

    async def _end(self) -> None:
        self.said.append("end")

    async def until(self, said: list[str]) -> None:
        async with asyncio.timeout(5):
            while self.said != said:  # noqa: ASYNC110 - it happens in the database
                await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leader, "ASK_SECONDS", 0.05)


async def test_one_leads_hears_what_others_say_and_another_takes_over(process: MakeProcess) -> None:
    first, second = Wish(await process()), Wish(await process())
    await first.led.start()
    await first.until(["begin"])
    await second.led.start()
    await second.led.tell("look there")
    await first.until(["begin", "look there"])
    await first.led.tell("and here")
    await first.until(["begin", "look there", "and here"])
    await first.led.stop()
    assert first.said[-1] == "end"
    await second.until(["begin"])
    await second.led.stop()


async def test_who_is_cut_off_from_the_database_leads_no_more(process: MakeProcess, shared_database: Database) -> None:
    wish = Wish(await process())
    await wish.led.start()
    await wish.until(["begin"])
    async with shared_database.write() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        )
    await wish.until(["begin", "end", "begin"])
    await wish.led.stop()
