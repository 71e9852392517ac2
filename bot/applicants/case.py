"""The register's file of one person as a case for the ruling engine."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.current import current_application
from bot.applicants.lookup import applicant_file
from bot.applicants.models import Applicant, Application
from bot.guidance import case


async def case_for(session: AsyncSession, applicant_id: str, now: datetime) -> case.Case | None:
    """The applicant's case as of `now`, or None where there is no such applicant. Instants are in UTC."""
    applicant = await applicant_file(session, applicant_id)
    return None if applicant is None else case_of(applicant, now)


def case_of(applicant: Applicant, now: datetime) -> case.Case:
    """The case of a file that has been read (`lookup.applicant_file`)."""
    current = current_application(applicant.applications)
    return case.Case(
        now=now,
        application=None if current is None else _application(current),
        residence=_residence(applicant),
        trips=tuple(
            case.Trip(
                segments=tuple(
                    case.Segment(
                        origin=segment.origin,
                        destination=segment.destination,
                        departs_at=segment.departs_at,
                        flight=segment.flight,
                        mode=segment.mode,
                    )
                    for segment in trip.segments
                )
            )
            for trip in applicant.trips
        ),
    )


def _application(application: Application) -> case.Application:
    return case.Application(
        status=application.status,
        kind=application.kind,
        submitted_on=application.submitted_on,
        membership_expires_on=application.membership_expires_on,
        auto_renewed=application.auto_renewed,
        interviews=tuple(
            case.Interview(
                agency=interview.agency,
                state=interview.state,
                centre=interview.centre,
                at=interview.at,
            )
            for interview in application.interviews
        ),
        shared_with_cbp_at=application.shared_with_cbp_at,
    )


def _residence(applicant: Applicant) -> case.Residence | None:
    if applicant.latitude is None or applicant.longitude is None:
        return None
    return case.Residence(latitude=applicant.latitude, longitude=applicant.longitude)
