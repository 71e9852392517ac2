"""Copies the figures of a whole run to where they are committed, and renews the page on capacity."""

import json
import shutil
from pathlib import Path

from benchmarks.load.capacity import CapacityError, renewed

FILES = ("load.json", "load.md", "load.svg")


def publish(results: Path, published: Path, page: Path) -> None:
    """Raises CapacityError where there is no whole run, or the page has no place for figures."""
    if missing := [name for name in FILES if not (results / name).is_file()]:
        raise CapacityError(f"expected {', '.join(missing)} in {results.name}; measure first with: make bench-load")
    found = json.loads((results / "load.json").read_text(encoding="utf-8"))
    if found["quick"]:
        raise CapacityError(f"the figures in {results.name} are those of a quick try; run: make bench-load")
    text = renewed(page.read_text(encoding="utf-8"), found)
    published.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(results / name, published / name)
    page.write_text(text, encoding="utf-8")
