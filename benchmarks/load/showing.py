"""Writes the figures down and shows them."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from benchmarks.load.plot import draw
from benchmarks.load.report import command, tables
from benchmarks.machine import described
from benchmarks.tables import NOT_TO_BE_QUOTED, rows_of

if TYPE_CHECKING:
    from rich.console import Console


def write(found: Mapping[str, Any], folder: Path) -> None:
    """Writes load.json, load.md and load.svg into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {**found, "machine": described()}
    (folder / "load.json").write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1))
    (folder / "load.md").write_text(markdown(told), encoding="utf-8")
    draw(found, folder / "load.svg")


def markdown(found: Mapping[str, Any]) -> str:
    """The report."""
    machine, plan = found["machine"], found["plan"]
    lines = [
        "# Load",
        "",
        f"{found['date']}, `{command(found)}`, {machine['cores']} cores ({machine['processor']}), "
        f"{plan['conversations']:,} conversations at once, a third each over HTTP, WebSocket and webhook.",
        "",
        *([f"**{NOT_TO_BE_QUOTED}**", ""] if found["quick"] else []),
        "![Rates, waits and memory](load.svg)",
        "",
    ]
    for table in tables(found):
        lines += [f"## {table.heading}", "", table.remark, "", *rows_of(table), ""]
    return "\n".join(lines)


def show(found: Mapping[str, Any], console: "Console", folder: Path) -> None:
    """Prints the tables."""
    from benchmarks.whole_run import shown

    for table in tables(found):
        console.print(shown(table))
    if found["quick"]:
        console.print(f"[bold red]{NOT_TO_BE_QUOTED}")
    console.print(f"Written: {folder.name}/load.json, load.md, load.svg", highlight=False)
