"""The rules, each a small question about the situation: True it holds, False it does not, None it does not arise.

What the rules mean for a verdict is the table in `bot.guidance.verdict`; how an answer is put in words is
`bot.guidance.reasons`. A rule about the application does not arise for an anonymous traveller.
"""

from collections.abc import Callable

from bot.guidance.situation import Situation

Rule = Callable[[Situation], bool | None]


def not_decided(s: Situation) -> bool | None:
    """The application is not approved yet."""
    return None if s.application is None else s.status != "approved"


def not_refused(s: Situation) -> bool | None:
    """The application is neither denied nor the membership revoked."""
    return None if s.application is None else not s.refused


def not_closed(s: Situation) -> bool | None:
    """The application is not cancelled."""
    return None if s.application is None else s.status != "cancelled"


def no_joint_interview_yet(s: Situation) -> bool | None:
    """No joint interview is completed."""
    return None if s.application is None else not s.joint_completed


def no_cbp_interview_yet(s: Situation) -> bool | None:
    """No CBP interview is completed."""
    return None if s.application is None else not s.cbp_completed


def trip_ahead(s: Situation) -> bool | None:
    """A trip is still ahead."""
    return s.trip is not None


def goes_by_air(s: Situation) -> bool | None:
    """The deciding leg goes by air."""
    return not s.by_ground


def us_bound(s: Situation) -> bool | None:
    """A leg goes from Canada to the United States."""
    return s.crosses


def departs_canada(s: Situation) -> bool | None:
    """The trip starts in Canada; arises only where no leg goes from Canada to the United States."""
    return None if s.crosses else s.starts_in_canada


def commercial_flight(s: Situation) -> bool | None:
    """The deciding leg is not a private flight."""
    return s.leg is not None and s.leg.mode == "air"


def airport_has_preclearance(s: Situation) -> bool | None:
    """The departure airport has preclearance on the day of departure."""
    return s.preclearance is not None


def airport_does_cbp_interviews(s: Situation) -> bool | None:
    """A source says that NEXUS interviews are done in that airport's preclearance area."""
    return s.cbp_interviews is not None


def airport_option_open(s: Situation) -> bool | None:
    """The airport option has opened."""
    return s.in_force.airport_option_open


def application_known(s: Situation) -> bool | None:
    """Something is known of the application."""
    return s.application is not None


def conditionally_approved(s: Situation) -> bool | None:
    """The application is conditionally approved."""
    return s.status == "conditionally_approved"


def cbsa_not_at_land_centre(s: Situation) -> bool | None:
    """The CBSA interview that counts, if any, is not at a land centre."""
    return s.cbsa is None or s.cbsa.at_airport


def cbsa_completed(s: Situation) -> bool | None:
    """The CBSA interview is completed."""
    return s.cbsa_done is not None


def shared_with_cbp(s: Situation) -> bool | None:
    """The result of the completed CBSA interview has been shared with CBP by now."""
    return None if s.cbsa_done is None else s.shared


def cbsa_booked(s: Situation) -> bool | None:
    """A CBSA interview is scheduled for a known time; one without a time cannot be set against a departure."""
    return s.cbsa_booked is not None


def cbsa_before_flight(s: Situation) -> bool | None:
    """The scheduled CBSA interview comes before the deciding leg departs."""
    booked = s.cbsa_booked
    if booked is None or booked.at is None or s.leg is None:
        return None
    return booked.at < s.leg.departs_at


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        not_decided,
        not_refused,
        not_closed,
        no_joint_interview_yet,
        no_cbp_interview_yet,
        trip_ahead,
        goes_by_air,
        us_bound,
        departs_canada,
        commercial_flight,
        airport_has_preclearance,
        airport_does_cbp_interviews,
        airport_option_open,
        application_known,
        conditionally_approved,
        cbsa_not_at_land_centre,
        cbsa_completed,
        shared_with_cbp,
        cbsa_booked,
        cbsa_before_flight,
    )
}
"""Every rule the flight table evaluates, by the id that reasons carry."""
