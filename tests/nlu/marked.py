"""Sentences with what should be found in them written where it stands: `I fly [AC8043](flight_number:AC 8043) to LA`.

A line is a sentence; one without a mark is a trap, in which nothing should be found. What stands in round brackets is
up to the table's test, which makes the same of what was found.
"""

import re
from typing import Any, NamedTuple

import pytest

_MARK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


class Mark(NamedTuple):
    """Characters `start` to `end` of a message, and what they should be found to be."""

    label: str
    start: int
    end: int


def marked(table: str) -> list[Any]:
    """The parameters `text` and `expected` of one test for each line of `table`."""
    rows = [read(line) for line in table.splitlines() if line.strip()]
    return [pytest.param(text, expected, id=text) for text, expected in rows]


def read(line: str) -> tuple[str, list[Mark]]:
    """The sentence of a line and the marks in it."""
    text, marks, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        marks.append(Mark(match[2], len(text), len(text) + len(match[1])))
        text += match[1]
        last = match.end()
    return text + line[last:], marks
