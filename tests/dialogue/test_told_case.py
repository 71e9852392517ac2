"""From what was told to the case that is ruled on."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.told import Told
from bot.dialogue.told_case import (
    changed_trip,
    claimed_application,
    matching_trip,
    missing_trip_fact,
    told_as,
    told_trip,
    with_claims,
)
from bot.guidance.case import Application, Interview, Segment, Trip
from bot.policy import load

POLICY = load()
NOW = datetime.fromisoformat("2026-11-21T12:00:00-05:00")
VANCOUVER, TORONTO = ZoneInfo("America/Vancouver"), ZoneInfo("America/Toronto")
SEATTLE = Told(origin="YVR", destination="SEA", travel_day="2026-11-27", travel_time="14:00")
BASE = Trip((Segment("YVR", "SEA", datetime(2026, 11, 27, 14, tzinfo=VANCOUVER), "AC 8095"),))
CONNECTION = Trip(
    (
        Segment("YXE", "YYC", datetime(2026, 12, 3, 6, 40, tzinfo=ZoneInfo("America/Regina"))),
        Segment("YYC", "LAS", datetime(2026, 12, 3, 10, 5, tzinfo=ZoneInfo("America/Edmonton"))),
    )
)


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        (Told(), "origin"),
        (Told(destination="SEA", travel_day="2026-11-27"), "origin"),
        (Told(origin="YYZ|YTZ"), "which_airport"),
        (Told(origin="YYZ|YTZ", destination="BOS"), "which_airport"),
        (Told(origin="YYZ"), "destination"),
        (Told(origin="YYZ", destination="JFK|LGA|EWR"), "when"),
        (Told(origin="YYZ", destination="BOS", travel_time="14:00"), "when"),
        (SEATTLE, None),
        (Told(origin="YVR", destination="SEA", travel_day="2026-11-27"), None),
    ],
)
def test_one_thing_is_asked_at_a_time_and_in_this_order(told: Told, missing: str | None) -> None:
    assert missing_trip_fact(told) == missing
    assert (told_trip(told, POLICY) is None) == (missing is not None)


def test_a_trip_leaves_by_the_clock_of_its_first_airport() -> None:
    trip = told_trip(SEATTLE, POLICY)
    assert trip is not None
    (leg,) = trip.segments
    assert (leg.origin, leg.destination, leg.time_known, leg.mode) == ("YVR", "SEA", True, "air")
    assert leg.departs_at.isoformat() == "2026-11-27T14:00:00-08:00" or leg.departs_at == datetime(
        2026, 11, 27, 14, tzinfo=VANCOUVER
    )


def test_without_an_hour_the_day_is_kept_and_the_hour_is_no_fact() -> None:
    trip = told_trip(Told(origin="YUL", destination="BOS", travel_day="2026-12-03"), POLICY)
    assert trip is not None
    assert not trip.segments[0].time_known
    assert trip.segments[0].departs_at.astimezone(TORONTO).date().isoformat() == "2026-12-03"


def test_a_connection_makes_two_legs_and_only_the_first_has_an_hour() -> None:
    told = Told(origin="YXE", via="YYC", destination="LAS", travel_day="2026-12-03", travel_time="06:40")
    trip = told_trip(told, POLICY)
    assert trip is not None
    assert [(leg.origin, leg.destination, leg.time_known) for leg in trip.segments] == [
        ("YXE", "YYC", True),
        ("YYC", "LAS", False),
    ]


@pytest.mark.parametrize(
    ("told", "status", "interviews", "shared"),
    [
        (Told(claimed_status="pending_review"), "pending_review", (), False),
        (
            Told(claimed_cbsa="completed", claimed_cbsa_centre="YYZ"),
            "conditionally_approved",
            (("completed", "YYZ"),),
            False,
        ),
        (
            Told(claimed_cbsa="completed", claimed_cbsa_centre="YYZ", claimed_shared="yes"),
            "conditionally_approved",
            (("completed", "YYZ"),),
            True,
        ),
        (
            Told(claimed_cbsa="completed", claimed_cbsa_centre="YYZ", claimed_shared="no"),
            "conditionally_approved",
            (("completed", "YYZ"),),
            False,
        ),
        (Told(claimed_cbsa="completed"), "conditionally_approved", (), False),
        (Told(claimed_status="conditionally_approved", claimed_cbsa="none"), "conditionally_approved", (), False),
        (
            Told(claimed_cbsa="scheduled", claimed_cbsa_centre="YYZ", claimed_shared="yes"),
            "conditionally_approved",
            (("scheduled", "YYZ"),),
            False,
        ),
    ],
)
def test_the_application_as_it_is_claimed(
    told: Told, status: str, interviews: tuple[tuple[str, str], ...], shared: bool
) -> None:
    application = claimed_application(told, NOW, POLICY)
    assert application is not None
    assert application.status == status
    assert tuple((i.state, i.centre) for i in application.interviews or ()) == interviews
    assert (application.shared_with_cbp_at == NOW) == shared


def test_who_says_nothing_of_an_application_has_none_in_the_case() -> None:
    assert claimed_application(SEATTLE, NOW, POLICY) is None
    assert claimed_application(Told(claimed_cbsa="none"), NOW, POLICY) is None


def test_an_interview_is_at_the_centres_own_time() -> None:
    told = Told(claimed_cbsa="scheduled", claimed_cbsa_centre="YVR", claimed_cbsa_at="2026-12-02T13:00")
    application = claimed_application(told, NOW, POLICY)
    assert application is not None
    assert application.interviews is not None
    assert application.interviews[0].at == datetime(2026, 12, 2, 13, tzinfo=VANCOUVER)


FILE = Application(
    "conditionally_approved", "new", interviews=(Interview("CBSA", "completed", "YVR"),), shared_with_cbp_at=NOW
)


def test_a_supposition_is_put_over_the_file() -> None:
    assert with_claims(FILE, Told(), NOW, POLICY) == FILE
    refused = with_claims(FILE, Told(claimed_status="denied"), NOW, POLICY)
    assert refused is not None
    assert (refused.status, refused.interviews, refused.shared_with_cbp_at) == ("denied", FILE.interviews, NOW)
    unshared = with_claims(FILE, Told(claimed_shared="no"), NOW, POLICY)
    assert unshared is not None
    assert (unshared.shared_with_cbp_at, unshared.status) == (None, "conditionally_approved")
    undone = with_claims(FILE, Told(claimed_cbsa="none"), NOW, POLICY)
    assert undone is not None
    assert (undone.interviews, undone.shared_with_cbp_at) == ((), None)
    alone = with_claims(None, Told(claimed_status="denied"), NOW, POLICY)
    assert alone is not None
    assert alone.status == "denied"


def test_sharing_is_supposed_on_the_file_as_it_is() -> None:
    waiting = Application("conditionally_approved", interviews=FILE.interviews)
    shared = with_claims(waiting, Told(claimed_shared="yes"), NOW, POLICY)
    assert shared is not None
    assert shared.shared_with_cbp_at == NOW
    assert shared.interviews == FILE.interviews


def test_another_time_is_supposed_of_the_interview_at_its_centre() -> None:
    told = Told(claimed_cbsa="scheduled", claimed_cbsa_at="2026-12-03T11:00")
    booked = with_claims(FILE, told, NOW, POLICY)
    assert booked is not None
    at = datetime(2026, 12, 3, 11, tzinfo=VANCOUVER)
    assert (booked.interviews, booked.shared_with_cbp_at) == ((Interview("CBSA", "scheduled", "YVR", at),), None)


def test_another_day_keeps_the_clock_time() -> None:
    (leg,) = changed_trip(BASE, Told(travel_day="2026-11-29"), POLICY).segments
    assert leg.departs_at == datetime(2026, 11, 29, 14, tzinfo=VANCOUVER)
    assert leg.flight == "AC 8095"


def test_another_airport_keeps_day_and_clock_in_its_own_zone() -> None:
    (leg,) = changed_trip(BASE, Told(origin="YUL"), POLICY).segments
    assert (leg.origin, leg.destination) == ("YUL", "SEA")
    assert leg.departs_at == datetime(2026, 11, 27, 14, tzinfo=TORONTO)
    assert leg.flight is None


def test_another_destination_makes_a_direct_trip_of_a_connection() -> None:
    (leg,) = changed_trip(CONNECTION, Told(destination="CDG|ORY"), POLICY).segments
    assert (leg.origin, leg.destination, leg.departs_at) == ("YXE", "CDG", CONNECTION.segments[0].departs_at)


def test_another_airport_keeps_the_stop_in_the_united_states_of_a_trip_beyond() -> None:
    told = Told(origin="YXE", via="YYC>DEN", destination="CUN", travel_day="2026-12-04", travel_time="06:10")
    base = told_trip(told, POLICY)
    assert base is not None
    assert [leg.destination for leg in base.segments] == ["YYC", "DEN", "CUN"]
    assert told_as(base, Told(), POLICY).via == "YYC>DEN"
    legs = changed_trip(base, Told(origin="YWG"), POLICY).segments
    assert [(leg.origin, leg.destination) for leg in legs] == [("YWG", "DEN"), ("DEN", "CUN")]
    assert len(changed_trip(base, Told(origin="YWG", destination="PUJ"), POLICY).segments) == 1


def test_another_time_moves_every_leg_of_a_connection() -> None:
    moved = changed_trip(CONNECTION, Told(travel_day="2026-12-05", travel_time="07:40"), POLICY).segments
    shifts = {after.departs_at - before.departs_at for after, before in zip(moved, CONNECTION.segments, strict=True)}
    assert {shift.total_seconds() / 3600 for shift in shifts} == {49.0}


def test_a_stop_may_be_supposed() -> None:
    legs = changed_trip(BASE, Told(via="YYC"), POLICY).segments
    assert [(leg.origin, leg.destination) for leg in legs] == [("YVR", "YYC"), ("YYC", "SEA")]


def test_a_supposed_hour_is_known_even_where_the_hour_was_not() -> None:
    unknown = Trip((Segment("YVR", "SEA", datetime(2026, 11, 27, 12, tzinfo=VANCOUVER), time_known=False),))
    (leg,) = changed_trip(unknown, Told(travel_time="07:15"), POLICY).segments
    assert (leg.time_known, leg.departs_at) == (True, datetime(2026, 11, 27, 7, 15, tzinfo=VANCOUVER))
    (other_day,) = changed_trip(unknown, Told(travel_day="2026-11-28"), POLICY).segments
    assert not other_day.time_known


@pytest.mark.parametrize(
    ("told", "matches"),
    [
        (Told(destination="SEA"), True),
        (Told(origin="YVR", destination="SEA", travel_day="2026-11-27"), True),
        (Told(travel_day="2026-11-27", travel_time="14:30"), True),
        (Told(travel_day="2026-11-27", travel_time="16:00"), False),
        (Told(travel_day="2026-11-28"), False),
        (Told(destination="BOS"), False),
        (Told(origin="YYZ|YTZ"), False),
        (Told(via="YYC"), False),
        (Told(flight_number="AC 8095"), True),
        (Told(flight_number="AC8095"), True),
        (Told(flight_number="AC 1"), False),
        (Told(travel_mode="road"), False),
    ],
)
def test_which_trip_on_file_is_meant(told: Told, matches: bool) -> None:
    assert matching_trip((BASE,), told, POLICY) == (BASE if matches else None)


def test_a_connection_is_known_by_its_ends_and_its_stop() -> None:
    for told in (Told(origin="YXE", destination="LAS"), Told(via="YYC"), Told(origin="YYC")):
        assert matching_trip((BASE, CONNECTION), told, POLICY) == CONNECTION
