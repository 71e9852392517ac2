"""A run from beginning to end, with a bar for the whole and one for the part that is running."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table as Shown

from benchmarks.figures import figures
from benchmarks.plan import QUICK, SUBJECTS, Part, Size, plan
from benchmarks.publishing import write, write_json
from benchmarks.running import PartError, Results, measured_files
from benchmarks.tables import NOT_TO_BE_QUOTED, Table, about, tables

_FILE_WIDTH = 150


def whole_run(
    folder: Path, data: Path | None, size: Size, subjects: Sequence[str], *, resume: bool, command: str
) -> dict[str, str]:
    """Runs the parts of `subjects`, keeps what there is of others, writes into `folder`; gives what failed and why."""
    console = Console()
    if not console.is_terminal:
        # What goes into a file has all the room it needs.
        console = Console(width=_FILE_WIDTH)
    quick = size == QUICK
    if quick:
        console.print(f"[bold red]{NOT_TO_BE_QUOTED}")
    if not resume:
        _forget(folder, whole=set(subjects) == set(SUBJECTS))
    files = measured_files()
    results = Results(folder)
    parts = plan(results.work, data, size)
    found = {part.name: result for part in parts if (result := results.result(part)) is not None}
    wanted = [part for part in parts if set(part.subjects) & set(subjects) and not (resume and part.name in found)]
    run: dict[str, Any] = {"command": command, "quick": quick, "failed": {}, "missing": []}

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        whole = progress.add_task("Measuring", total=sum(part.weight for part in wanted))
        for part in wanted:
            found.pop(part.name, None)
            task = progress.add_task(part.doing, total=1.0)
            began = time.monotonic()
            try:
                found[part.name] = _run(results, part, found, progress, task)
                ended = f"{time.monotonic() - began:.0f} s"
            except PartError as error:
                run["failed"][part.name] = ended = str(error)
            progress.remove_task(task)
            progress.console.print(f"{part.doing}: {ended}", highlight=False)
            progress.advance(whole, part.weight)
            run["missing"] = [part.name for part in parts if part.name not in found | run["failed"]]
            write_json(figures(parts, found, run), folder)
    run["missing"] = [part.name for part in parts if part.name not in found | run["failed"]]
    if measured_files() != files:
        run["failed"]["files"] = "sentences, rules or configuration changed while they were measured; measure again"
    told = figures(parts, found, run)
    write(told, folder)
    _print(console, told, folder)
    failed: dict[str, str] = run["failed"]
    return failed


def _run(
    results: Results, part: Part, found: dict[str, dict[str, Any]], progress: Progress, task: TaskID
) -> dict[str, Any]:
    if missing := [name for name in part.after if name not in found]:
        raise PartError(f"left out, for there is no result of {', '.join(missing)}")

    def show(share: float, doing: str) -> None:
        progress.update(task, completed=share, description=f"{part.doing} {doing}".strip())

    return results.run(part, [found[name] for name in part.after], show)


def _forget(folder: Path, *, whole: bool) -> None:
    """Nothing trained before spares a training now; results of other parts stay where only some are measured."""
    for old in ("work", "parts", "logs") if whole else ("work/cache",):
        shutil.rmtree(folder / old, ignore_errors=True)


def _print(console: Console, told: dict[str, Any], folder: Path) -> None:
    console.print(about(told).replace("`", ""), highlight=False)
    for table in tables(told):
        console.print(shown(table))
    for name, reason in told["failed"].items():
        console.print(f"FAILED {name}: {reason}", style="bold red", highlight=False)
    if told["quick"]:
        console.print(f"[bold red]{NOT_TO_BE_QUOTED}")
    console.print(f"Written: {folder.name}/bench.json, bench.md, bench.svg", highlight=False)


def shown(table: Table) -> Shown:
    """A table for the terminal."""
    made = Shown(
        title=table.heading, caption=table.remark, title_justify="left", caption_justify="left", box=SIMPLE_HEAD
    )
    for place, column in enumerate(table.columns):
        made.add_column(column, justify="left" if place < table.names else "right")
    for row in table.rows:
        made.add_row(*row)
    return made
