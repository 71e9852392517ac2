"""A traveller's file as the desk shows it: the register with what staff corrected, and those corrections.

An interview is told by the clock of its centre and a departure by that of its airport: the offset of such an instant is
the place's own. Where the place's clock is not known, it is told in UTC.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.applicants.corrected import CorrectedFile, corrected
from bot.applicants.correction_facts import CbsaCompleted, CbsaShared, Facts, facts_of
from bot.applicants.markable import markable
from bot.applicants.models import Applicant, Correction, CorrectionKind, Kind
from bot.desk.cards import Named
from bot.formats import Language
from bot.guidance import case
from bot.guidance.in_force import centres_by_name
from bot.guidance.policy import Policy


class Person(msgspec.Struct, frozen=True):
    """Who the file is about."""

    name: str
    language: Language
    residence: str | None


class ShownApplication(msgspec.Struct, frozen=True):
    """The application that counts; `shared_by_staff` tells that the instant is staff's, not the register's."""

    kind: Kind | None
    status: case.Status
    submitted_on: date | None
    membership_expires_on: date | None
    shared_with_cbp_at: datetime | None
    shared_by_staff: bool


class ShownInterview(msgspec.Struct, frozen=True):
    """An interview; `completed_by_staff` tells that staff say it took place, while the register has it booked."""

    agency: case.Agency
    state: case.InterviewState
    centre: str | None
    centre_name: str | None
    at: datetime | None
    completed_by_staff: bool


class ShownSegment(msgspec.Struct, frozen=True):
    """One leg."""

    flight: str | None
    origin: str
    destination: str
    departs_at: datetime
    mode: case.Mode


class ShownTrip(msgspec.Struct, frozen=True):
    """A trip; `correction_id` where staff added it."""

    segments: list[ShownSegment]
    correction_id: str | None


class ShownCorrection(msgspec.Struct, frozen=True):
    """What staff corrected; without effect once it is withdrawn or the register has moved on."""

    id: str
    kind: CorrectionKind
    at: datetime
    by: Named
    withdrawn: bool
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    in_effect: bool


class CaseCard(msgspec.Struct, frozen=True):
    """The whole file. `may_mark` are the marks it takes now (`bot.applicants.markable`)."""

    applicant: Person
    application: ShownApplication | None
    interviews: list[ShownInterview]
    trips: list[ShownTrip]
    corrections: list[ShownCorrection]
    may_mark: list[CorrectionKind]


def case_card(applicant: Applicant, now: datetime, policy: Policy, language: Language) -> CaseCard:
    """The card of a file that has been read (`lookup.applicant_file`); centres are named in `language`."""
    file = corrected(applicant)
    effective = [facts_of(one) for one in applicant.corrections if one.id in file.in_effect]
    return CaseCard(
        applicant=Person(applicant.name, applicant.language, applicant.residence),
        application=_application(file, effective),
        interviews=_interviews(file, effective, policy, language),
        trips=[
            ShownTrip([_segment(segment, policy) for segment in trip.segments], added_by)
            for trip, added_by in file.trips
        ],
        corrections=[_correction(one, in_effect=one.id in file.in_effect) for one in applicant.corrections],
        may_mark=markable(file, now, policy),
    )


def _application(file: CorrectedFile, effective: list[Facts]) -> ShownApplication | None:
    application = file.application
    if application is None:
        return None
    return ShownApplication(
        kind=application.kind,
        status=application.status,
        submitted_on=application.submitted_on,
        membership_expires_on=application.membership_expires_on,
        shared_with_cbp_at=application.shared_with_cbp_at,
        shared_by_staff=any(isinstance(facts, CbsaShared) for facts in effective),
    )


def _interviews(
    file: CorrectedFile, effective: list[Facts], policy: Policy, language: Language
) -> list[ShownInterview]:
    interviews = (file.application.interviews if file.application else None) or ()
    marked = {(facts.centre, facts.at) for facts in effective if isinstance(facts, CbsaCompleted)}
    centres = centres_by_name(policy)
    shown = []
    for one in interviews:
        centre = centres.get(one.centre or "")
        name = None if centre is None else centre.name.fr if language == "fr" else centre.name.en
        by_staff = one.agency == "CBSA" and one.state == "completed" and (one.centre, one.at) in marked
        at = _at(one.at, None if centre is None else centre.timezone)
        shown.append(ShownInterview(one.agency, one.state, one.centre, name, at, by_staff))
    return shown


def _segment(segment: case.Segment, policy: Policy) -> ShownSegment:
    departs_at = _at(segment.departs_at, policy.timezones.get(segment.origin))
    assert departs_at is not None
    return ShownSegment(segment.flight, segment.origin, segment.destination, departs_at, segment.mode)


def _correction(correction: Correction, *, in_effect: bool) -> ShownCorrection:
    return ShownCorrection(
        id=correction.id,
        kind=correction.kind,
        at=correction.made_at,
        by=Named(correction.made_by_id, correction.made_by_name),
        withdrawn=correction.withdrawn_at is not None,
        withdrawn_at=correction.withdrawn_at,
        withdrawn_by=correction.withdrawn_by_name,
        in_effect=in_effect,
    )


def _at(instant: datetime | None, zone: str | None) -> datetime | None:
    return instant if instant is None or zone is None else instant.astimezone(ZoneInfo(zone))
