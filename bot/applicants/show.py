"""One applicant's file, with what staff corrected, as it is read in a terminal."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import airportsdata
import click

from bot import cli
from bot.applicants.corrected import corrected
from bot.applicants.corrections import note_look
from bot.applicants.lookup import applicant_file
from bot.applicants.models import Applicant, Application, Correction
from bot.audit.actor import COMMAND_LINE
from bot.clock import clock_from
from bot.db.engine import DatabaseError
from bot.db.migrate import open_current
from bot.guidance import case
from bot.settings import SettingsError, load_settings


def run(applicant_id: str) -> None:
    """Prints the file of `applicant_id`, which the audit notes; status 1 where there is none."""
    try:
        settings = load_settings()
        now = clock_from(settings.clock_start)()
        applicant = asyncio.run(_read(settings.database_url, applicant_id, now))
    except (DatabaseError, SettingsError) as error:
        cli.stop(str(error))
    else:
        if applicant is None:
            cli.stop(f"no applicant has the id {applicant_id}; ids are those of the imported file, e.g. SAMPLE-01")
        else:
            click.echo("\n".join(lines(applicant)))


async def _read(database_url: str, applicant_id: str, now: datetime) -> Applicant | None:
    database = await open_current(database_url)
    try:
        async with database.write() as session:
            applicant = await applicant_file(session, applicant_id)
            if applicant is not None:
                await note_look(session, COMMAND_LINE, applicant_id, now, {})
            return applicant
    finally:
        await database.close()


def lines(applicant: Applicant) -> Iterator[str]:
    """The file, line by line."""
    yield f"{applicant.id}  {applicant.name}{'  (invented)' if applicant.invented else ''}"
    yield f"  language   {applicant.language}"
    if applicant.residence or applicant.latitude is not None:
        place = "" if applicant.latitude is None else f" ({applicant.latitude}, {applicant.longitude})"
        yield f"  residence  {applicant.residence or 'unnamed'}{place}"
    yield f"  imported   {applicant.imported_at:%Y-%m-%d %H:%M} UTC"
    file = corrected(applicant)
    for application in applicant.applications:
        if application.number == file.number and file.application is not None:
            yield f"  application {application.number} (current)"
            yield from _application(file.application)
        else:
            yield f"  application {application.number}"
            yield from _application(application)
    for number, (trip, added_by) in enumerate(file.trips, 1):
        yield f"  trip {number}{'' if added_by is None else ' (added by staff)'}"
        for leg in trip.segments:
            flight = leg.flight or leg.mode
            yield f"    {flight:<10} {leg.origin} to {leg.destination}, {_local(leg.departs_at, leg.origin)}"
    for correction in applicant.corrections:
        yield _correction(correction, in_effect=correction.id in file.in_effect)


def _correction(correction: Correction, *, in_effect: bool) -> str:
    what = (
        f"  corrected by staff: {correction.kind}, {correction.made_at:%Y-%m-%d %H:%M} UTC, {correction.made_by_name}"
    )
    if correction.withdrawn_at is not None:
        return f"{what} (withdrawn {correction.withdrawn_at:%Y-%m-%d %H:%M} UTC, {correction.withdrawn_by_name})"
    return what if in_effect else f"{what} (without effect: the register has changed)"


def _application(application: Application | case.Application) -> Iterator[str]:
    facts = {
        "kind": application.kind,
        "status": application.status,
        "submitted": application.submitted_on,
        "membership expires": application.membership_expires_on,
        "renewed automatically": {None: None, True: "yes", False: "no"}[application.auto_renewed],
        "shared with CBP": application.shared_with_cbp_at and _local(application.shared_with_cbp_at, ""),
    }
    for name, value in facts.items():
        if value is not None:
            yield f"    {name:<22} {value}"
    for interview in application.interviews or ():
        when = f", {_local(interview.at, interview.centre or '')}" if interview.at else ""
        where = f" at {interview.centre}" if interview.centre else ""
        yield f"    interview              {interview.agency} {interview.state}{where}{when}"


def _local(instant: datetime, airport: str) -> str:
    zone = _airports().get(airport, {}).get("tz") or "UTC"
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"


@cache
def _airports() -> dict[str, dict[str, str]]:
    return dict(airportsdata.load("IATA"))
