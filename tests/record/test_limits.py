"""The limiter."""

from bot.conversations.limits import Limiter, Rate
from tests.record.scripted import Watch


def test_gives_a_burst_and_then_so_many_a_minute() -> None:
    watch = Watch()
    limiter = Limiter(Rate(burst=3, per_minute=6), watch)
    assert [limiter.take("a") for _ in range(4)] == [0, 0, 0, 10]
    assert limiter.take("b") == 0
    watch.forward(seconds=4)
    assert limiter.take("a") == 6
    watch.forward(seconds=6)
    assert [limiter.take("a") for _ in range(2)] == [0, 10]


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    watch = Watch()
    limiter = Limiter(Rate(burst=1, per_minute=60), watch)
    assert limiter.take("a") == 0
    watch.forward(seconds=-100)
    assert limiter.take("a") == 1


def test_forgets_who_has_been_quiet() -> None:
    watch = Watch()
    limiter = Limiter(Rate(burst=2, per_minute=60), watch)
    for n in range(100):
        limiter.take(str(n))
    watch.forward(minutes=1)
    limiter.take("new")
    assert len(limiter) == 1
