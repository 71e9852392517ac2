"""`make bench`: trains and measures ours and Rasa's template, and prints, writes and draws the figures."""

import signal
import sys
from pathlib import Path

import click

from benchmarks.plan import FULL, QUICK, SUBJECTS
from bot.settings import ROOT

RESULTS = ROOT / "results"
PUBLISHED = ROOT / "docs" / "figures"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--only", multiple=True, type=click.Choice(SUBJECTS), help="Measure this and keep the rest as it is.")
@click.option("--quick", is_flag=True, help="Try the way there on little; the figures are not to be quoted.")
@click.option("--resume", is_flag=True, help="Go on with a run that was interrupted.")
@click.option("--publish", is_flag=True, help="Measure nothing: copy the figures to docs/figures and the README.")
@click.option(
    "--data",
    envvar="BENCH_DATA",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of public sets, NAME_train.csv and NAME_test.csv with the columns text and category.",
)
def main(only: tuple[str, ...], quick: bool, resume: bool, publish: bool, data: Path | None) -> None:
    """Measure the guide against Rasa's template, both trained here and now."""
    from benchmarks.data import DataError
    from benchmarks.publishing import PublishError, publish_figures
    from benchmarks.readme import ReadmeError
    from benchmarks.whole_run import whole_run

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if publish:
            publish_figures(RESULTS, PUBLISHED, ROOT / "README.md")
            return
        folder = RESULTS / "quick" if quick else RESULTS
        command = _command(only, quick=quick, data=data is not None)
        failed = whole_run(
            folder,
            data.resolve() if data else None,
            QUICK if quick else FULL,
            only or SUBJECTS,
            resume=resume,
            command=command,
        )
    except KeyboardInterrupt:
        click.echo("interrupted; what was measured is kept. Go on with: python -m benchmarks --resume", err=True)
        sys.exit(130)
    except (DataError, PublishError, ReadmeError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    sys.exit(1 if failed else 0)


def _command(only: tuple[str, ...], *, quick: bool, data: bool) -> str:
    """What to type for the same figures; a path of this machine is no part of it."""
    options = [*(f"--only {subject}" for subject in only), *(["--quick"] if quick else [])]
    return " ".join(
        [*(["BENCH_DATA=FOLDER"] if data else []), "python -m benchmarks" if options else "make bench", *options]
    )


if __name__ == "__main__":
    main()
