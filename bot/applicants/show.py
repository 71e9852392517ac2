"""One applicant's file as staff read it in a terminal."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import airportsdata
import click

from bot import cli
from bot.applicants.current import current_application
from bot.applicants.lookup import applicant_file
from bot.applicants.models import Applicant, Application
from bot.db.engine import DatabaseError
from bot.db.migrate import open_current
from bot.settings import SettingsError, load_settings


def run(applicant_id: str) -> None:
    """Prints the file of `applicant_id`; status 1 where there is none."""
    try:
        applicant = asyncio.run(_read(load_settings().database_url, applicant_id))
    except (DatabaseError, SettingsError) as error:
        cli.stop(str(error))
    else:
        if applicant is None:
            cli.stop(f"no applicant has the id {applicant_id}; ids are those of the imported file, e.g. SAMPLE-01")
        else:
            click.echo("\n".join(lines(applicant)))


async def _read(database_url: str, applicant_id: str) -> Applicant | None:
    database = await open_current(database_url)
    try:
        async with database.read() as session:
            return await applicant_file(session, applicant_id)
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
    current = current_application(applicant.applications)
    for application in applicant.applications:
        yield from _application(application, current=application is current)
    for trip in applicant.trips:
        yield f"  trip {trip.number}"
        for leg in trip.segments:
            flight = leg.flight or leg.mode
            yield f"    {flight:<10} {leg.origin} to {leg.destination}, {_local(leg.departs_at, leg.origin)}"


def _application(application: Application, *, current: bool) -> Iterator[str]:
    yield f"  application {application.number}{' (current)' if current else ''}"
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
    for interview in application.interviews:
        when = f", {_local(interview.at, interview.centre or '')}" if interview.at else ""
        where = f" at {interview.centre}" if interview.centre else ""
        yield f"    interview              {interview.agency} {interview.state}{where}{when}"


def _local(instant: datetime, airport: str) -> str:
    zone = _airports().get(airport, {}).get("tz") or "UTC"
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"


@cache
def _airports() -> dict[str, dict[str, str]]:
    return dict(airportsdata.load("IATA"))
