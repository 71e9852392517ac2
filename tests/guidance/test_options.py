"""Which options apply, in which order, and where."""

import pytest

from tests.guidance.making import application, interview, ready

VANCOUVER = {"latitude": 49.28, "longitude": -123.12}
OTTAWA_VALLEY = {"latitude": 44.36, "longitude": -75.98}
DETROIT = {"latitude": 42.33, "longitude": -83.05}
ALL_NO = {"airport_two_step": "no", "us_joint": "no", "land_split": "no", "no_interview": "no"}
NONE_YET = {"airport_two_step": "not_yet", "us_joint": "not_yet", "land_split": "not_yet", "no_interview": "no"}
ALL_OPEN = {"airport_two_step": "yes", "us_joint": "yes", "land_split": "yes", "no_interview": "no"}
AT_AIRPORT = ALL_NO | {"airport_two_step": "yes"}
AT_LAND = ALL_NO | {"land_split": "yes"}
NO_INTERVIEW = ALL_NO | {"no_interview": "yes"}
WINTER_2023 = "2023-02-20T09:00:00-05:00"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (None, NONE_YET),
        (application(status="not_submitted"), NONE_YET),
        (application(status="pending_review"), NONE_YET),
        (application(), ALL_OPEN),
        (application(status="approved"), NO_INTERVIEW),
        (application(status="approved", interviews=[interview("CBP")]), NO_INTERVIEW),
        (application(auto_renewed=True), NO_INTERVIEW),
        (application(auto_renewed=False), ALL_OPEN),
        (application(status="denied"), ALL_NO),
        (application(status="revoked"), ALL_NO),
        (application(status="cancelled"), ALL_NO),
        (application(interview("JOINT")), ALL_NO),
        (application(interview("JOINT", "scheduled")), ALL_OPEN),
        (application(interview("CBP")), ALL_NO),
        (application(interview("CBP", "no_show")), ALL_OPEN),
        (application(interview()), AT_AIRPORT),
        (application(interview(), status="pending_review"), ALL_NO | {"airport_two_step": "not_yet"}),
        (application(interview(centre="5520")), AT_LAND),
        (application(interview(centre="5520"), interview()), AT_AIRPORT),
        (application(interview(state="scheduled")), ALL_OPEN),
        (application(interview(centre="5520", state="scheduled")), ALL_OPEN),
    ],
)
def test_which_options_apply(ruled, file, expected):
    assert {each.option: each.applies for each in ruled(ready(application=file)).options} == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (application(), ALL_OPEN | {"airport_two_step": "not_yet"}),
        (application(interview(centre="YHZ")), ALL_NO | {"airport_two_step": "not_yet"}),
        (application(interview(centre="5520")), AT_LAND),
        (None, NONE_YET),
    ],
)
def test_before_the_airport_option_opens(ruled, file, expected):
    options = ruled(ready(now=WINTER_2023, application=file)).options

    assert {each.option: each.applies for each in options} == expected


def test_what_keeps_the_airport_option_closed_is_its_last_reason(ruled):
    airport = {each.option: each for each in ruled(ready(now=WINTER_2023, application=application())).options}[
        "airport_two_step"
    ]

    assert (airport.reasons[-1].rule, airport.reasons[-1].holds) == ("airport_option_open", False)


@pytest.mark.parametrize(
    ("residence", "order"),
    [
        (None, ["airport_two_step", "us_joint", "land_split", "no_interview"]),
        (VANCOUVER, ["airport_two_step", "us_joint", "land_split", "no_interview"]),
        (OTTAWA_VALLEY, ["land_split", "us_joint", "airport_two_step", "no_interview"]),
        (DETROIT, ["us_joint", "airport_two_step", "land_split", "no_interview"]),
    ],
)
def test_the_option_with_the_nearest_centre_comes_first(ruled, residence, order):
    ruling = ruled(ready(application=application(), residence=residence))

    assert [each.option for each in ruling.options] == order


def test_an_option_that_applies_comes_before_a_nearer_one_that_does_not(ruled):
    ruling = ruled(ready(application=application(interview(centre="5520")), residence=VANCOUVER))

    assert ruling.options[0].option == "land_split"


def test_centres_are_nearest_first_with_their_distance(ruled):
    for option in ruled(ready(residence=VANCOUVER)).options:
        distances = [centre.distance_km for centre in option.centres]
        assert None not in distances
        assert distances == sorted(distances)


def test_the_nearest_to_vancouver(ruled):
    by_name = {each.option: each.centres for each in ruled(ready(residence=VANCOUVER)).options}

    assert by_name["airport_two_step"][0].centre_id == "YVR"
    assert 9 < by_name["airport_two_step"][0].distance_km < 12
    assert by_name["us_joint"][0].centre_id == "5020"


def test_without_a_residence_centres_have_no_distance(ruled):
    assert {centre.distance_km for each in ruled(ready()).options for centre in each.centres} == {None}


def test_no_centre_is_listed_twice(ruled):
    for option in ruled(ready()).options:
        ids = [centre.centre_id for centre in option.centres]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_option_says_why_with_a_source(ruled, language):
    for file in (None, application(), application(interview()), application(status="denied")):
        for option in ruled(ready(application=file), language).options:
            assert option.reasons
            assert all(reason.sources for reason in option.reasons)
