"""When staff read messages: by tables, and by what must hold of any hours, zone and instant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.conversations.staffed_hours import DAYS, Span, StaffedHours
from bot.settings import SettingsError

WEEK = "Mon-Fri 08:00-18:00; Sat 09:00-12:00"
NIGHTS = "Fri-Mon 22:00-06:00"


def toronto(hours: str) -> StaffedHours:
    return StaffedHours.parse(hours, "America/Toronto")


def at(text: str, zone: str = "America/Toronto") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        ("", ()),
        (" ; ", ()),
        ("mon-fri 08:00-18:00", (Span((0, 1, 2, 3, 4), 480, 1080),)),
        ("Sat, Mon-Tue 09:30 - 24:00;", (Span((5, 0, 1), 570, 1440),)),
        ("Fri-Mon 22:00-06:00", (Span((4, 5, 6, 0), 1320, 1800),)),
        ("Sun 00:00-24:00; Wed 12:00-00:00", (Span((6,), 0, 1440), Span((2,), 720, 1440))),
    ],
)
def test_hours_are_read(hours: str, spans: tuple[Span, ...]) -> None:
    assert toronto(hours).spans == spans


@pytest.mark.parametrize(
    "hours",
    [
        "always",
        "Mon",
        "08:00-18:00",
        "Mon 8-18",
        "Mon 08:00",
        "Mon 08:00-25:00",
        "Mon 08:60-09:00",
        "Mon 08:00-08:00",
        "Mon 24:00-06:00",
        "Montag 08:00-18:00",
        "Mon-Fri 08:00-18:00, Sat 09:00-12:00",
        "Mon, Mon-Tue 08:00-09:00",
    ],
)
def test_nonsense_is_refused_in_a_sentence_that_says_what_came(hours: str) -> None:
    with pytest.raises(SettingsError) as error:
        toronto(f"Sun 08:00-09:00; {hours}")
    assert str(error.value).startswith("setting STAFFED_HOURS: expected spans such as")
    assert f'got "{hours}"' in str(error.value)


@pytest.mark.parametrize("zone", ["", "Toronto", "America", "../etc/passwd", "America/Toronto "])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(SettingsError, match="setting STAFF_TIME_ZONE: expected a time zone"):
        StaffedHours.parse(WEEK, zone)


@pytest.mark.parametrize(
    ("hours", "now", "opens"),
    [
        ("", "2026-11-21T03:00", None),
        (WEEK, "2026-11-20T17:59:59", None),
        (WEEK, "2026-11-20T18:00", "2026-11-21T09:00"),
        (WEEK, "2026-11-21T09:00", None),
        (WEEK, "2026-11-21T12:00", "2026-11-23T08:00"),
        ("Sat 09:00-12:00", "2026-11-21T12:00", "2026-11-28T09:00"),
        # Over midnight: what opens on a Monday night is open on Tuesday morning.
        (NIGHTS, "2026-11-24T05:59", None),
        (NIGHTS, "2026-11-24T06:00", "2026-11-27T22:00"),
        (NIGHTS, "2026-11-25T01:00", "2026-11-27T22:00"),
        # The clocks go back on November 1, and forward on March 8: the same reading, another distance in hours.
        ("Sun 08:00-18:00", "2026-10-31T20:00", "2026-11-01T08:00"),
        ("Sun 08:00-18:00", "2026-03-07T20:00", "2026-03-08T08:00"),
        # 2:15 to 2:45 is not on the clocks of March 8, and comes when they have gone forward.
        ("Sun 02:15-02:45", "2026-03-08T01:59", "2026-03-08T03:15"),
        # It opens after it would have closed: not staffed that night.
        ("Sun 02:30-03:15", "2026-03-08T01:59", "2026-03-15T02:30"),
    ],
)
def test_when_staff_read_next(hours: str, now: str, opens: str | None) -> None:
    staffed = toronto(hours)
    assert staffed.next_opening(at(now)) == (at(opens) if opens else None)
    assert staffed.is_open(at(now)) is (opens is None)


def test_an_hour_that_comes_twice_is_staffed_through() -> None:
    staffed = toronto("Sun 00:00-02:00")
    first = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    assert [staffed.is_open(first + timedelta(minutes=30 * half)) for half in range(8)] == [True] * 6 + [False] * 2


def test_the_zone_of_the_staff_counts_wherever_now_is_told() -> None:
    staffed = StaffedHours.parse("Mon-Fri 08:00-18:00", "America/Vancouver")
    opening = staffed.next_opening(at("2026-11-23T09:00"))
    assert opening is not None
    assert opening.isoformat() == at("2026-11-23T08:00", "America/Vancouver").isoformat()


clocks = st.integers(0, 1440).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")
spans = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS), clocks, clocks).filter(
    lambda span: span[2] not in (span[3], "24:00")
)
weeks = st.lists(spans, min_size=1, max_size=4).map(lambda all_: "; ".join("{}-{} {}-{}".format(*one) for one in all_))
zones = st.sampled_from(["America/Toronto", "America/St_Johns", "America/Regina", "Australia/Lord_Howe", "UTC"])
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(weeks, zones, instants)
@example("Sun-Sun 01:30-02:30", "America/Toronto", datetime(2026, 11, 1, 6, 29, tzinfo=UTC))
def test_the_next_opening_is_the_first_moment_that_is_open(hours: str, zone: str, now: datetime) -> None:
    staffed = StaffedHours.parse(hours, zone)
    opening = staffed.next_opening(now)
    if opening is None:
        assert staffed.is_open(now)
        return
    assert not staffed.is_open(now)
    assert now < opening <= now + timedelta(days=15)
    assert staffed.is_open(opening)
    assert not staffed.is_open(opening - timedelta(microseconds=1))
    between = [now + part * (opening - now) / 7 for part in range(7)]
    assert not any(staffed.is_open(instant) for instant in between)
