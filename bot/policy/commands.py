"""`nexus-guide policy`: the policy folder from the command line."""

from pathlib import Path

import click

from bot.cli import stop


@click.group()
def policy() -> None:
    """The published policy the guide answers from."""


@policy.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="The policy folder; the guide's own by default.",
)
def check(folder: Path | None) -> None:
    """Reads every policy file and says what it holds, or every fault, one a line."""
    from bot.policy import PolicyError, load_all
    from bot.policy.counts import counts
    from bot.policy.everything import FOLDER

    try:
        everything = load_all(folder or FOLDER)
    except PolicyError as error:
        stop("\n".join(error.faults))
        return
    for name, count in counts(everything).items():
        click.echo(f"{name:<40} {count:>5}")
    click.echo("policy is sound")
