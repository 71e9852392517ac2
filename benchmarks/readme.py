"""The figures in the README: written from `docs/figures/bench.json`, so that every number comes from a run.

The README holds them between two remarks; `python -m benchmarks --publish` writes what is between.
"""

from collections.abc import Mapping
from typing import Any

from benchmarks.tables import about, rows_of, tables

BEGIN = "<!-- Figures, written by: python -m benchmarks --publish -->"
END = "<!-- End of the figures. -->"
_REPORT = "docs/figures/bench.md"
_PLOT = "docs/figures/bench.svg"


class ReadmeError(ValueError):
    """The README has no place for figures, or a place without an end."""


def block(found: Mapping[str, Any]) -> str:
    """What stands in the README, the two remarks included."""
    goals = next((table for table in tables(found) if table.heading == "Wanted, and found"), None)
    rows = [goals.remark, "", *rows_of(goals), ""] if goals else []
    plot = [f"![Accuracy against milliseconds a message]({_PLOT})", ""] if found["intents"] else []
    return "\n".join([BEGIN, *rows, *plot, f"{about(found)} All of it: [{_REPORT}]({_REPORT}).", END])


def present(readme: str) -> str:
    """The block as it stands in the README.

    Raises:
        ReadmeError: there is none, or more than one.
    """
    if readme.count(BEGIN) != 1 or readme.count(END) != 1 or readme.index(BEGIN) > readme.index(END):
        raise ReadmeError(f'expected once each, in this order, in README.md: "{BEGIN}" and "{END}"; put them there')
    return readme[readme.index(BEGIN) : readme.index(END) + len(END)]


def renewed(readme: str, found: Mapping[str, Any]) -> str:
    """The README with the figures of `found`.

    Raises:
        ReadmeError: there is no place for them.
    """
    return readme.replace(present(readme), block(found))
