"""Writes the figures: JSON, Markdown and the plot; and copies them to where they are committed."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.readme import renewed
from benchmarks.tables import markdown

JSON, MARKDOWN, PLOT = "bench.json", "bench.md", "bench.svg"


class PublishError(ValueError):
    """There are no figures that may be published."""


def write(found: Mapping[str, Any], folder: Path) -> None:
    """Writes all three into `folder`."""
    from benchmarks.plot import draw

    if found["intents"]:
        draw(found, folder / PLOT)
    (folder / MARKDOWN).write_text(markdown(found), encoding="utf-8")
    write_json(found, folder)


def write_json(found: Mapping[str, Any], folder: Path) -> None:
    """Writes the figures so far."""
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    (folder / JSON).write_text(text, encoding="utf-8")


def publish_figures(results: Path, published: Path, readme: Path) -> None:
    """Copies the figures of the last whole run into `published`, and renews those in the README.

    Raises:
        PublishError: there is no run, or one that failed in part.
        ReadmeError: the README has no place for figures.
    """
    files = [results / name for name in (JSON, MARKDOWN, PLOT)]
    if missing := [file.name for file in files if not file.is_file()]:
        raise PublishError(f"expected {', '.join(missing)} in {results}; measure first with: make bench")
    found = json.loads(files[0].read_text(encoding="utf-8"))
    if found["quick"] or found["failed"] or found["missing"]:
        reason = "it was a quick try" if found["quick"] else f"without {[*found['failed'], *found['missing']]}"
        raise PublishError(f"the figures in {results} are not those of a whole run: {reason}; run: make bench")
    text = renewed(readme.read_text(encoding="utf-8"), found)
    published.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file, published / file.name)
    readme.write_text(text, encoding="utf-8")
