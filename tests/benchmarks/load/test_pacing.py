"""A crowd talks at the rate it is asked for, and what it waited is counted rightly."""

import asyncio

import pytest

from benchmarks.load.pacing import Crowd
from benchmarks.load.travellers import FailedError


class Quick:
    """One who is answered at once, or never."""

    way = "HTTP"

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.begun = self.ended = 0

    async def begin(self) -> None:
        self.begun += 1

    async def say(self, text: str) -> None:
        await asyncio.sleep(0)
        if self.fails:
            raise FailedError("HTTP 503")

    async def end(self) -> None:
        self.ended += 1


async def test_talks_at_about_the_rate_asked_for() -> None:
    stretch = await Crowd([Quick() for _ in range(400)], ["a"], acknowledged=[]).talk(400, warm=0.2, seconds=1.0)
    # Four times the deviation of as many who speak by chance; all in one second, each of them once on the average.
    assert 320 < stretch.turns < 480
    assert stretch.failed == 0
    assert stretch.by_way["HTTP"]["turns"] == stretch.turns < stretch.every


async def test_what_is_offered_is_what_chance_made_of_the_rate_whether_or_not_it_is_answered() -> None:
    stretches = [
        await Crowd([Quick(fails=fails) for _ in range(50)], ["a"], acknowledged=[]).talk(100, warm=0.1, seconds=0.5)
        for fails in (False, True)
    ]
    assert stretches[0].offered == stretches[1].offered
    assert 70 < stretches[0].offered < 130
    # But for one or two whose answers came after the end.
    assert stretches[0].rate == pytest.approx(stretches[0].offered, abs=4)


async def test_what_failed_is_counted_by_its_kind_and_not_as_a_turn() -> None:
    crowd = Crowd([Quick(fails=True) for _ in range(10)], ["a"], acknowledged=[])
    stretch = await crowd.talk(100, warm=0.0, seconds=0.3)
    assert stretch.turns == stretch.every == 0
    assert set(stretch.errors) == {"HTTP 503"}
    assert stretch.failed > 10


async def test_who_has_said_enough_is_replaced() -> None:
    first, second = Quick(), Quick()
    crowd = Crowd([first], ["a"], acknowledged=[], replace=lambda old: second, turns_each=2)
    await crowd.talk(100, warm=0.0, seconds=0.2)
    assert (first.ended, second.begun > 0) == (1, True)
