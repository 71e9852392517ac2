"""Tables of messages with what should be found in them."""

import re
from typing import Any

import pytest

from bot.nlu.found import Found

_MARK = re.compile(r"\[([^\]]*)\]\((\w+):([^()]*(?:\([^()]*\)[^()]*)?)\)")
_ROLES = ("origin", "destination", "via", "return", "home", "at")


def rows(table: str) -> list[Any]:
    """One test per line `message | found; found`; nothing after the bar where nothing should be found."""
    lines = [line for line in table.splitlines() if line]
    return [pytest.param(text, _found(rest), id=text) for text, _, rest in (line.partition(" |") for line in lines)]


def _found(rest: str) -> list[str]:
    return [each.strip() for each in rest.split(";") if each.strip()]


def marked(table: str) -> list[Any]:
    """One test per line, in which each entity stands as `[words](entity:value)` or `[words](entity:value role)`.

    The test gets the message without the marks and what should be found in it, at exactly these characters.
    """
    return [pytest.param(*_unmarked(line), id=_MARK.sub(r"\1", line)) for line in table.splitlines() if line]


def _unmarked(line: str) -> tuple[str, list[Found]]:
    text, end, found = "", 0, []
    for mark in _MARK.finditer(line):
        text += line[end : mark.start()]
        value, _, last = mark[3].rpartition(" ")
        value, role = (value, last) if last in _ROLES else (mark[3], None)
        found.append(Found(mark[2], value, len(text), len(text) + len(mark[1]), role))
        text, end = text + mark[1], mark.end()
    return text + line[end:], found
