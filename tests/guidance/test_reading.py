"""A case is read whole or refused with every fault named; nothing makes it stumble."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.guidance.case import Case
from bot.guidance.engine import rule
from bot.guidance.reading import MAX_CASE_BYTES, CaseError, read_case, read_cases, read_one_or_many
from tests.guidance.inventing import JSON, cases, spoilt
from tests.guidance.making import application, interview, leg, ready, trip

many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SECOND_LEG = {"origin": "YYC", "destination": "DEN", "departs_at": "2026-11-28T09:40:00"}


def faults(value, policy):
    with pytest.raises(CaseError) as error:
        read_case(value, policy)
    return error.value.errors


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, ["now: missing"]),
        ({"now": "2026-11-21T09:00:00"}, ["now: not a date-time with offset"]),
        ({"now": 5}, ["now: not a date-time with offset"]),
        (ready(now="0001-01-01T00:00:00+14:00"), ["now: the year 0001 is out of range; expected 1900 to 2200"]),
        (ready(now="9999-12-31T23:59:59-14:00"), ["now: the year 9999 is out of range; expected 1900 to 2200"]),
        (
            ready(trips=[trip(leg(), SECOND_LEG)]),
            ["trips[0].segments[1].departs_at: not a date-time with offset"],
        ),
        (ready(trips=[{"segments": []}]), ["trips[0].segments: empty; give at least one"]),
        (ready(nwo=1), ["nwo: unknown field; did you mean now?"]),
        (ready(**{"a\nb": 1}), ['"a\\nb": unknown field']),
        (
            ready(application=application(status="aproved")),
            [
                "application.status: expected one of approved, cancelled, conditionally_approved, denied, "
                'not_submitted, pending_review, revoked; got "aproved"; did you mean approved?'
            ],
        ),
        (ready(application={}), ["application.status: missing"]),
        (
            ready(application=application(submitted_on="2026-02-30")),
            ["application.submitted_on: not a date (YYYY-MM-DD)"],
        ),
        (
            ready(application=application({"agency": "CBSA", "state": "completed"})),
            ["application.interviews[0].centre: missing; a CBSA interview that is completed needs its centre"],
        ),
        (
            ready(application=application(interview(centre="YLW"))),
            ["application.interviews[0].centre: no NEXUS enrolment centre at the airport YLW"],
        ),
        (
            ready(application=application(interview(centre="here"))),
            ['application.interviews[0].centre: no enrolment centre "here"; give a centre_id or an airport\'s code'],
        ),
        (
            ready(trips=[trip(leg("YTO", "JFK"))]),
            ["trips[0].segments[0].origin: YTO is a city with several airports; say which: YYZ, YTZ"],
        ),
        (
            ready(trips=[trip(leg("YVR", "QQQ"))]),
            ['trips[0].segments[0].destination: "QQQ" is no airport code I know; give the three letters on the ticket'],
        ),
        (
            ready(residence={"latitude": 91, "longitude": "x"}),
            ["residence.latitude: expected at most 90, got 91", "residence.longitude: expected a number, got a text"],
        ),
        (
            ready(trips=[trip(leg(mode=[]))]),
            ["trips[0].segments[0].mode: expected one of air, ferry, private_air, rail, road; got an array"],
        ),
        ([], ["case: expected an object, got an array"]),
        (None, ["case: expected an object, got null"]),
    ],
)
def test_faults(policy, value, expected):
    assert faults(value, policy) == expected
    assert faults(json.dumps(value), policy) == expected


def test_all_faults_are_told_at_once(policy):
    value = ready(now="soon", extra=1, trips=[trip(leg("YTO", "QQQ", "later"))])
    value["application"]["interviews"] = [interview(centre="YLW"), {"agency": "X"}]

    assert {line.partition(": ")[0] for line in faults(value, policy)} == {
        "now",
        "extra",
        "trips[0].segments[0].departs_at",
        "trips[0].segments[0].origin",
        "trips[0].segments[0].destination",
        "application.interviews[0].centre",
        "application.interviews[1].agency",
        "application.interviews[1].state",
    }


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "case: not JSON: Expecting value at line 1, column 1"),
        (b"\xff{}", "case: not UTF-8 text (byte 0); send JSON in UTF-8"),
        (b'{"now": 1, "now": 2}', 'case: the field "now" is given twice in one object; give it once'),
        (b'{"now": NaN}', "case: NaN is not a JSON number"),
        (b'{"now": -Infinity}', "case: -Infinity is not a JSON number"),
        (b"[" * 100_000, "case: nested too deeply; a case has at most 16 levels"),
        (b'{"now":' + b"[" * 20 + b"]" * 20 + b"}", "case: nested too deeply; a case has at most 16 levels"),
        (b" " * (MAX_CASE_BYTES + 1), "case: too large; send at most 256 KiB"),
        (b'{"now": ' + b"9" * 5000 + b"}", "case: not JSON: a number has too many digits (5009 bytes in all)"),
    ],
)
def test_what_is_no_json_we_take(policy, data, expected):
    assert faults(data, policy) == [expected]


@pytest.mark.parametrize("place", ["\ud800", "a\nb", "a\x00", "\u2028"])
def test_broken_text_is_refused(policy, place):
    value = ready(trips=[trip(leg(place, "Seattle", mode="rail"))])

    assert faults(value, policy) == [
        "trips[0].segments[0].origin: has control characters or broken Unicode; give plain text"
    ]


@pytest.mark.parametrize("place", ["Montréal\u00a0😀", "\u200fقطار", "A" * 80])
def test_any_plain_text_names_a_place_on_the_ground(policy, place):
    case = read_case(ready(trips=[trip(leg(place, "Seattle", mode="ferry"))]), policy)

    assert case.trips[0].segments[0].origin == place


def test_airport_codes_may_be_written_small(policy):
    value = ready(application=application(interview(centre="yyc")), trips=[trip(leg("yyc", " den"))])
    case = read_case(value, policy)

    assert case.application.interviews[0].centre == "YYC"
    assert (case.trips[0].segments[0].origin, case.trips[0].segments[0].destination) == ("YYC", "DEN")


def test_a_city_with_several_airports_may_be_flown_to(policy):
    assert read_case(ready(trips=[trip(leg("YVR", "YTO")), trip(leg("YYZ", "NYC"))]), policy)


def test_only_a_cbsa_interview_that_counts_needs_a_known_centre(policy):
    value = application(interview("CBP", centre="x"), interview("JOINT", centre="y"), interview("CBSA", "no_show", "z"))

    assert read_case(ready(application=value), policy)


def test_what_is_given_is_left_as_it_was(policy):
    value = ready(trips=[trip(leg("yyc", "den"))])
    before = json.dumps(value)
    read_case(value, policy)

    assert json.dumps(value) == before


def test_an_array_names_the_case(policy):
    with pytest.raises(CaseError) as error:
        read_cases(json.dumps([ready(), {}, ready(now=1)]), policy)

    assert error.value.errors == ["[1].now: missing", "[2].now: not a date-time with offset"]


def test_one_or_many(policy):
    assert isinstance(read_one_or_many(json.dumps(ready()), policy), Case)
    assert len(read_one_or_many(json.dumps([ready(), ready()]), policy)) == 2
    assert read_one_or_many("[]", policy) == ()
    with pytest.raises(CaseError, match="cases: expected an array of cases, got an object"):
        read_cases("{}", policy)
    with pytest.raises(CaseError, match="cases: 10001 cases; send at most 10000 at a time"):
        read_cases([{}] * 10_001, policy)


@many
@given(value=cases())
def test_every_valid_case_is_read(policy, value):
    assert isinstance(read_case(json.dumps(value), policy), Case)


@pytest.fixture(scope="session")
def rules_on(policy, wording):
    """Reads and rules; a function, since Hypothesis writes its arguments out and a policy is long."""

    def run(value):
        return rule(read_case(value, policy), policy, wording, "en")

    return run


@many
@given(value=st.one_of(spoilt(), JSON))
def test_a_spoilt_case_is_ruled_on_or_refused_line_by_line(rules_on, value):
    for given_as in (value, json.dumps(value)):
        try:
            rules_on(given_as)
        except CaseError as error:
            assert error.errors
            for line in error.errors:
                path, _, what = line.partition(": ")
                assert path
                assert what
                assert len(line.splitlines()) == 1
                line.encode()


@many
@given(data=st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(policy, data):
    for read in (read_case, read_cases, read_one_or_many):
        try:
            read(data, policy)
        except CaseError as error:
            assert error.errors
