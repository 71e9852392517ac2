"""Which trip, which leg."""

from datetime import datetime

import msgspec
import pytest

from bot.guidance.case import Trip
from bot.guidance.trip import deciding_leg, next_trip
from tests.guidance.making import NOW, leg, ready, trip

COUNTRIES = {"YVR": "CA", "YYC": "CA", "YUL": "CA", "SEA": "US", "DEN": "US", "SJU": "US", "CDG": "FR"}


def built(*legs):
    return msgspec.convert(trip(*legs), Trip)


@pytest.mark.parametrize(
    ("legs", "deciding"),
    [
        ([("YVR", "SEA")], (0, True)),
        ([("YVR", "YYC"), ("YYC", "DEN")], (1, True)),
        ([("YVR", "SEA"), ("YYC", "DEN")], (0, True)),
        ([("YVR", "YYC"), ("YYC", "YUL")], (1, False)),
        ([("SEA", "YVR"), ("YVR", "CDG")], (1, False)),
        ([("CDG", "YUL"), ("YUL", "SJU"), ("SJU", "DEN")], (1, True)),
        ([("Vancouver", "Seattle")], (0, False)),
    ],
)
def test_the_deciding_leg(legs, deciding):
    made = built(*[leg(*each) for each in legs])
    found, crosses = deciding_leg(made, COUNTRIES)

    assert (made.segments.index(found), crosses) == deciding


def at(minute, *legs):
    return [leg(*each, departs_at=f"2026-11-21T14:{minute + step:02}:00Z") for step, each in enumerate(legs)]


def chosen(*trips):
    now = datetime.fromisoformat(NOW)
    found = next_trip(tuple(built(*each) for each in trips), now, COUNTRIES)
    return None if found is None else found.index


def test_the_trip_that_starts_soonest_wins_not_the_first_listed():
    assert chosen(at(30, ("YVR", "SEA")), at(10, ("YVR", "SEA"))) == 1


def test_of_two_that_start_together_the_first_listed_wins():
    assert chosen(at(10, ("YVR", "SEA")), at(10, ("YYC", "DEN"))) == 0


def test_a_trip_whose_deciding_leg_is_gone_is_passed_over():
    assert chosen(at(0, ("YVR", "SEA"), ("SEA", "DEN")), at(40, ("YVR", "SEA"))) == 1


def test_a_trip_under_way_whose_deciding_leg_is_ahead_counts():
    assert chosen(at(0, ("YVR", "YYC"), ("YYC", "DEN"))) == 0


def test_none_is_ahead():
    assert chosen(at(0, ("YVR", "SEA"))) is None
    assert next_trip(None, built(leg()).segments[0].departs_at, COUNTRIES) is None


def test_the_ruling_says_which_trip_and_which_airport(ruled):
    past = trip(leg(departs_at="2026-11-01T09:40:00-06:00"))
    flight = ruled(ready(trips=[past, trip(leg("YXE", "YYC"), leg())])).cbp_on_next_flight

    assert (flight.trip, flight.airport) == (1, "YYC")


def test_the_trip_is_named_even_where_the_application_decides(ruled):
    value = ready()
    value["application"]["status"] = "denied"

    assert ruled(value).cbp_on_next_flight.trip == 0


def test_instants_are_compared_not_wall_clocks(ruled):
    first = trip(leg("YVR", "SEA", "2026-11-28T09:00:00-07:00"))
    sooner = trip(leg("YHZ", "BOS", "2026-11-28T11:00:00-04:00"))

    assert ruled(ready(trips=[first, sooner])).cbp_on_next_flight.trip == 1
