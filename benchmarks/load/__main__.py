"""`make bench-load`: prints, writes and draws how much the guide holds in one, two and four processes."""

import signal
import sys
from datetime import UTC, datetime

import click
import msgspec

from bot.settings import ROOT

RESULTS = ROOT / "results"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--quick", is_flag=True, help="Try the way there on little; the figures are not to be quoted.")
@click.option("--soak", type=float, help="Minutes of the soak; 0 for none.")
@click.option("--conversations", type=click.IntRange(1), help="Conversations at once.")
def main(quick: bool, soak: float | None, conversations: int | None) -> None:
    """Load the guide with PostgreSQL and Redis on this machine, in one, two and four processes."""
    from rich.console import Console

    from benchmarks.load.driving import GeneratorError
    from benchmarks.load.measuring import measure
    from benchmarks.load.plan import QUICK, WHOLE
    from benchmarks.load.showing import show, write
    from benchmarks.load.stack import StackError

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    plan = QUICK if quick else WHOLE
    if soak is not None:
        plan = msgspec.structs.replace(plan, soak=60 * soak)
    if conversations is not None:
        plan = msgspec.structs.replace(plan, conversations=conversations)
    console = Console()
    try:
        with console.status("beginning") as status:

            def tell(doing: str) -> None:
                status.update(doing)
                if not console.is_terminal:
                    console.print(doing, highlight=False)

            found = measure(plan, tell)
    except KeyboardInterrupt:
        click.echo("interrupted; nothing is kept", err=True)
        sys.exit(130)
    except (GeneratorError, StackError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    found |= {"date": datetime.now(UTC).date().isoformat(), "quick": quick}
    folder = RESULTS / "quick" if quick else RESULTS
    write(found, folder)
    show(found, console, folder)


if __name__ == "__main__":
    main()
