"""What staff may say of the CBSA interview of a file, as the file is at an instant.

Nothing is invented. "Shared" can only be said of an interview that is done, at an airport: only there does sharing
decide anything (rows 17 and 18 of `bot.guidance.verdict`). Whoever knows that a booked interview took place says that
first.
"""

from collections.abc import Callable
from datetime import datetime

from bot.applicants.corrected import CorrectedFile
from bot.applicants.models import CorrectionKind
from bot.applicants.refusal import CorrectionRefusedError
from bot.guidance import case
from bot.guidance.in_force import PROGRAMME_ZONE, InForce, UnknownCentreError
from bot.guidance.interviews import CbsaInterview, counting_cbsa
from bot.guidance.policy import Policy


def to_share(file: CorrectedFile, at: datetime, in_force: InForce) -> CbsaInterview:
    """The interview whose result can be marked as shared. Raises CorrectionRefusedError."""
    application = application_of(file)
    done = _counting(application.interviews, in_force)
    if done is None or not done.completed:
        raise CorrectionRefusedError(
            "cbsa-not-completed",
            "the file has no completed CBSA interview whose result could have been shared; "
            "if a booked one took place, mark it as completed first",
        )
    if not done.at_airport:
        raise CorrectionRefusedError(
            "cbsa-at-land-centre",
            "the CBSA part was done at a land centre, where sharing decides nothing: "
            "the published policy has no airport way to go on from there",
        )
    known = application.shared_with_cbp_at
    if known is not None and known <= at:
        raise CorrectionRefusedError("shared-already", f"the file says so already, since {known.isoformat()}")
    return done


def to_complete(file: CorrectedFile, at: datetime, in_force: InForce) -> CbsaInterview:
    """The booked interview that can be marked as completed: of those whose time has come, the one that counts.

    Raises:
        CorrectionRefusedError: none is booked, its time is still ahead, or one is completed already.
    """
    interviews = application_of(file).interviews or ()
    booked = _counting(interviews, in_force)
    if booked is None:
        raise CorrectionRefusedError("cbsa-not-booked", "the file has no CBSA interview that is booked")
    if booked.completed:
        raise CorrectionRefusedError("cbsa-completed-already", "the file has a completed CBSA interview already")
    due = _counting(tuple(one for one in interviews if one.at is None or one.at <= at), in_force)
    if due is None:
        when = "" if booked.at is None else f" ({booked.at.isoformat()})"
        raise CorrectionRefusedError("cbsa-still-ahead", f"the booked CBSA interview is still ahead{when}")
    return due


def in_force_at(at: datetime, policy: Policy) -> InForce:
    """The policy on the day of `at`; it takes a few milliseconds to lay out."""
    return InForce(policy, at.astimezone(PROGRAMME_ZONE).date())


def application_of(file: CorrectedFile) -> case.Application:
    """The application that counts. Raises CorrectionRefusedError where there is none."""
    if file.application is None:
        raise CorrectionRefusedError("no-application", "the file has no application")
    return file.application


def _counting(interviews: tuple[case.Interview, ...] | None, in_force: InForce) -> CbsaInterview | None:
    try:
        return counting_cbsa(interviews, in_force)
    except UnknownCentreError as error:
        raise CorrectionRefusedError("centre-unknown", f"the file names {error}; correct the register") from error


_MARKS: tuple[tuple[CorrectionKind, Callable[[CorrectedFile, datetime, InForce], CbsaInterview]], ...] = (
    ("cbsa_completed", to_complete),
    ("cbsa_shared", to_share),
)


def markable(file: CorrectedFile, at: datetime, policy: Policy) -> list[CorrectionKind]:
    """The marks the file takes at the instant `at`."""
    in_force, takes = in_force_at(at, policy), []
    for kind, interview in _MARKS:
        try:
            interview(file, at, in_force)
        except CorrectionRefusedError:
            continue
        takes.append(kind)
    return takes
