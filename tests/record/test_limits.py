"""The limiter."""

from bot.conversations.limits import LocalLimiter, Rate
from tests.record.scripted import Watch


async def test_gives_a_burst_and_then_so_many_a_minute() -> None:
    watch = Watch()
    limiter = LocalLimiter(Rate(burst=3, per_minute=6), watch)
    assert [await limiter.take("a") for _ in range(4)] == [0, 0, 0, 10]
    assert await limiter.take("b") == 0
    watch.forward(seconds=4)
    assert await limiter.take("a") == 6
    watch.forward(seconds=6)
    assert [await limiter.take("a") for _ in range(2)] == [0, 10]


async def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    watch = Watch()
    limiter = LocalLimiter(Rate(burst=1, per_minute=60), watch)
    assert await limiter.take("a") == 0
    watch.forward(seconds=-100)
    assert await limiter.take("a") == 1


async def test_forgets_who_has_been_quiet() -> None:
    watch = Watch()
    limiter = LocalLimiter(Rate(burst=2, per_minute=60), watch)
    for n in range(100):
        await limiter.take(str(n))
    watch.forward(minutes=1)
    await limiter.take("new")
    assert len(limiter) == 1
