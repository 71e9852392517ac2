from collections.abc import Callable
from datetime import date

import pytest

from bot.policy import Everything

Spoil = Callable[..., tuple[str, ...]]
EIGHT = {"YVR", "YYC", "YEG", "YWG", "YYZ", "YOW", "YUL", "YHZ"}


def with_preclearance(everything: Everything, day: date) -> set[str]:
    airports = everything.policy.airports.values()
    return {airport.iata for airport in airports if any(span.covers(day) for span in airport.preclearance)}


@pytest.mark.parametrize("day", [date(2023, 1, 25), date(2026, 3, 9)])
def test_eight_airports_had_preclearance_until_billy_bishop(everything: Everything, day: date) -> None:
    assert with_preclearance(everything, day) == EIGHT


def test_billy_bishop_has_preclearance_from_its_first_day(everything: Everything) -> None:
    assert with_preclearance(everything, date(2026, 3, 10)) == EIGHT | {"YTZ"}


def test_no_source_names_billy_bishop_for_interviews(everything: Everything) -> None:
    named = {iata for iata, airport in everything.policy.airports.items() if airport.cbp_interviews}
    assert named == EIGHT


@pytest.mark.parametrize("iata", ["YQB", "YYJ", "YLW", "YXE"])
def test_other_airports_are_known_and_have_nothing(everything: Everything, iata: str) -> None:
    airport = everything.policy.airports[iata]
    assert (airport.preclearance, airport.cbp_interviews) == ((), ())


def test_every_airport_is_canadian(everything: Everything) -> None:
    assert {everything.policy.countries[iata] for iata in everything.policy.airports} == {"CA"}


def test_a_wrong_zone_is_named(faults_after: Spoil) -> None:
    faults = faults_after("airports.yml", "timezone: America/Vancouver", "timezone: America/Vancover")
    assert faults == ("airports.yml: YVR: timezone `America/Vancover` is no IANA zone; write it like America/Toronto",)
