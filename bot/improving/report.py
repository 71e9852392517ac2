"""The report of an evaluation: one page of HTML that needs nothing else (`templates/`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.formats import moment
from bot.improving import measuring
from bot.improving.measuring import Matrix, Read

_TEMPLATES = Path(__file__).parent / "templates"
_ZONE = ZoneInfo("America/Toronto")
# Shares of a row from which a cell is one shade darker.
_SHADES = (0.1, 0.25, 0.5, 0.75)
_NAMES = {"en": "English", "fr": "French"}


@dataclass(frozen=True)
class About:
    """What was measured: the model's digest, the files of sentences, and when."""

    model: str
    files: tuple[str, ...]
    at: datetime


def report(reads: Sequence[Read], about: About, order: Sequence[str]) -> str:
    """The page. `order` is that of the intents in the matrix: those that lie close belong side by side."""
    parts = {"all": list(reads), **measuring.by_language(reads)}
    if len(parts) == 2:
        del parts["all"]
    return _template().render(
        about=about,
        at=moment(about.at.astimezone(_ZONE), "en"),
        names={"all": "All", **{language: _NAMES.get(language, language) for language in parts if language != "all"}},
        shares={name: measuring.shares(part) for name, part in parts.items()},
        matrices={name: _cells(measuring.matrix(part, order)) for name, part in parts.items()},
        calibrations={name: measuring.calibration(part) for name, part in parts.items()},
        confusions=measuring.confusions(reads),
        scores=measuring.scores(reads),
    )


def _cells(matrix: Matrix) -> dict[str, Any]:
    rows = []
    for label, counts in zip(matrix.labels, matrix.rows, strict=True):
        total = sum(counts)
        shades = [_shade(count / total) if count else 0 for count in counts]
        rows.append({"label": label, "total": total, "cells": list(zip(matrix.labels, counts, shades, strict=True))})
    return {"labels": matrix.labels, "rows": rows}


def _shade(share: float) -> int:
    return 1 + sum(share >= edge for edge in _SHADES)


def _percent(share: float) -> str:
    return f"{share:.1%}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = _percent
    return environment.get_template("report.html.j2")
