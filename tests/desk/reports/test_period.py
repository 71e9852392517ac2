"""Which days a report is about."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.reports.period import Period, PeriodError, period

TORONTO = ZoneInfo("America/Toronto")
# Half past eleven in the evening of the 20th in Toronto.
NOW = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, (date(2026, 10, 22), date(2026, 11, 20))),
        (date(2026, 11, 1), None, (date(2026, 11, 1), date(2026, 11, 20))),
        (None, date(2026, 3, 31), (date(2026, 3, 2), date(2026, 3, 31))),
        (date(2026, 1, 1), date(2027, 1, 1), (date(2026, 1, 1), date(2027, 1, 1))),
        (None, date(2000, 1, 3), (date(2000, 1, 1), date(2000, 1, 3))),
    ],
)
def test_what_is_left_open_is_filled_in(first: date | None, last: date | None, expected: tuple[date, date]) -> None:
    found = period(first, last, now=NOW, zone=TORONTO)
    assert (found.first, found.last) == expected


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 1, 1), date(2027, 1, 2), "to"),
        (date(2026, 1, 2), date(2026, 1, 1), "to"),
        (date(2026, 11, 21), None, "to"),
        (date.min, date(2026, 1, 1), "from"),
        (date(2999, 12, 31), date.max, "to"),
        (None, date.min, "to"),
    ],
)
def test_a_period_is_bounded(first: date | None, last: date | None, field: str) -> None:
    with pytest.raises(PeriodError) as error:
        period(first, last, now=NOW, zone=TORONTO)
    assert error.value.field == field


@given(
    first=st.dates(date(2000, 1, 1), date(2035, 1, 1)),
    length=st.integers(0, 365),
    zone=st.sampled_from(["America/Toronto", "America/St_Johns", "Africa/Casablanca", "America/Havana", "UTC"]),
    at=st.floats(0, 1, exclude_max=True),
)
def test_offsets_put_every_instant_on_its_day(first: date, length: int, zone: str, at: float) -> None:
    asked = Period(first, first + timedelta(days=length), ZoneInfo(zone))
    start, end = asked.starts.astimezone(UTC), asked.ends.astimezone(UTC)
    instant = start + timedelta(seconds=int(at * ((end - start).total_seconds() - 1)))
    offset = next(seconds for before, seconds in asked.offsets() if instant < before)
    assert (instant + timedelta(seconds=offset)).date() == instant.astimezone(asked.zone).date()
    assert asked.first <= instant.astimezone(asked.zone).date() <= asked.last
