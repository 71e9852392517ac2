"""`nexus-guide evaluate`: how well the trained model reads sentences it was not trained on."""

from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="The report.  [default: evaluation/index.html in DATA_DIR]"
)
def evaluate(files: tuple[Path, ...], out: Path | None) -> None:
    """Measure the trained model on FILES of labelled sentences, and write a report with a confusion matrix.

    Without FILES on the held-out sentences, tests/nlu/heldout_*.yml. docs/improving.md says how to read the report.
    """
    from bot.improving.evaluate import run

    run(files, out)
