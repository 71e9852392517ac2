"""Limits that processes hold together."""

from bot.conversations.limits import Rate
from tests.between.conftest import MakeProcess
from tests.redis_server import RedisServer

RATE = Rate(burst=3, per_minute=6)


async def test_processes_share_one_count_and_know_when_there_is_more(process: MakeProcess) -> None:
    limiters = [(await process()).limits.limiter("m", RATE) for _ in range(2)]
    assert [await limiters[number % 2].take("a") for number in range(4)] == [0, 0, 0, 10]
    assert await limiters[1].take("b") == 0


async def test_what_was_used_in_one_process_is_used_in_all(process: MakeProcess) -> None:
    here, there = (await process()).limits, (await process()).limits
    assert [await here.is_first("x", 60), await there.is_first("x", 60), await there.is_first("y", 60)] == [
        True,
        False,
        True,
    ]


async def test_while_redis_is_away_each_process_holds_the_limit(process: MakeProcess, redis: RedisServer) -> None:
    limits = (await process()).limits
    limiter = limits.limiter("m", RATE)
    assert await limits.is_first("x", 60)
    redis.stop()
    try:
        assert [await limiter.take("a") for _ in range(4)] == [0, 0, 0, 10]
        assert not await limits.is_first("x", 60)
    finally:
        redis.start()
