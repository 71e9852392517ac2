"""Tables of messages with what should be found in them."""

from typing import Any

import pytest


def rows(table: str) -> list[Any]:
    """One test per line `message | found; found`; nothing after the bar where nothing should be found."""
    lines = [line for line in table.splitlines() if line]
    return [pytest.param(text, _found(rest), id=text) for text, _, rest in (line.partition(" |") for line in lines)]


def _found(rest: str) -> list[str]:
    return [each.strip() for each in rest.split(";") if each.strip()]
