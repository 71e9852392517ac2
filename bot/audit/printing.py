"""The audit in a terminal."""

import asyncio
from datetime import datetime

import click
import msgspec

from bot import cli
from bot.audit.audit_command import instant
from bot.audit.models import AuditEntry
from bot.audit.reading import oldest
from bot.db.engine import DatabaseError
from bot.db.migrate import open_current
from bot.settings import Settings, SettingsError, load_settings

_PAGE = 500
_SEPARATOR = "\t"


def run(since: str | None, *, actor: str | None, object_id: str | None, as_json: bool) -> None:
    """Prints the entries asked for, one a line."""
    try:
        settings = load_settings()
        start = _start(since, settings)
        asyncio.run(_print(settings.database_url, start, actor=actor, object_id=object_id, as_json=as_json))
    except (DatabaseError, SettingsError) as error:
        cli.stop(str(error))


def _start(since: str | None, settings: Settings) -> datetime | None:
    try:
        return instant(since, settings.staff_time_zone) if since is not None else None
    except ValueError as error:
        raise SettingsError(
            f"--since: expected a day or an instant with its offset, such as 2026-11-21T14:30:00-05:00, got {since}"
        ) from error


async def _print(
    database_url: str, start: datetime | None, *, actor: str | None, object_id: str | None, as_json: bool
) -> None:
    database = await open_current(database_url)
    try:
        after = 0
        while True:
            async with database.read_once() as session:
                page = await oldest(session, after=after, limit=_PAGE, since=start, actor=actor, object_id=object_id)
            for entry in page:
                click.echo(line(entry, as_json=as_json))
            if len(page) < _PAGE:
                return
            after = page[-1].id
    finally:
        await database.close()


def line(entry: AuditEntry, *, as_json: bool) -> str:
    """One entry: its instant in UTC, who, what, to what, and more; what is no plain sign is shown as its code."""
    data = msgspec.json.encode(entry.data).decode()
    if as_json:
        whole = {
            "id": entry.id,
            "at": entry.at,
            "actor_id": entry.actor_id,
            "actor_name": entry.actor_name,
            "action": entry.action,
            "object_kind": entry.object_kind,
            "object_id": entry.object_id,
            "data": entry.data,
        }
        return msgspec.json.encode(whole).decode()
    at = entry.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    who = f"{entry.actor_name} ({entry.actor_id})"
    parts = [at, who, entry.action, f"{entry.object_kind} {entry.object_id}", *([data] if entry.data else [])]
    return _SEPARATOR.join(_plain(part) for part in parts)


def _plain(text: str) -> str:
    """A name must not be able to write lines of its own into a terminal."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
