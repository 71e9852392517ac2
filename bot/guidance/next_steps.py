"""What the traveller can do: for the next flight, and the one best thing over all.

The steps for the flight follow from the row that decided; where a row leaves the answer to the application, the step
is the one its status asks for.
"""

from collections.abc import Callable

from bot.guidance.case import Status
from bot.guidance.ruling import Code, NextStep, OptionRuling, Verdict
from bot.guidance.situation import Situation
from bot.guidance.speaker import Speaker

Steps = tuple[NextStep, ...]
_BOOKING = {
    "airport_two_step": "book_cbsa_interview",
    "us_joint": "book_joint_interview",
    "land_split": "book_split_interview",
}
_BY_FINAL_STATUS: dict[Status, str] = {
    "approved": "activate_card",
    "denied": "request_review",
    "revoked": "request_review",
    "cancelled": "apply_again",
}
_BY_EARLY_STATUS: dict[Status, str] = {
    "not_submitted": "submit_application",
    "pending_review": "wait_for_conditional_approval",
}


def flight_steps(code: Code, verdict: Verdict, s: Situation, speaker: Speaker) -> Steps:
    """What helps with the next flight, the most useful first; for `no`, what would help instead."""
    if code == "airport_option_not_open_yet":
        return _while_not_open(verdict, s, speaker)
    return _FLIGHT[code](s, speaker)


def cbsa_step(s: Situation, speaker: Speaker) -> NextStep:
    """The step towards the CBSA interview: book it, find out about it, or go to it."""
    if s.cbsa is None:
        return speaker.step("attend_joint_interview" if s.joint_scheduled else "book_cbsa_interview")
    centre = speaker.text(s.cbsa.centre.name)
    if s.cbsa.at is None:
        return speaker.step("attend_cbsa_interview", "undated", centre=centre)
    at = s.cbsa.at.astimezone(s.in_force.zones[s.cbsa.centre.timezone])
    if s.cbsa.at <= s.case.now:
        return speaker.step("tell_your_status", "past_interview", centre=centre, at=at)
    return speaker.step("attend_cbsa_interview", centre=centre, at=at)


def status_step(s: Situation, speaker: Speaker) -> NextStep | None:
    """The step that the state of the application asks for before any interview is in question, if it does."""
    if s.application is None:
        return speaker.step("tell_your_status")
    by_status = _BY_FINAL_STATUS.get(s.application.status)
    if by_status is not None:
        return speaker.step(by_status)
    if s.needs_no_interview or s.joint_completed:
        return speaker.step("nothing_to_do")
    if s.cbp_completed:
        return _after_cbp(s, speaker)[0]
    waiting = _BY_EARLY_STATUS.get(s.application.status)
    return speaker.step(waiting) if waiting else None


def overall(code: Code, options: tuple[OptionRuling, ...], s: Situation, speaker: Speaker) -> NextStep:
    """The single best thing to do now, whatever was asked."""
    early = status_step(s, speaker)
    if early is not None:
        return early
    if s.cbsa is not None:
        return _with_cbsa(code, s, speaker)
    if s.joint_scheduled or code == "cbsa_not_completed":
        return cbsa_step(s, speaker)
    open_now = [option.option for option in options if option.applies == "yes"]
    if len(open_now) == 1 or (open_now and s.case.residence is not None):
        return speaker.step(_BOOKING[open_now[0]])
    return speaker.step("choose_option")


def _with_cbsa(code: Code, s: Situation, speaker: Speaker) -> NextStep:
    assert s.cbsa is not None
    if not s.cbsa.completed:
        return cbsa_step(s, speaker)
    if not s.cbsa.at_airport:
        return speaker.step("attend_second_half")
    if not s.shared:
        return speaker.step("wait_for_sharing")
    ready = code == "shared_and_precleared"
    return speaker.step("go_to_preclearance_early" if ready else "choose_preclearance_flight")


def _named(*codes: str) -> Callable[[Situation, Speaker], Steps]:
    return lambda s, speaker: tuple([speaker.step(code) for code in codes])


def _after_cbp(s: Situation, speaker: Speaker) -> Steps:
    if s.cbsa_done is not None:
        return (speaker.step("nothing_to_do"),)
    if s.cbsa is not None:
        return cbsa_step(s, speaker), speaker.step("talk_to_person")
    return (speaker.step("talk_to_person"),)


def _no_trip(s: Situation, speaker: Speaker) -> Steps:
    early = status_step(s, speaker)
    return (speaker.step("tell_your_trip"), early) if early else (speaker.step("tell_your_trip"),)


def _while_not_open(verdict: Verdict, s: Situation, speaker: Speaker) -> Steps:
    step = status_step(s, speaker) or speaker.step("choose_option")
    return (step,) if verdict == "not_yet" else (step, speaker.step("choose_preclearance_flight"))


def _awaiting_approval(s: Situation, speaker: Speaker) -> Steps:
    step = status_step(s, speaker)
    assert step is not None
    return (step,)


def _land_start(s: Situation, speaker: Speaker) -> Steps:
    first = speaker.step("attend_second_half") if s.cbsa_done else cbsa_step(s, speaker)
    return first, speaker.step("talk_to_person")


def _booked_in_time(s: Situation, speaker: Speaker) -> Steps:
    return cbsa_step(s, speaker), speaker.step("wait_for_sharing")


def _booked_too_late(s: Situation, speaker: Speaker) -> Steps:
    return (
        cbsa_step(s, speaker),
        speaker.step("choose_preclearance_flight", "later"),
        speaker.step("move_cbsa_interview"),
    )


def _not_completed(s: Situation, speaker: Speaker) -> Steps:
    deadline = speaker.step("read_approval_letter_deadline")
    if s.cbsa is not None or s.joint_scheduled:
        return cbsa_step(s, speaker), deadline
    assert s.leg is not None
    departs = s.departs
    return speaker.step("book_cbsa_interview", "before_flight", departs=departs), deadline


_FLIGHT: dict[Code, Callable[[Situation, Speaker], Steps]] = {
    "already_decided": _named("activate_card", "nothing_to_do"),
    "denied": _named("request_review", "talk_to_person"),
    "application_closed": _named("apply_again", "talk_to_person"),
    "joint_interview_done": _named("nothing_to_do"),
    "cbp_already_done": _after_cbp,
    "no_trip_known": _no_trip,
    "not_air": _named("choose_preclearance_flight"),
    "not_us_bound": _named("choose_preclearance_flight"),
    "not_departing_canada": _named("choose_preclearance_flight"),
    "policy_silent_mode": _named("choose_preclearance_flight", "talk_to_person"),
    "no_preclearance_airport": _named("choose_preclearance_flight"),
    "policy_silent_airport": _named("choose_preclearance_flight", "talk_to_person"),
    "no_application_facts": _named("tell_your_status", "talk_to_person"),
    "not_conditionally_approved": _awaiting_approval,
    "policy_silent_land_start": _land_start,
    "shared_and_precleared": _named("go_to_preclearance_early", "tell_the_officer", "bring_documents"),
    "not_shared_yet": _named("wait_for_sharing"),
    "cbsa_booked_before_flight": _booked_in_time,
    "flight_before_cbsa_interview": _booked_too_late,
    "cbsa_not_completed": _not_completed,
}
