"""Wake-ups between processes, over a real Redis."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.between import looking
from bot.between.processes import Processes
from bot.conversations.broadcast import Changed, Delivered, Fared, Happening, Read, Typing, Watcher
from tests.between.conftest import MakeProcess
from tests.redis_server import RedisServer

C = "c" * 36


@pytest.fixture
def stopped_redis(redis: RedisServer) -> Iterator[RedisServer]:
    redis.stop()
    yield redis
    redis.stop()
    redis.start()


async def heard(watcher: Watcher) -> Happening:
    return await asyncio.wait_for(watcher.next(), 5)


async def until_missing(process: Processes, expected: list[str]) -> None:
    async with asyncio.timeout(5):
        while await process.missing() != expected or process._is_told() == bool(expected):  # noqa: ASYNC110 - in Redis
            await asyncio.sleep(0.02)


async def test_what_happens_in_one_process_is_told_once_in_each(process: MakeProcess) -> None:
    here, there = await process(), await process()
    signs = [Typing(True, "staff"), Delivered("m1", 7), Read("traveller", 6), Fared(4, 6, "sent"), Typing(False)]
    with here.broadcast.watch(C) as own, there.broadcast.watch(C) as other, there.broadcast.watch_all() as of_all:
        for each in [Changed(), Changed(), *signs]:
            here.broadcast.tell(C, each)
        assert [await heard(other) for _ in range(6)] == [Changed(), *signs]
        assert [await heard(own) for _ in range(6)] == [Changed(), *signs]
        assert await asyncio.wait_for(of_all.next(), 5) == {C}
        there.broadcast.tell(C, Typing(True))
        assert await heard(own) == Typing(True)  # and nothing of its own before that came back
        assert await heard(other) == Typing(True)


async def test_a_redis_that_is_away_at_the_start_is_said_in_plain_words_once(
    process: MakeProcess, stopped_redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    here = await process()
    await until_missing(here, ["redis"])
    said = [record.message for record in caplog.records if record.name == "bot.between.link"]
    assert said == ["Redis is away; going on without it: other processes hear of changes after a second"]


async def test_telling_never_waits_and_signs_of_an_outage_are_dropped(
    process: MakeProcess, stopped_redis: RedisServer
) -> None:
    here, there = await process(), await process()
    assert await here.missing() == ["redis"]
    with there.broadcast.watch(C) as other:
        for number in range(5_000):
            here.broadcast.tell(f"{number:036}", Changed())
            here.broadcast.tell(C, Typing(True))
        stopped_redis.start()
        await asyncio.gather(until_missing(here, []), until_missing(there, []))
        here.broadcast.tell(C, Changed())
        assert await heard(other) == Changed()
        here.broadcast.tell(C, Typing(False))
        assert await heard(other) == Typing(False)


async def test_a_redis_that_ends_and_returns_is_found_again(
    process: MakeProcess, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "AWAY_SECONDS", 60.0)
    here, there = await process(), await process()
    redis.stop()
    await asyncio.gather(until_missing(here, ["redis"]), until_missing(there, ["redis"]))
    redis.start()
    await asyncio.gather(until_missing(here, []), until_missing(there, []))
    with there.broadcast.watch(C) as other:
        here.broadcast.tell(C, Changed())
        assert await heard(other) == Changed()
