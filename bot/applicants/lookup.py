"""Reading one person's file."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.applicants.models import Applicant, Application, Trip


async def applicant_file(session: AsyncSession, applicant_id: str) -> Applicant | None:
    """The applicant with applications, interviews, trips, segments and corrections; None where there is no such id."""
    return await session.scalar(
        select(Applicant)
        .where(Applicant.id == applicant_id)
        .options(
            selectinload(Applicant.applications).selectinload(Application.interviews),
            selectinload(Applicant.trips).selectinload(Trip.segments),
            selectinload(Applicant.corrections),
        )
        .execution_options(populate_existing=True)
    )
