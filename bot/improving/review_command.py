"""`nexus-guide review`: staff say what the messages meant that the guide was unsure about."""

from datetime import datetime
from pathlib import Path

import click


@click.command()
@click.option("--list", "list_only", is_flag=True, help="Only print the messages.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many sentences at most.")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.6,
    show_default=True,
    help="The confidence under which an answered message counts as unsure.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Only messages from this day on (Ottawa time).",
)
@click.option("--into", type=click.Path(path_type=Path), help="Folder to add to.  [default: data/nlu/reviewed]")
def review(list_only: bool, limit: int, below: float, since: datetime | None, into: Path | None) -> None:
    """Go through recent messages the guide was unsure about and give them their intents.

    What is decided is added to the training sentences; a message is asked about once. Messages are shown masked.
    docs/improving.md says more.
    """
    from bot.improving.review import run

    run(list_only=list_only, limit=limit, below=below, since=since, into=into)
