"""Locks that processes share, over a real Redis."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis import Redis

from bot.between import locks as shared
from bot.between.link import Link
from bot.between.locks import RedisLocks
from bot.between.relay import RedisRelay
from bot.conversations.broadcast import Broadcast
from bot.conversations.locks import Locks
from tests.between.conftest import MakeProcess
from tests.redis_server import RedisServer


async def is_free(locks: Locks | RedisLocks, key: str) -> bool | None:
    return (await locks.are_free([key]))[key]


async def test_one_process_at_a_time_and_the_next_is_woken(
    process: MakeProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "_LOOK_AGAIN_SECONDS", 60.0)
    locks = [(await process()).locks for _ in range(3)]
    inside, most, times = 0, 0, 0

    async def work(which: Locks) -> None:
        nonlocal inside, most, times
        for _ in range(10):
            async with which.hold("c"):
                inside += 1
                most, times = max(most, inside), times + 1
                await asyncio.sleep(0.001)
                inside -= 1

    # Nobody looks again by itself, so each of these was woken, and at once.
    await asyncio.wait_for(asyncio.gather(*(work(each) for each in (*locks, *locks))), 10)
    assert (most, times) == (1, 60)
    assert [await is_free(each, "c") for each in locks] == [True] * 3


async def test_a_held_lock_is_not_free_anywhere(process: MakeProcess) -> None:
    here, there = (await process()).locks, (await process()).locks
    async with here.hold("c"):
        assert [await is_free(each, "c") for each in (here, there)] == [False, False]
        assert await is_free(there, "other")


async def test_many_are_looked_at_together(process: MakeProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "_LOOKED_AT_TOGETHER", 2)
    here, there = await process(), await process()
    asked = 0
    ask = Link.ask

    async def counted(link: Link, what: Any) -> Any:
        nonlocal asked
        asked += 1
        return await ask(link, what)

    async with here.locks.hold("a"), there.locks.hold("d"):
        monkeypatch.setattr(Link, "ask", counted)
        free = await here.locks.are_free(["a", "b", "c", "d"])
        monkeypatch.undo()
    assert free == {"a": False, "b": True, "c": True, "d": False}
    assert asked == 2, "its own are not asked for, the others two at a time"
    assert await here.locks.are_free([]) == {}


@pytest.fixture
async def short(redis: RedisServer) -> AsyncIterator[tuple[RedisLocks, RedisLocks]]:
    """Two processes' locks that last only a moment."""
    links = [Link(redis.url), Link(redis.url)]
    relays = [RedisRelay(link) for link in links]
    for relay in relays:
        await relay.start(Broadcast())
    first, second = (RedisLocks(link, relay, lasts_seconds=0.15) for link, relay in zip(links, relays, strict=True))
    yield first, second
    for link, relay in zip(links, relays, strict=True):
        await relay.stop()
        await link.close()


async def test_the_lock_of_a_process_that_was_killed_is_free_soon(short: tuple[RedisLocks, RedisLocks]) -> None:
    killed, other = short
    await killed._acquire("c", "a token nobody renews")
    async with asyncio.timeout(3), other.hold("c"):
        assert await is_free(killed, "c") is False


async def test_a_key_of_somebody_elses_that_never_expires_holds_no_conversation_up_for_ever(
    short: tuple[RedisLocks, RedisLocks], redis: RedisServer
) -> None:
    with Redis.from_url(redis.url) as client:
        client.set("nexus-guide:lock:c", "not yours")
        client.rpush("nexus-guide:lock:d", "not even a text")
    async with asyncio.timeout(5), short[0].hold("c"), short[1].hold("d"):
        pass


async def test_a_lock_lasts_as_long_as_its_turn(short: tuple[RedisLocks, RedisLocks]) -> None:
    holder, other = short
    async with holder.hold("c"):
        await asyncio.sleep(0.4)
        assert await is_free(other, "c") is False
    assert await is_free(other, "c") is True


async def test_a_lock_that_was_lost_is_not_taken_from_its_new_holder(
    short: tuple[RedisLocks, RedisLocks], redis: RedisServer
) -> None:
    loser, winner = short
    async with loser.hold("c"):
        redis.flush()
        await winner._acquire("c", "won")
    assert await is_free(loser, "c") is False


async def test_without_redis_nobody_waits_and_nobody_can_tell(process: MakeProcess) -> None:
    here, there = (await process(with_redis=False)).locks, (await process(with_redis=False)).locks
    async with asyncio.timeout(1), here.hold("c"), there.hold("c"):
        assert await is_free(here, "c") is False
        assert await is_free(there, "other") is None


async def test_a_redis_that_ends_holds_nobody_up(process: MakeProcess, redis: RedisServer) -> None:
    here, there = (await process()).locks, (await process()).locks
    try:
        async with here.hold("c"):
            waiting = asyncio.create_task(_take(there))
            await asyncio.sleep(0.05)
            redis.stop()
            await asyncio.wait_for(waiting, 8)
    finally:
        redis.stop()
        redis.start()


async def _take(locks: Locks) -> None:
    async with locks.hold("c"):
        return
