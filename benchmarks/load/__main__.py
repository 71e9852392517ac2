"""`make bench-load`: prints, writes and draws how much the guide holds in one, two and four processes."""

import json
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
@click.option("--soak-only", is_flag=True, help="Soak by the rates of the last run, and add it to its figures.")
@click.option("--publish", is_flag=True, help="Measure nothing: copy the figures to docs/figures and docs/capacity.md.")
@click.option("--conversations", type=click.IntRange(1), help="Conversations at once.")
def main(quick: bool, soak: float | None, conversations: int | None, soak_only: bool, publish: bool) -> None:
    """Load the guide with PostgreSQL and Redis on this machine, in one, two and four processes."""
    from rich.console import Console

    from benchmarks.load import measuring
    from benchmarks.load.driving import GeneratorError
    from benchmarks.load.plan import QUICK, WHOLE
    from benchmarks.load.showing import show, write
    from benchmarks.load.stack import StackError

    if publish:
        _publish()
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    plan = QUICK if quick else WHOLE
    if soak is not None:
        plan = msgspec.structs.replace(plan, soak=60 * soak)
    if conversations is not None:
        plan = msgspec.structs.replace(plan, conversations=conversations)
    folder = RESULTS / "quick" if quick else RESULTS
    console = Console()
    try:
        with console.status("beginning") as status:

            def tell(doing: str) -> None:
                status.update(doing)
                if not console.is_terminal:
                    console.print(doing, highlight=False)

            if soak_only:
                last = json.loads((folder / "load.json").read_text(encoding="utf-8"))
                found = {**last, "soaked": measuring.soak(plan, last["measured"], tell)}
            else:
                found = measuring.measure(plan, tell)
    except KeyboardInterrupt:
        click.echo("interrupted; nothing is kept", err=True)
        sys.exit(130)
    except (GeneratorError, StackError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    found |= {"date": datetime.now(UTC).date().isoformat(), "quick": quick}
    write(found, folder)
    show(found, console, folder)


def _publish() -> None:
    from benchmarks.load.capacity import CapacityError
    from benchmarks.load.publishing import publish

    try:
        publish(RESULTS, ROOT / "docs" / "figures", ROOT / "docs" / "capacity.md")
    except CapacityError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
