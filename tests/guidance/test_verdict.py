"""The table of 21 rows, each with a case on each side of what it turns on; first row wins."""

import pytest

from bot.guidance.rules import RULES
from bot.guidance.verdict import ROWS
from tests.guidance.making import BEFORE_DEPARTS, DEPARTS, NOW, application, interview, leg, ready, trip

AFTER_NOW = "2026-11-21T09:00:01-05:00"
LATE = "2026-12-20T10:00:00-05:00"
SCHEDULED = {"state": "scheduled", "at": "2026-11-25T10:00:00-07:00"}


def with_status(status, *interviews):
    return ready(application=application(*interviews, status=status))


def with_interviews(*interviews, **changes):
    return ready(application=application(*interviews, **changes))


def flying(*legs, **changes):
    return ready(trips=[trip(*legs)], **changes)


TABLE = [
    # row 1, and each status beside it
    ("approved", with_status("approved"), "no", "already_decided"),
    ("approved wins over a joint interview", with_status("approved", interview("JOINT")), "no", "already_decided"),
    # 2
    ("denied", with_status("denied"), "no", "denied"),
    ("revoked", with_status("revoked"), "no", "denied"),
    # 3
    ("cancelled", with_status("cancelled"), "no", "application_closed"),
    # 4
    ("joint done", with_interviews(interview("JOINT", centre="5020")), "no", "joint_interview_done"),
    ("joint wins over CBP", with_interviews(interview("JOINT"), interview("CBP")), "no", "joint_interview_done"),
    ("joint only missed", with_interviews(interview("JOINT", "no_show"), interview()), "yes", "shared_and_precleared"),
    # 5
    ("CBP done", with_interviews(interview(), interview("CBP")), "no", "cbp_already_done"),
    ("CBP cancelled", with_interviews(interview(), interview("CBP", "cancelled")), "yes", "shared_and_precleared"),
    # 6, on either side of the departure
    ("no trips", ready(trips=[]), "cannot_tell", "no_trip_known"),
    ("trips null", ready(trips=None), "cannot_tell", "no_trip_known"),
    ("a second before it departs", ready(now=BEFORE_DEPARTS), "yes", "shared_and_precleared"),
    ("as it departs", ready(now=DEPARTS), "cannot_tell", "no_trip_known"),
    # 7
    ("by rail", flying(leg("Vancouver", "Seattle", mode="rail")), "no", "not_air"),
    ("by ferry", flying(leg("Victoria", "Port Angeles", mode="ferry")), "no", "not_air"),
    ("by road though coded", flying(leg("YVR", "SEA", mode="road"), leg("SEA", "HNL")), "no", "not_air"),
    ("rail to the airport", flying(leg("Banff", "YYC", mode="rail"), leg()), "yes", "shared_and_precleared"),
    # 8
    ("to Paris", flying(leg("YUL", "CDG")), "no", "not_us_bound"),
    ("within Canada", flying(leg("YUL", "YYZ")), "no", "not_us_bound"),
    ("to Puerto Rico", flying(leg("YYZ", "SJU")), "yes", "shared_and_precleared"),
    ("to Guam", flying(leg("YVR", "GUM")), "yes", "shared_and_precleared"),
    ("to the U.S. Virgin Islands", flying(leg("YYZ", "STT")), "yes", "shared_and_precleared"),
    # 9
    ("from Seattle", flying(leg("SEA", "LAX")), "no", "not_departing_canada"),
    ("to Canada and back", flying(leg("SEA", "YVR"), leg("YVR", "SEA")), "yes", "shared_and_precleared"),
    ("by way of London", flying(leg("YYZ", "LHR"), leg("LHR", "JFK")), "no", "not_us_bound"),
    # 10
    ("private flight", flying(leg(mode="private_air")), "cannot_tell", "policy_silent_mode"),
    ("private flight to Paris", flying(leg("YUL", "CDG", mode="private_air")), "no", "not_us_bound"),
    # 11
    ("Kelowna", flying(leg("YLW", "SEA")), "no", "no_preclearance_airport"),
    ("Québec, announced only", flying(leg("YQB", "EWR")), "no", "no_preclearance_airport"),
    ("Kelowna to Calgary to Denver", flying(leg("YLW", "YYC"), leg()), "yes", "shared_and_precleared"),
    # 12
    ("Billy Bishop", flying(leg("YTZ", "EWR")), "cannot_tell", "policy_silent_airport"),
    # 14
    ("anonymous", ready(application=None), "cannot_tell", "no_application_facts"),
    ("anonymous from Kelowna", flying(leg("YLW", "SEA"), application=None), "no", "no_preclearance_airport"),
    # 15
    ("not submitted", with_status("not_submitted", interview()), "not_yet", "not_conditionally_approved"),
    ("in review", with_status("pending_review", interview()), "not_yet", "not_conditionally_approved"),
    # 16
    ("done at Lansdowne", with_interviews(interview(centre="5520")), "cannot_tell", "policy_silent_land_start"),
    (
        "booked at Lansdowne",
        with_interviews(interview(centre="5520", **SCHEDULED)),
        "cannot_tell",
        "policy_silent_land_start",
    ),
    (
        "booked at Lansdowne, no time",
        with_interviews(interview(centre="5520", state="scheduled", at=None)),
        "cannot_tell",
        "policy_silent_land_start",
    ),
    ("missed at Lansdowne", with_interviews(interview("CBSA", "no_show", "5520")), "not_yet", "cbsa_not_completed"),
    (
        "done at Lansdowne, booked at an airport",
        with_interviews(interview(**SCHEDULED), interview(centre="5520")),
        "cannot_tell",
        "policy_silent_land_start",
    ),
    ("done at both", with_interviews(interview(centre="5520"), interview()), "yes", "shared_and_precleared"),
    # 17 and 18, on either side of the sharing
    ("shared just now", with_interviews(interview(), shared_with_cbp_at=NOW), "yes", "shared_and_precleared"),
    ("shared in a second", with_interviews(interview(), shared_with_cbp_at=AFTER_NOW), "not_yet", "not_shared_yet"),
    ("not shared", with_interviews(interview(), shared_with_cbp_at=None), "not_yet", "not_shared_yet"),
    ("at another airport", with_interviews(interview(centre="YHZ")), "yes", "shared_and_precleared"),
    ("an airport by its centre id", with_interviews(interview(centre="5030")), "yes", "shared_and_precleared"),
    # 19 and 20, on either side of the departure
    (
        "booked a second before",
        with_interviews(interview(state="scheduled", at=BEFORE_DEPARTS)),
        "not_yet",
        "cbsa_booked_before_flight",
    ),
    (
        "booked as it departs",
        with_interviews(interview(state="scheduled", at=DEPARTS)),
        "no",
        "flight_before_cbsa_interview",
    ),
    (
        "booked in another zone",
        with_interviews(interview(state="scheduled", at="2026-11-28T10:39:00-05:00")),
        "not_yet",
        "cbsa_booked_before_flight",
    ),
    (
        "the sooner of two booked",
        with_interviews(interview(state="scheduled", at=LATE), interview(**SCHEDULED)),
        "not_yet",
        "cbsa_booked_before_flight",
    ),
    (
        "an airport one counts before a sooner land one",
        with_interviews(interview(centre="5520", **SCHEDULED), interview(state="scheduled", at=LATE)),
        "no",
        "flight_before_cbsa_interview",
    ),
    # 21
    ("none booked", with_interviews(), "not_yet", "cbsa_not_completed"),
    ("cancelled", with_interviews(interview(state="cancelled")), "not_yet", "cbsa_not_completed"),
    ("missed", with_interviews(interview(state="no_show")), "not_yet", "cbsa_not_completed"),
    (
        "only a joint one booked",
        with_interviews(interview("JOINT", "scheduled", "5020")),
        "not_yet",
        "cbsa_not_completed",
    ),
    ("booked, no time", with_interviews(interview(state="scheduled", at=None)), "not_yet", "cbsa_not_completed"),
    ("shared but not done", with_interviews(), "not_yet", "cbsa_not_completed"),
]


