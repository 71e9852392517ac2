"""What `nexus-guide applicants import` does."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import IntegrityError

from bot import cli
from bot.applicants.importing.fault import ImportFileError
from bot.applicants.importing.read import Contents, read_file
from bot.applicants.importing.store import Stored, store
from bot.clock import clock_from
from bot.db.engine import DatabaseError
from bot.db.migrate import open_current
from bot.settings import SettingsError, load_settings

SOME_LEFT_OUT = 3


def run(file: Path, *, partial: bool) -> None:
    """Imports `file` and says what became of it. Ends with status 1 if nothing was stored, 3 if only some was."""
    try:
        settings = load_settings()
        now = clock_from(settings.clock_start)()
        contents, stored = asyncio.run(_import(file, settings.database_url, settings.secret_key, now, partial=partial))
    except ImportFileError as error:
        cli.stop(f"{file}: {error}")
    except (DatabaseError, SettingsError) as error:
        cli.stop(str(error))
    except IntegrityError:
        cli.stop(f"{file}: nothing was imported, for two applicants would have the same number; correct the file")
    else:
        _report(file, contents, stored, partial=partial)


async def _import(
    file: Path, database_url: str, secret_key: str, now: datetime, *, partial: bool
) -> tuple[Contents, Stored]:
    database = await open_current(database_url)
    try:
        with _progress() as progress:
            size = file.stat().st_size if file.is_file() else 1  # noqa: ASYNC240 - nothing else runs in this loop
            reading = progress.add_task("reading", total=size)
            contents = read_file(file, secret_key, now.date(), lambda read: progress.advance(reading, read))
            if contents.faults and not partial:
                return contents, Stored()
            storing = progress.add_task("storing", total=2 * len(contents.packed))
            async with database.write() as session:
                stored = await store(
                    session,
                    contents.packed,
                    secret_key,
                    now,
                    lambda done: progress.advance(storing, done),
                    partial=partial,
                )
            return contents, stored
    finally:
        await database.close()


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _report(file: Path, contents: Contents, stored: Stored, *, partial: bool) -> None:
    for fault in contents.faults:
        click.echo(f"{file}: {fault}", err=True)
    for applicant_id in stored.clashes:
        click.echo(
            f"{file}: {applicant_id}: this number and birth date are another applicant's in the register; correct one",
            err=True,
        )
    bad = contents.bad + len(stored.clashes)
    total = contents.bad + len(contents.packed)
    if bad and not partial:
        good = f"; --partial would import the other {total - bad}" if total > bad else ""
        cli.stop(f"nothing was imported: {bad} of {total} applicants have faults, named above{good}")
    if stored.added or stored.changed:
        click.echo(f"imported: {stored.added} added, {stored.changed} changed, {stored.unchanged} as they were")
    elif stored.unchanged:
        click.echo(f"nothing to do: {stored.unchanged} of {total} applicants are in the register just like that")
    if bad:
        click.echo(f"left out: {bad} of {total} applicants, whose faults are named above", err=True)
        sys.exit(SOME_LEFT_OUT if bad < total else 1)
