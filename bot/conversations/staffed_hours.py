"""When staff read messages: the hours an operator has set, in the zone those hours are told in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from bot.settings import SettingsError

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MIDNIGHT = 24 * 60
# A week and the day before it; another one for hours that a change of the clocks leaves out.
_DAYS_AHEAD = 15
_SPAN = re.compile(r"(?P<days>[a-z, -]+?)\s+(?P<opens>\d\d:\d\d)\s*-\s*(?P<closes>\d\d:\d\d)", re.IGNORECASE)
_EXPECTED = 'spans such as "Mon-Fri 08:00-18:00; Sat 09:00-12:00"'


@dataclass(frozen=True)
class Span:
    """The same hours on some days of the week.

    `days` count from 0, a Monday, in the order they were set; `opens` and `closes` are minutes after midnight of such a
    day. `closes` is past `opens`, and past 1440 where the span ends on the next day.
    """

    days: tuple[int, ...]
    opens: int
    closes: int


@dataclass(frozen=True)
class StaffedHours:
    """The hours in which staff read messages, by the clocks of `zone`; without any span they always do."""

    spans: tuple[Span, ...]
    zone: ZoneInfo

    @classmethod
    def parse(cls, hours: str, zone: str) -> Self:
        """The hours of the settings STAFFED_HOURS and STAFF_TIME_ZONE.

        Raises:
            SettingsError: one of them is no hours, or no time zone.
        """
        return cls(tuple(_span(part.strip()) for part in hours.split(";") if part.strip()), _zone(zone))

    def is_open(self, now: datetime) -> bool:
        """Whether staff read messages at the instant `now`."""
        return not self.spans or any(opens <= now < closes for opens, closes in self._around(now))

    def next_opening(self, now: datetime) -> datetime | None:
        """When staff read messages next, in `zone`; None while they do."""
        if self.is_open(now):
            return None
        # One that would open and close within an hour that the clocks leave out is not staffed that day.
        ahead = [opens for opens, closes in self._around(now) if now < opens < closes]
        return min(ahead).astimezone(self.zone)

    def _around(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """From when to when staff read messages, from the day before `now` on, as instants in UTC."""
        today = now.astimezone(self.zone).date()
        for days in range(-1, _DAYS_AHEAD):
            day = today + timedelta(days)
            for span in self.spans:
                if day.weekday() in span.days:
                    yield self._instant(day, span.opens), self._instant(day, span.closes)

    def _instant(self, day: date, minutes: int) -> datetime:
        days, minutes = divmod(minutes, _MIDNIGHT)
        at = datetime.combine(day + timedelta(days), time(minutes // 60, minutes % 60), self.zone)
        # Clocks of one zone are compared by what they show; instants are compared in UTC.
        return at.astimezone(UTC)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise _wrong(text)
    opens, closes = _minutes(found["opens"], text), _minutes(found["closes"], text)
    if opens in (closes, _MIDNIGHT):
        raise _wrong(text, "; write a whole day as 00:00-24:00")
    return Span(_days(found["days"], text), opens, closes if closes > opens else closes + _MIDNIGHT)


def _minutes(clock: str, text: str) -> int:
    hour, minute = map(int, clock.split(":"))
    if minute > 59 or hour * 60 + minute > _MIDNIGHT:
        raise _wrong(text)
    return hour * 60 + minute


def _days(names: str, text: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in names.split(","):
        first, dash, last = (name.strip().capitalize() for name in part.partition("-"))
        if first not in DAYS or (dash and last not in DAYS):
            raise _wrong(text)
        start = DAYS.index(first)
        count = (DAYS.index(last) - start) % len(DAYS) + 1 if dash else 1
        found += [(start + day) % len(DAYS) for day in range(count)]
    if len(set(found)) < len(found):
        raise _wrong(text, "; it names a day twice")
    return tuple(found)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError(
            f'setting STAFF_TIME_ZONE: expected a time zone such as "America/Toronto", got "{name}"; '
            "correct the environment variable STAFF_TIME_ZONE"
        ) from error


def _wrong(text: str, hint: str = "") -> SettingsError:
    return SettingsError(
        f'setting STAFFED_HOURS: expected {_EXPECTED}, got "{text}"{hint}; '
        "correct the environment variable STAFFED_HOURS"
    )