@pytest.mark.parametrize(("value", "verdict", "code"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_first_row_that_holds_decides(ruled, value, verdict, code):
    flight = ruled(value).cbp_on_next_flight

    assert (flight.verdict, flight.code) == (verdict, code)


def test_every_row_is_in_the_table_of_cases():
    opening = {"airport_option_not_open_yet"}  # test_dated_policy.py
    assert {row[3] for row in TABLE} | opening == {row.code for row in ROWS}


def test_there_are_21_rows_in_order():
    assert [row.number for row in ROWS] == sorted(row.number for row in ROWS)
    assert {row.number for row in ROWS} == set(range(1, 22))


def test_rows_look_at_known_rules_and_every_rule_is_looked_at():
    assert {name for row in ROWS for name in row.rules} == set(RULES)


def test_reasons_are_the_trace_up_to_the_row_that_decided(ruled):
    reasons = ruled(flying(leg("YLW", "SEA"))).cbp_on_next_flight.reasons

    assert [(reason.rule, reason.holds) for reason in reasons] == [
        ("not_decided", True),
        ("not_refused", True),
        ("not_closed", True),
        ("no_joint_interview_yet", True),
        ("no_cbp_interview_yet", True),
        ("trip_ahead", True),
        ("goes_by_air", True),
        ("us_bound", True),
        ("commercial_flight", True),
        ("airport_has_preclearance", False),
    ]


@pytest.mark.parametrize(("value", "code"), [(row[1], row[3]) for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_last_reason_is_the_one_that_decided(ruled, value, code):
    last = ruled(value).cbp_on_next_flight.reasons[-1]

    assert last.holds == (code in {"shared_and_precleared", "cbsa_booked_before_flight"})


def test_nothing_is_said_of_an_anonymous_traveller_s_application(ruled):
    rules = [reason.rule for reason in ruled(ready(application=None)).cbp_on_next_flight.reasons]

    assert rules[0] == "trip_ahead"
    assert rules[-1] == "application_known"
