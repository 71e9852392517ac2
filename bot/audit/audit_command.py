"""`nexus-guide audit`."""

from datetime import datetime

import click


@click.command()
@click.option("--since", metavar="WHEN", help="From then on: 2026-11-21, or 2026-11-21T14:30:00-05:00.")
@click.option("--actor", metavar="WHO", help="What one actor did, by id or name.")
@click.option("--object", "object_id", metavar="ID", help="What was done to one object, such as a conversation.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def audit(since: str | None, actor: str | None, object_id: str | None, as_json: bool) -> None:
    """Print who did what to what, and when, oldest first. A day begins in STAFF_TIME_ZONE."""
    from bot.audit.printing import run

    run(since, actor=actor, object_id=object_id, as_json=as_json)


def instant(text: str, zone_name: str) -> datetime:
    """The instant of what was given as `--since`; a day without a time begins in the zone.

    Raises:
        ValueError: it is no date, or a date-time without an offset.
    """
    from zoneinfo import ZoneInfo

    read = datetime.fromisoformat(text)
    if "T" not in text.upper() and " " not in text:
        return read.replace(tzinfo=ZoneInfo(zone_name))
    if read.utcoffset() is None:
        raise ValueError("no offset")
    return read
