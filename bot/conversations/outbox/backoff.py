"""When something that failed is tried again, and when it was tried often enough."""

from collections.abc import Callable
from datetime import timedelta

Jitter = Callable[[float, float], float]
"""Gives a number between two, as `random.uniform` does."""

FIRST_SECONDS = 2.0
LONGEST_SECONDS = 600.0
LONGEST_ASKED_SECONDS = 3600.0
"""A provider that asks for a longer pause is asked again after this one; it may be over sooner."""

_FEWEST_TRIES = 20
_LONGEST_TRIED = timedelta(hours=24)
_MOST_TRIES = 300
"""About two days at the longest pauses. It ends what would go on for ever where the clock stands or runs backwards."""


def pause(attempts: int, retry_after: float | None, jitter: Jitter) -> timedelta:
    """How long to wait after so many attempts; at least what the provider asked for, up to an hour.

    It is drawn from the whole span, so that many that failed together do not come back together.
    """
    longest = min(FIRST_SECONDS * float(2 ** min(attempts - 1, 20)), LONGEST_SECONDS)
    asked = min(retry_after or 0.0, LONGEST_ASKED_SECONDS)
    # What many were asked to wait for must be spread too.
    return timedelta(seconds=min(asked + jitter(0.0, longest), LONGEST_ASKED_SECONDS + FIRST_SECONDS))


def is_enough(attempts: int, age: timedelta) -> bool:
    """Whether an entry of this age is not tried again: after a day, and twenty tries at least."""
    return attempts >= _MOST_TRIES or (attempts >= _FEWEST_TRIES and age >= _LONGEST_TRIED)
