from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import formats
from bot.formats import Language

VANCOUVER = ZoneInfo("America/Vancouver")


def words(text: str) -> str:
    """With every kind of space made plain."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Friday, November 27, 2026, 2:30 p.m. (Vancouver time)"),
        ("fr", "vendredi 27 novembre 2026, 14 h 30 (heure de Vancouver)"),
    ],
)
def test_a_moment_names_its_day_its_time_and_whose_time_it_is(language: Language, expected: str) -> None:
    assert words(formats.moment(datetime(2026, 11, 27, 14, 30, tzinfo=VANCOUVER), language)) == expected


def test_french_elides_before_a_vowel_and_writes_the_first_of_a_month_as_an_ordinal() -> None:
    edmonton = datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("America/Edmonton"))
    assert words(formats.moment(edmonton, "fr")) == "mardi 1er décembre 2026, 9 h 00 (heure d’Edmonton)"
    assert words(formats.plain_date(date(2024, 10, 1), "fr")) == "1er octobre 2024"
    assert words(formats.plain_date(date(2024, 10, 11), "fr")) == "11 octobre 2024"
    assert words(formats.plain_date(date(2024, 10, 31), "fr")) == "31 octobre 2024"


def test_the_days_of_the_week_begin_on_a_monday() -> None:
    assert [formats.weekday(number, "en") for number in (0, 6)] == ["Monday", "Sunday"]
    assert [formats.weekday(number, "fr") for number in (0, 6)] == ["lundi", "dimanche"]


def test_equal_instants_in_different_zones_are_told_apart() -> None:
    instant = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
    told = {words(formats.moment(instant.astimezone(ZoneInfo(zone)), "en")) for zone in ZONES_OF_DECEMBER}
    assert told == set(ZONES_OF_DECEMBER.values())


# British Columbia, Alberta and Manitoba stopped changing their clocks in November 2026; Washington State did not.
ZONES_OF_DECEMBER = {
    "America/Vancouver": "Tuesday, December 1, 2026, 1:00 p.m. (Vancouver time)",
    "America/Edmonton": "Tuesday, December 1, 2026, 2:00 p.m. (Edmonton time)",
    "America/Winnipeg": "Tuesday, December 1, 2026, 3:00 p.m. (Winnipeg time)",
    "America/Los_Angeles": "Tuesday, December 1, 2026, 12:00 p.m. (Los Angeles time)",
    "America/Toronto": "Tuesday, December 1, 2026, 3:00 p.m. (Toronto time)",
}


def test_a_time_in_no_named_zone_is_refused_since_nobody_could_say_whose_it_is() -> None:
    with pytest.raises(ValueError, match="is in no named zone"):
        formats.moment(datetime(2026, 12, 1, 20, 0, tzinfo=UTC), "en")


@pytest.mark.parametrize(("language", "expected"), [("en", "1,204 km"), ("fr", "1 204 km")])
def test_distances_are_whole_kilometres(language: Language, expected: str) -> None:
    assert words(formats.kilometres(1204.3, language)) == expected
