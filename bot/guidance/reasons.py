"""What each rule found, in words."""

from collections.abc import Callable

from bot.guidance.ruling import Reason
from bot.guidance.situation import Situation
from bot.guidance.speaker import Speaker
from bot.guidance.verdict import Decision

Explain = Callable[[Situation, Speaker, bool], Reason]


def reasons(decision: Decision, situation: Situation, speaker: Speaker) -> tuple[Reason, ...]:
    """The trace of `decision`, a reason a rule, the deciding one last."""
    return tuple([explain(rule, holds, situation, speaker) for rule, holds in decision.trace])


def explain(rule: str, holds: bool, situation: Situation, speaker: Speaker) -> Reason:
    """The reason of one rule; a rule without particulars has the same words in every case."""
    particular = _PARTICULARS.get(rule)
    return particular(situation, speaker, holds) if particular else speaker.reason(rule, holds)


def _refused(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    return speaker.reason("not_refused", holds, "revoked" if s.status == "revoked" else "")


def _trip(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    if s.leg is None:
        return speaker.reason("trip_ahead", holds)
    return speaker.reason_at(
        "trip_ahead",
        holds,
        origin=speaker.place(s.leg.origin),
        destination=speaker.place(s.leg.destination),
        departs=s.departs,
    )


def _preclearance(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    sources = s.preclearance.sources if s.preclearance else ()
    return speaker.reason("airport_has_preclearance", holds, "", sources, airport=speaker.place(s.airport or ""))


def _cbp_interviews(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    sources = s.cbp_interviews.sources if s.cbp_interviews else ()
    return speaker.reason("airport_does_cbp_interviews", holds, "", sources, airport=speaker.place(s.airport or ""))


def _option_open(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    variant = "too_early" if not holds and s.departs_before_opening else ""
    return speaker.reason("airport_option_open", holds, variant, opened=s.in_force.airport_option_opened_on)


def _status(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    return speaker.reason("conditionally_approved", holds, "not_submitted" if s.status == "not_submitted" else "")


def _land_start(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    if holds or s.cbsa is None:
        return speaker.reason("cbsa_not_at_land_centre", holds)
    variant = "" if s.cbsa.completed else "scheduled"
    return speaker.reason("cbsa_not_at_land_centre", holds, variant, centre=speaker.text(s.cbsa.centre.name))


def _completed(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    if not holds or s.cbsa is None:
        return speaker.reason("cbsa_completed", holds)
    return speaker.reason("cbsa_completed", holds, centre=speaker.text(s.cbsa.centre.name))


def _shared(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    application = s.application
    if holds and application is not None and not application.shared_time_known:
        return speaker.reason("shared_with_cbp", holds, "undated")
    at = application.shared_with_cbp_at if application else None
    if not holds or at is None:
        return speaker.reason("shared_with_cbp", holds)
    return speaker.reason_at("shared_with_cbp", holds, shared=at.astimezone(s.zone))


def _booked(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    booked = s.cbsa_booked
    if holds and booked is not None and booked.at is not None:
        return speaker.reason_at(
            "cbsa_booked",
            holds,
            centre=speaker.text(booked.centre.name),
            at=booked.at.astimezone(s.in_force.zones[booked.centre.timezone]),
        )
    if s.cbsa is not None:
        return speaker.reason("cbsa_booked", holds, "undated", centre=speaker.text(s.cbsa.centre.name))
    return speaker.reason("cbsa_booked", holds, "joint" if s.joint_scheduled else "")


def _before_flight(s: Situation, speaker: Speaker, holds: bool) -> Reason:
    assert s.leg is not None
    return speaker.reason_at("cbsa_before_flight", holds, departs=s.departs)


_PARTICULARS: dict[str, Explain] = {
    "not_refused": _refused,
    "trip_ahead": _trip,
    "airport_has_preclearance": _preclearance,
    "airport_does_cbp_interviews": _cbp_interviews,
    "airport_option_open": _option_open,
    "conditionally_approved": _status,
    "cbsa_not_at_land_centre": _land_start,
    "cbsa_completed": _completed,
    "shared_with_cbp": _shared,
    "cbsa_booked": _booked,
    "cbsa_before_flight": _before_flight,
}
