"""What `nexus-guide applicants sample` does."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

import click

from bot import cli
from bot.applicants.sample import Sample, SampleError, has_real_applicants, read_sample, store_sample
from bot.clock import clock_from
from bot.db.engine import DatabaseError
from bot.db.migrate import open_current
from bot.settings import SettingsError, load_settings


def run(*, if_empty: bool) -> None:
    """Loads the sample and prints who is in it. With `if_empty`, a register of real applicants is left alone."""
    try:
        settings = load_settings()
        now = clock_from(settings.clock_start)()
        sample = asyncio.run(_load(settings.database_url, settings.secret_key, now, if_empty=if_empty))
    except (DatabaseError, SettingsError, SampleError) as error:
        cli.stop(str(error))
    else:
        if sample is None:
            click.echo("sample register: not loaded, the register holds real applicants")
        else:
            click.echo("\n".join(_lines(sample)))


async def _load(database_url: str, secret_key: str, now: datetime, *, if_empty: bool) -> Sample | None:
    sample = read_sample(secret_key, now)
    database = await open_current(database_url)
    try:
        async with database.write() as session:
            if if_empty and await has_real_applicants(session):
                return None
            stored = await store_sample(session, sample.packed, secret_key, now)
    finally:
        await database.close()
    if stored.clashes:
        raise SampleError(f"sample register: not loaded, a real applicant has the number of {stored.clashes[0]}")
    return sample


def _lines(sample: Sample) -> Iterator[str]:
    yield "sample register: invented people, their days counted from today"
    for person in sample.people:
        yield f"{person.id}  {person.name}"
        yield f"    PASSID {person.passid} or application {person.application_number}, born {person.birth_date}"
        yield f"    shows: {person.shows}"
