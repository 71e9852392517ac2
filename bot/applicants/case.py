"""The file of one person as a case for the ruling engine: the register's, with what staff corrected."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.corrected import corrected
from bot.applicants.lookup import applicant_file
from bot.applicants.models import Applicant
from bot.guidance import case


async def case_for(session: AsyncSession, applicant_id: str, now: datetime) -> case.Case | None:
    """The applicant's case as of `now`, or None where there is no such applicant. Instants are in UTC."""
    applicant = await applicant_file(session, applicant_id)
    return None if applicant is None else case_of(applicant, now)


def case_of(applicant: Applicant, now: datetime) -> case.Case:
    """The case of a file that has been read (`lookup.applicant_file`)."""
    file = corrected(applicant)
    return case.Case(
        now=now,
        application=file.application,
        residence=_residence(applicant),
        trips=tuple(trip for trip, _ in file.trips),
    )


def _residence(applicant: Applicant) -> case.Residence | None:
    if applicant.latitude is None or applicant.longitude is None:
        return None
    return case.Residence(latitude=applicant.latitude, longitude=applicant.longitude)
