"""Every limit of the conversation, each with its reason, and the limiter that holds the rates."""

import math
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock

LONGEST_TEXT = 2_000
"""Characters in a message: the contract's number."""

ANSWER_SECONDS = 30.0
"""A turn takes milliseconds; one that takes this long hangs, and must not hold up the rest of the conversation."""

LARGEST_BODY = 64 * 1024
"""Bytes in a request: 2,000 characters, each as an escaped surrogate pair, are 24 kB; the rest is room."""

BODY_SECONDS = 20.0
"""For the body of a request to arrive: ample on the worst line; whoever sends slower on purpose holds a connection."""

SOCKETS_PER_CONVERSATION = 50
"""Each reads the record at every message. A broken line leaves fewer behind before its heartbeat finds them dead."""

LARGEST_GUIDANCE_BODY = 1024 * 1024
"""Bytes in a guidance request, which may be an array of some hundred cases."""

RECOVERED_AT_ONCE = 4
"""Conversations answered side by side after a restart: enough to catch up fast, few enough to serve meanwhile."""


RECOVERIES_TRIED = 2
"""Times a message is answered after a restart before it counts as the one that ends the process each time."""


@dataclass(frozen=True)
class Rate:
    """`burst` at once, and from then on `per_minute`."""

    burst: int
    per_minute: float


MESSAGES_PER_CONVERSATION = Rate(burst=30, per_minute=30)
"""Nobody types a message every two seconds for long; a script that does would keep others waiting for the model."""

CONVERSATIONS_PER_ADDRESS = Rate(burst=300, per_minute=300)
"""A whole airport may sit behind one address, so it is generous; it keeps one machine from filling the disk."""

IDENTITY_ATTEMPTS_PER_ADDRESS = Rate(burst=60, per_minute=30)
"""Guessing is stopped by the lock of five failures; this keeps a flood of tries from busying the database."""

_MOST_KEYS = 50_000


class Limiter(Protocol):
    """Holds a rate per key."""

    async def take(self, key: str) -> int:
        """Takes one for `key`: 0 when there was one, else the seconds until there is one again (at least 1)."""
        ...


class Limits(Protocol):
    """What is held per key, by all processes together where they can."""

    def limiter(self, name: str, rate: Rate) -> Limiter:
        """A limiter of this rate; one `name`, one count."""
        ...

    async def is_first(self, name: str, seconds: int) -> bool:
        """Whether `name` is used for the first time in so many `seconds`; from then on it is used."""
        ...


class LocalLimiter:
    """Counts per key, in this process. A key that is back at its full burst is forgotten; so are the oldest of many."""

    def __init__(self, rate: Rate, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    async def take(self, key: str) -> int:
        """As `Limiter.take`."""
        now = self._clock()
        left, since = self._left.pop(key, (float(self._rate.burst), now))
        elapsed = max(0.0, (now - since).total_seconds())
        left = min(float(self._rate.burst), left + elapsed * self._rate.per_minute / 60)
        wait = 0 if left >= 1 else max(1, math.ceil((1 - left) * 60 / self._rate.per_minute))
        self._left[key] = (left - 1 if not wait else left, now)
        while len(self._left) > _MOST_KEYS or self._is_full_again(now):
            self._left.popitem(last=False)
        return wait

    def _is_full_again(self, now: datetime) -> bool:
        left, since = next(iter(self._left.values()))
        return left + max(0.0, (now - since).total_seconds()) * self._rate.per_minute / 60 >= self._rate.burst

    def __len__(self) -> int:
        return len(self._left)


class LocalLimits:
    """`Limits` of this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._used: OrderedDict[str, datetime] = OrderedDict()

    def limiter(self, name: str, rate: Rate) -> LocalLimiter:
        """As `Limits.limiter`; each is counted by itself."""
        return LocalLimiter(rate, self._clock)

    async def is_first(self, name: str, seconds: int) -> bool:
        """As `Limits.is_first`; of very many names the oldest are forgotten."""
        now = self._clock()
        until = self._used.pop(name, now)
        self._used[name] = max(until, now + timedelta(seconds=seconds))
        while len(self._used) > _MOST_KEYS:
            self._used.popitem(last=False)
        return until <= now
