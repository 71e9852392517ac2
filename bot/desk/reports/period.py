"""The days and the conversations a report is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.formats import Language

LONGEST = 366
USUAL = 30
EARLIEST = date(2000, 1, 1)
LATEST = date(2999, 12, 31)


class PeriodError(ValueError):
    """A period cannot be reported on; `field` is `from` or `to`."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included, as the calendar in `zone` has them.

    Raises:
        PeriodError: the days are in the wrong order, more than 366, or out of what is supported.
    """

    first: date
    last: date
    zone: ZoneInfo

    def __post_init__(self) -> None:
        for field, day in (("from", self.first), ("to", self.last)):
            if not EARLIEST <= day <= LATEST:
                raise PeriodError(field, f"expected a day from {EARLIEST} to {LATEST}, got {day}")
        if self.last < self.first:
            raise PeriodError("to", f"expected {self.first} or later, got {self.last}")
        if self.length > LONGEST:
            raise PeriodError("to", f"expected at most {LONGEST} days, got {self.length}; ask for a shorter period")

    @property
    def length(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    @property
    def starts(self) -> datetime:
        """The instant it starts at."""
        return self._midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The instant it ends before."""
        return self._midnight(self.last + timedelta(days=1))

    def days(self) -> Iterator[date]:
        """Each day in order."""
        for number in range(self.length):
            yield self.first + timedelta(days=number)

    def offsets(self) -> list[tuple[datetime, int]]:
        """What the zone adds to UTC, in seconds, each with the instant before which it holds; the last until the end.

        Databases have zones of their own, which may be older than ours.
        """
        spans: list[tuple[datetime, int]] = []
        at, end = self.starts.astimezone(UTC), self.ends.astimezone(UTC)
        while at < end:
            following = min(at + timedelta(days=1), end)
            if self._offset(following) != self._offset(at):
                spans.append((self._change(at, following), self._offset(at)))
            at = following
        return [*spans, (end, self._offset(end))]

    def _offset(self, at: datetime) -> int:
        offset = at.astimezone(self.zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    def _change(self, before: datetime, after: datetime) -> datetime:
        while after - before > timedelta(seconds=1):
            middle = before + (after - before) // 2
            middle = middle.replace(microsecond=0)
            if self._offset(middle) == self._offset(before):
                before = middle
            else:
                after = middle
        return after

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


def period(first: date | None, last: date | None, *, now: datetime, zone: ZoneInfo) -> Period:
    """The period asked for: without `last` until today, without `first` the 30 days that end with `last`.

    Raises:
        PeriodError: as `Period`.
    """
    last = last or now.astimezone(zone).date()
    if first is None:
        # The calendar itself has no days before the year 1.
        first = max(EARLIEST, last - timedelta(days=USUAL - 1)) if last > EARLIEST else EARLIEST
    return Period(first, last, zone)


@dataclass(frozen=True)
class Scope:
    """What is counted: the period, and only conversations on `channel` and in `language` where these are given."""

    period: Period
    channel: str | None = None
    language: Language | None = None
