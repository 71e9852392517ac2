"""Keeps travellers talking at a rate, and gathers how long they wait."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence

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
        self._chance = random.Random(seed)

    async def talk(self, rate: float, *, warm: float, seconds: float) -> Stretch:
        """Talks at `rate` turns a second in all for `warm` seconds that are not counted and `seconds` that are."""
        turns: list[Turn] = []
        errors: Counter[str] = Counter()
        every = 0
        mean = len(self._travellers) / rate
        began = time.monotonic()
        counted_from, until = began + warm, began + warm + seconds

        async def one(place: int) -> None:
            nonlocal every
            due, said = began + self._chance.expovariate(1 / mean), 0
            while due < until:
                await asyncio.sleep(due - time.monotonic())
                traveller = self._travellers[place]
                sent = time.monotonic()
                try:
                    async with asyncio.timeout(ANSWER_SECONDS):
                        await traveller.say(self._chance.choice(self._texts))
                except (FailedError, OSError, TimeoutError) as error:
                    if counted_from <= sent < until:
                        errors[str(error) or type(error).__name__] += 1
                else:
                    every += 1
                    answered = time.monotonic()
                    # Counted by the answer, so that a flooded guide is not credited with what it owes.
                    if counted_from <= answered < until:
                        turns.append(Turn(traveller.way, sent - counted_from, (answered - sent) * 1000))
                said += 1
                if self._replace is not None and said % self._turns_each == 0:
                    await traveller.end()
                    self._travellers[place] = self._replace(traveller)
                    await self._travellers[place].begin()
                # From when it was due, not from when it was answered: a slow guide is not spared.
                due = max(due + self._chance.expovariate(1 / mean), time.monotonic())

        self._acknowledged.clear()
        await asyncio.gather(*(one(place) for place in range(len(self._travellers))))
        return summed(turns, dict(errors), self._acknowledged, offered=rate, seconds=seconds, every=every)
