"""What `now` picks: every dated fact from both sides of its date."""

import pytest

from bot.guidance.in_force import InForce, UnknownCentreError, value_on
from bot.guidance.policy import Parameter, Span
from tests.guidance.making import application, interview, leg, ready, trip

LAST_MINUTE = "2023-03-26T23:59:59-04:00"
FIRST_MINUTE = "2023-03-27T00:00:00-04:00"


def from_halifax(now, departs_at, **changes):
    return ready(now=now, trips=[trip(leg("YHZ", "BOS", departs_at))], **changes)


def flight(ruled, value):
    ruling = ruled(value).cbp_on_next_flight
    return ruling.verdict, ruling.code


def centres(ruled, now, option):
    found = next(each for each in ruled(ready(now=now)).options if each.option == option)
    return {centre.centre_id for centre in found.centres}


def test_the_airport_option_opens_at_midnight_in_toronto(ruled):
    later, none_done = "2023-04-30T07:00:00-03:00", application()

    assert flight(ruled, from_halifax(LAST_MINUTE, later, application=none_done)) == (
        "not_yet",
        "airport_option_not_open_yet",
    )
    assert flight(ruled, from_halifax(FIRST_MINUTE, later, application=none_done)) == ("not_yet", "cbsa_not_completed")


@pytest.mark.parametrize(
    ("departs_at", "verdict"),
    [("2023-03-26T23:59:00-03:00", "no"), ("2023-03-27T00:00:00-03:00", "not_yet")],
)
@pytest.mark.parametrize("status", ["conditionally_approved", "pending_review"])
def test_a_flight_before_the_opening_day_cannot_serve(ruled, departs_at, verdict, status):
    value = from_halifax("2023-02-20T09:00:00-05:00", departs_at, application=application(status=status))

    assert flight(ruled, value) == (verdict, "airport_option_not_open_yet")


def test_the_opening_is_asked_before_the_application_and_after_the_airport(ruled):
    february = "2023-02-20T09:00:00-05:00"

    assert flight(ruled, from_halifax(february, "2023-04-30T07:00:00-03:00", application=None)) == (
        "not_yet",
        "airport_option_not_open_yet",
    )
    kelowna = ready(now=february, trips=[trip(leg("YLW", "SEA", "2023-03-01T07:00:00-08:00"))])
    assert flight(ruled, kelowna) == ("no", "no_preclearance_airport")


@pytest.mark.parametrize(
    ("departs_at", "expected"),
    [
        ("2026-03-09T23:59:59-04:00", ("no", "no_preclearance_airport")),
        ("2026-03-10T00:00:00-04:00", ("cannot_tell", "policy_silent_airport")),
        ("2026-03-10T03:59:59Z", ("no", "no_preclearance_airport")),
    ],
)
def test_billy_bishop_has_preclearance_from_its_local_day(ruled, departs_at, expected):
    value = ready(now="2026-03-01T09:00:00-05:00", trips=[trip(leg("YTZ", "EWR", departs_at))])

    assert flight(ruled, value) == expected


def test_billy_bishop_cites_the_source_of_its_date(ruled):
    value = ready(now="2026-03-12T09:00:00-05:00", trips=[trip(leg("YTZ", "EWR", "2026-03-20T09:00:00-04:00"))])
    reasons = {reason.rule: reason for reason in ruled(value).cbp_on_next_flight.reasons}

    assert "transport-canada-2026-03-09" in reasons["airport_has_preclearance"].sources


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        ("2023-03-26", set()),
        ("2023-03-27", {"YHZ", "YWG"}),
        ("2023-04-02", {"YHZ", "YWG"}),
        ("2023-04-03", {"YHZ", "YWG", "YVR"}),
        ("2023-04-11", {"YHZ", "YWG", "YVR"}),
        ("2023-04-12", {"YHZ", "YWG", "YVR", "YYC", "YEG"}),
        ("2023-04-16", {"YHZ", "YWG", "YVR", "YYC", "YEG"}),
        ("2023-04-17", {"YHZ", "YWG", "YVR", "YYC", "YEG", "YUL"}),
        ("2023-04-23", {"YHZ", "YWG", "YVR", "YYC", "YEG", "YUL"}),
        ("2023-04-24", {"YHZ", "YWG", "YVR", "YYC", "YEG", "YUL", "YYZ", "YOW"}),
    ],
)
def test_airport_centres_reopen_one_after_another(ruled, day, opened):
    assert centres(ruled, f"{day}T12:00:00-04:00", "airport_two_step") == opened


def test_derby_line_turns_from_joint_to_split(ruled):
    before, after = "2023-03-21T23:59:59-04:00", "2023-03-22T00:00:00-04:00"

    assert "5223" in centres(ruled, before, "us_joint") - centres(ruled, before, "land_split")
    assert "5223" in centres(ruled, after, "land_split") - centres(ruled, after, "us_joint")


@pytest.mark.parametrize("day", ["2024-09-30", "2024-10-01"])
def test_the_fee_moves_no_verdict(ruled, day):
    now = f"{day}T12:00:00-04:00"
    shared = application(interview(at="2024-09-02T09:00:00-06:00"), shared_with_cbp_at="2024-09-03T09:00:00-04:00")
    value = ready(now=now, application=shared, trips=[trip(leg(departs_at="2024-10-20T09:40:00-06:00"))])

    assert flight(ruled, value) == ("yes", "shared_and_precleared")


def test_a_flight_after_the_opening_is_not_yet_even_with_the_cbsa_part_done(ruled):
    value = from_halifax(LAST_MINUTE, "2023-04-30T07:00:00-03:00", application=application(interview(centre="YHZ")))

    assert flight(ruled, value) == ("not_yet", "airport_option_not_open_yet")


def test_a_parameter_before_its_first_edition_has_the_first_value():
    import datetime as dt

    day = dt.date(2023, 1, 25)
    parameter = Parameter(
        "p", ((Span(day, dt.date(2024, 1, 1), ("s",)), 1), (Span(dt.date(2025, 1, 1), None, ("s",)), 2))
    )

    assert value_on(parameter, dt.date(2000, 1, 1)) == 1
    assert value_on(parameter, dt.date(2025, 1, 1)) == 2
    with pytest.raises(ValueError, match="p has no value on 2024-06-01"):
        value_on(parameter, dt.date(2024, 6, 1))


def test_an_unknown_centre_is_an_error_not_a_guess(policy):
    import datetime as dt

    with pytest.raises(UnknownCentreError, match="nowhere"):
        InForce(policy, dt.date(2026, 11, 21)).centre("nowhere")
