"""`nexus-guide outbox …`, for whoever runs the guide."""

import click

_STATES = click.Choice(["due", "sending", "sent", "failed", "dead"])


@click.group()
def outbox() -> None:
    """See what is to be delivered on messaging channels, and send again what was given up."""


@outbox.command("list")
@click.option("--state", type=_STATES, help="Only entries in this state.  [default: all that were not sent]")
@click.option("--channel", metavar="NAME", help="Only entries of this channel.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(state: str | None, channel: str | None, limit: int, as_json: bool) -> None:
    """List entries, oldest first."""
    from bot.conversations.outbox.command import show_list

    show_list(state, channel, limit=limit, as_json=as_json)


@outbox.command()
@click.argument("entry_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def show(entry_id: int, as_json: bool) -> None:
    """Show one entry: how often it was tried, and why it did not arrive."""
    from bot.conversations.outbox.command import show_one

    show_one(entry_id, as_json=as_json)


@outbox.command()
@click.argument("entry_ids", metavar="[ID]...", type=int, nargs=-1)
@click.option("--dead", is_flag=True, help="All that were tried as often as they are tried.")
@click.option("--channel", metavar="NAME", help="With --dead: only those of this channel.")
def resend(entry_ids: tuple[int, ...], dead: bool, channel: str | None) -> None:
    """Send failed or dead entries again. Who wrote STOP is still not written to."""
    from bot.conversations.outbox.command import send_again

    if bool(entry_ids) == dead or (channel is not None and not dead):
        raise click.UsageError("give entries by ID, or --dead with or without --channel")
    send_again(entry_ids, channel)


@outbox.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def stats(as_json: bool) -> None:
    """Count entries by channel and state, with the age of the oldest that is still to be delivered."""
    from bot.conversations.outbox.command import show_stats

    show_stats(as_json=as_json)
