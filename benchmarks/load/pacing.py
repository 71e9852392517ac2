"""Keeps travellers talking at a rate, and gathers how long they wait."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from benchmarks.load.sums import Stretch, Turn, summed
from benchmarks.load.travellers import ANSWER_SECONDS, FailedError, Traveller


class Crowd:
    """Travellers who talk side by side; `replace` gives a new one for each that has said enough."""

    def __init__(
        self,
        travellers: Sequence[Traveller],
        texts: Sequence[str],
        *,
        acknowledged: list[float],
        replace: Callable[[Traveller], Traveller] | None = None,
        turns_each: int = 20,
        seed: int = 1,
    ) -> None:
        self._travellers = list(travellers)
        self._texts = texts
        self._acknowledged = acknowledged
        self._replace = replace
        self._turns_each = turns_each
        self._seed = seed

    async def talk(self, rate: float, *, warm: float, seconds: float) -> Stretch:
        """Talks at `rate` turns a second in all for `warm` seconds that are not counted and `seconds` that are.

        When somebody has something to say is settled before, whatever the guide does; `offered` is what came of it by
        chance, and what the answers are to be compared with.
        """
        chance = random.Random(self._seed)
        turns: list[Turn] = []
        errors: Counter[str] = Counter()
        every = 0
        mean = len(self._travellers) / rate
        plans = [list(_dues(chance, mean, warm + seconds)) for _ in self._travellers]
        offered = sum(due >= warm for plan in plans for due in plan) / seconds
        began = time.monotonic()
        counted_from, until = began + warm, began + warm + seconds

        async def one(place: int) -> None:
            nonlocal every
            for said, due in enumerate(plans[place], start=1):
                await asyncio.sleep(began + due - time.monotonic())
                # Who waited too long for the answers before says no more.
                if time.monotonic() >= until:
                    return
                traveller = self._travellers[place]
                sent = time.monotonic()
                try:
                    async with asyncio.timeout(ANSWER_SECONDS):
                        await traveller.say(chance.choice(self._texts))
                except (FailedError, OSError, TimeoutError) as error:
                    if counted_from <= sent < until:
                        errors[str(error) or type(error).__name__] += 1
                else:
                    every += 1
                    answered = time.monotonic()
                    # Counted by the answer, so that a flooded guide is not credited with what it owes.
                    if counted_from <= answered < until:
                        turns.append(Turn(traveller.way, sent - counted_from, (answered - sent) * 1000))
                if self._replace is not None and said % self._turns_each == 0:
                    await traveller.end()
                    self._travellers[place] = self._replace(traveller)
                    await self._travellers[place].begin()

        self._acknowledged.clear()
        await asyncio.gather(*(one(place) for place in range(len(self._travellers))))
        return summed(turns, dict(errors), self._acknowledged, offered=offered, seconds=seconds, every=every)


def _dues(chance: random.Random, mean: float, until: float) -> Iterator[float]:
    """Seconds after the beginning, `mean` apart on the average, as what happens by chance is."""
    due = chance.expovariate(1 / mean)
    while due < until:
        yield due
        due += chance.expovariate(1 / mean)
