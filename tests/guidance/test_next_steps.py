"""What helps: for the flight, and the one best thing over all."""

import pytest

from tests.guidance.making import application, interview, leg, ready, trip

VANCOUVER = {"latitude": 49.28, "longitude": -123.12}
DETROIT = {"latitude": 42.33, "longitude": -83.05}
KELOWNA = [trip(leg("YLW", "SEA"))]
SOON = {"state": "scheduled", "at": "2026-11-25T10:00:00-07:00"}
PAST = {"state": "scheduled", "at": "2026-11-20T10:00:00-07:00"}
LATE = {"state": "scheduled", "at": "2026-12-20T10:00:00-07:00"}


@pytest.mark.parametrize(
    ("value", "flight", "best"),
    [
        (ready(), ["go_to_preclearance_early", "tell_the_officer", "bring_documents"], "go_to_preclearance_early"),
        (ready(trips=KELOWNA), ["choose_preclearance_flight"], "choose_preclearance_flight"),
        (ready(trips=[]), ["tell_your_trip"], "choose_preclearance_flight"),
        (ready(application=None), ["tell_your_status", "talk_to_person"], "tell_your_status"),
        (ready(application=None, trips=[]), ["tell_your_trip", "tell_your_status"], "tell_your_status"),
        (ready(application=application(status="approved")), ["activate_card", "nothing_to_do"], "activate_card"),
        (ready(application=application(status="denied")), ["request_review", "talk_to_person"], "request_review"),
        (ready(application=application(status="cancelled")), ["apply_again", "talk_to_person"], "apply_again"),
        (ready(application=application(status="not_submitted")), ["submit_application"], "submit_application"),
        (
            ready(application=application(status="pending_review")),
            ["wait_for_conditional_approval"],
            "wait_for_conditional_approval",
        ),
        (ready(application=application(interview("JOINT"))), ["nothing_to_do"], "nothing_to_do"),
        (ready(application=application(interview("CBP"), interview())), ["nothing_to_do"], "nothing_to_do"),
        (ready(application=application(interview("CBP"))), ["talk_to_person"], "talk_to_person"),
        (
            ready(application=application(interview(), shared_with_cbp_at=None)),
            ["wait_for_sharing"],
            "wait_for_sharing",
        ),
        (
            ready(application=application(interview(**SOON))),
            ["attend_cbsa_interview", "wait_for_sharing"],
            "attend_cbsa_interview",
        ),
        (
            ready(application=application(interview(**PAST))),
            ["tell_your_status", "wait_for_sharing"],
            "tell_your_status",
        ),
        (
            ready(application=application(interview(**LATE))),
            ["attend_cbsa_interview", "choose_preclearance_flight", "move_cbsa_interview"],
            "attend_cbsa_interview",
        ),
        (
            ready(application=application()),
            ["book_cbsa_interview", "read_approval_letter_deadline"],
            "book_cbsa_interview",
        ),
        (
            ready(application=application(interview("JOINT", "scheduled"))),
            ["attend_joint_interview", "read_approval_letter_deadline"],
            "attend_joint_interview",
        ),
        (
            ready(application=application(interview(centre="5520"))),
            ["attend_second_half", "talk_to_person"],
            "attend_second_half",
        ),
    ],
)
def test_steps(ruled, value, flight, best):
    ruling = ruled(value)

    assert [step.code for step in ruling.cbp_on_next_flight.next_steps] == flight
    assert ruling.next_step.code == best


@pytest.mark.parametrize(
    ("residence", "best"),
    [(None, "choose_option"), (VANCOUVER, "book_cbsa_interview"), (DETROIT, "book_joint_interview")],
)
def test_with_no_flight_that_helps_the_nearest_open_option_is_best(ruled, residence, best):
    ruling = ruled(ready(application=application(), trips=KELOWNA, residence=residence))

    assert ruling.next_step.code == best


def test_cannot_tell_offers_a_person_or_asks_for_the_missing_fact(ruled):
    asks = {"talk_to_person", "tell_your_trip", "tell_your_status"}
    for value in (
        ready(trips=[]),
        ready(application=None),
        ready(trips=[trip(leg("YTZ", "EWR"))]),
        ready(trips=[trip(leg(mode="private_air"))]),
        ready(application=application(interview(centre="5520"))),
    ):
        flight = ruled(value).cbp_on_next_flight
        assert flight.verdict == "cannot_tell"
        assert asks & {step.code for step in flight.next_steps}


def test_times_are_told_in_the_zone_of_the_place(ruled):
    value = ready(application=application(interview(state="scheduled", centre="YVR", at="2026-12-02T20:00:00Z")))
    english, french = (ruled(value, language).cbp_on_next_flight.next_steps[0].text for language in ("en", "fr"))

    assert "1:00 p.m. (Vancouver time)" in english  # UTC-7 all year since November 2026
    assert "13 h 00 (heure de Vancouver)" in french


def test_an_hour_nobody_told_is_not_said(ruled):
    value = ready(application=application(), trips=[trip(leg() | {"time_known": False})])
    flight = ruled(value).cbp_on_next_flight

    assert flight.next_steps[0].text.endswith("before your flight: November 28, 2026.")
    assert "9:40" not in "".join(reason.text for reason in flight.reasons)
