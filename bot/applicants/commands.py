"""`nexus-guide applicants …`, for the staff who keep the register."""

from pathlib import Path

import click


@click.group()
def applicants() -> None:
    """Keep the applicants' register."""


@applicants.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--partial", is_flag=True, help="Store the good applicants even if others have faults (exit status 3).")
def import_(file: Path, partial: bool) -> None:
    """Import applicants from a CSV or JSON FILE: all of them, or none if anything is wrong.

    It may be repeated: who is in the register already is brought up to date. docs/register.md describes the files.
    """
    from bot.applicants.importing.command import run

    run(file, partial=partial)


@applicants.command()
@click.argument("applicant_id", metavar="ID")
def show(applicant_id: str) -> None:
    """Show the file of one applicant. Times are those of the airport, where it is an airport."""
    from bot.applicants.show import run

    run(applicant_id)


@applicants.command()
@click.option("--if-empty", is_flag=True, help="Do nothing where the register holds real applicants.")
def sample(if_empty: bool) -> None:
    """Load invented people to try the guide with, their flights and interviews dated from today."""
    from bot.applicants.sample_command import run

    run(if_empty=if_empty)
