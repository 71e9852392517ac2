"""The work of `nexus-guide outbox …`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar, cast

import click
import msgspec
from rich.console import Console
from rich.table import Table

from bot import cli
from bot.audit.actor import COMMAND_LINE
from bot.clock import Clock, clock_from
from bot.conversations.outbox.listing import STATES, ListedEntry, entries, entry
from bot.conversations.outbox.models import EntryState
from bot.conversations.outbox.resending import ResendError, resend, resend_dead
from bot.conversations.outbox.standing import standing
from bot.db.engine import Database, DatabaseError
from bot.db.migrate import open_current
from bot.settings import SettingsError, load_settings

_Result = TypeVar("_Result")
_WIDE = 200


def show_list(state: str | None, channel: str | None, *, limit: int, as_json: bool) -> None:
    """Prints entries, one a line."""

    async def work(database: Database, _clock: Clock) -> Sequence[ListedEntry]:
        async with database.read_once() as session:
            return await entries(session, state=cast(EntryState | None, state), channel=channel, limit=limit)

    found = _with_outbox(work)
    if as_json:
        for each in found:
            click.echo(msgspec.json.encode(each))
        return
    if not found:
        click.echo("there is no such entry", err=True)
        return
    table = Table("ID", "channel", "state", "tries", "since", "due", "failure", "conversation", box=None)
    for each in found:
        since, due = _at(each.created_at), _at(each.due_at) if each.state == "due" else ""
        words = (each.channel, each.state, str(each.attempts), since, due, each.failure or "", each.conversation_id)
        table.add_row(str(each.id), *words)
    _console().print(table)


def show_one(entry_id: int, *, as_json: bool) -> None:
    """Prints one entry."""

    async def work(database: Database, _clock: Clock) -> ListedEntry | None:
        async with database.read_once() as session:
            return await entry(session, entry_id)

    found = _with_outbox(work)
    if found is None:
        cli.stop(f"there is no entry {entry_id}; nexus-guide outbox list shows those there are")
        return
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    table = Table(box=None, show_header=False)
    for name, value in msgspec.structs.asdict(found).items():
        table.add_row(name, "" if value is None else _at(value) if name.endswith("_at") else str(value))
    _console().print(table)


def send_again(entry_ids: Sequence[int], channel: str | None) -> None:
    """Makes entries due again: those named, or all that are dead."""

    async def work(database: Database, clock: Clock) -> int:
        if not entry_ids:
            return await resend_dead(database, channel, clock, COMMAND_LINE)
        once = list(dict.fromkeys(entry_ids))
        await resend(database, once, clock, COMMAND_LINE)
        return len(once)

    click.echo(f"to be sent again: {_with_outbox(work)}")


def show_stats(*, as_json: bool) -> None:
    """Prints how many entries there are in each state, by channel."""

    async def work(database: Database, clock: Clock) -> dict[str, dict[str, float | None]]:
        async with database.read() as session:
            found = await standing(session, clock(), with_sent=True)
        return {
            channel: {
                **{state: found.counts.get((channel, state), 0) for state in STATES},
                "oldest_due_seconds": found.oldest_due_seconds.get(channel),
            }
            for channel in sorted({channel for channel, _ in found.counts})
        }

    counts = _with_outbox(work)
    if as_json:
        click.echo(msgspec.json.encode(counts))
        return
    table = Table("channel", *STATES, "oldest due", box=None)
    for channel, row in counts.items():
        age = row["oldest_due_seconds"]
        numbers = (str(row[state]) for state in STATES)
        table.add_row(channel, *numbers, "" if age is None else f"{age:.0f} s")
    _console().print(table)


def _at(value: object) -> str:
    return str(value)[:19].replace(" ", "T") + "Z"


def _console() -> Console:
    # Lines are not cut where there is no terminal to fit them to.
    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


def _with_outbox(work: Callable[[Database, Clock], Awaitable[_Result]]) -> _Result:
    try:
        return asyncio.run(_work(work))
    except (DatabaseError, ResendError, SettingsError) as error:
        cli.stop(str(error))
        raise


async def _work(work: Callable[[Database, Clock], Awaitable[_Result]]) -> _Result:
    settings = load_settings()
    database = await open_current(settings.database_url)
    try:
        return await work(database, clock_from(settings.clock_start))
    finally:
        await database.close()
