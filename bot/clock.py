"""The one place "now" comes from.

Everything that needs the time takes a `Clock`; nothing else calls `datetime.now`. Rules take the instant itself.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Gives the present instant, aware, in UTC."""


def system_clock() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


def clock_from(start: datetime | None) -> Clock:
    """A clock that stands at `start` when it is made and runs on from there; the machine's own without `start`.

    With it the whole guide can be asked about another day, the way a test or a demonstration needs it.

    Raises:
        ValueError: `start` has no offset from UTC.
    """
    if start is None:
        return system_clock
    if start.utcoffset() is None:
        raise ValueError(f"clock start: {start.isoformat()} has no offset; add one, e.g. -05:00")
    shift: timedelta = start.astimezone(UTC) - system_clock()
    return lambda: system_clock() + shift
