"""Which of an applicant's interviews count."""

from datetime import datetime

import msgspec

from bot.guidance.case import Agency, Interview
from bot.guidance.in_force import InForce
from bot.guidance.policy import Centre


class CbsaInterview(msgspec.Struct, frozen=True):
    """The CBSA interview that counts and the centre it is held at."""

    interview: Interview
    centre: Centre

    @property
    def completed(self) -> bool:
        """Whether it has been done; else it is scheduled."""
        return self.interview.state == "completed"

    @property
    def at_airport(self) -> bool:
        """Whether it is at an airport centre; else at a land centre."""
        return self.centre.kind == "airport"

    @property
    def at(self) -> datetime | None:
        """When it is, where that is known."""
        return self.interview.at


def counting_cbsa(interviews: tuple[Interview, ...] | None, in_force: InForce) -> CbsaInterview | None:
    """The CBSA interview that counts, if one is completed or scheduled.

    A completed one counts before a scheduled one, an airport one before a land one of the same state, then the
    soonest; one whose time is unknown comes after those whose time is known.

    Raises:
        UnknownCentreError: it is at a centre the policy does not know.
    """
    found: CbsaInterview | None = None
    for interview in interviews or ():
        if interview.agency == "CBSA" and interview.state in ("completed", "scheduled"):
            candidate = CbsaInterview(interview, in_force.centre(interview.centre))
            if found is None or _comes_before(candidate, found):
                found = candidate
    return found


def has(interviews: tuple[Interview, ...] | None, agency: Agency, state: str) -> bool:
    """Whether any interview is with `agency` and in `state`."""
    return any(interview.agency == agency and interview.state == state for interview in interviews or ())


def _comes_before(one: CbsaInterview, other: CbsaInterview) -> bool:
    if one.completed != other.completed:
        return one.completed
    if one.at_airport != other.at_airport:
        return one.at_airport
    if one.at is None or other.at is None:
        return one.at is not None and other.at is None
    return one.at < other.at
