"""What a load run means for planning: how much one core holds, and what a number of travellers a month needs.

`docs/capacity.md` holds the result between two remarks; `python -m benchmarks.load --publish` writes what is between.
"""

import math
from collections.abc import Mapping
from typing import Any

from benchmarks.load.plan import AT_EASE
from benchmarks.load.report import command, goals
from benchmarks.tables import Table, rows_of

BEGIN = "<!-- Figures, written by: python -m benchmarks.load --publish -->"
END = "<!-- End of the figures. -->"

TURNS_EACH = 10
"""Messages of a traveller in a month: one conversation of ten questions, assumed."""

BUSIEST_HOUR = 0.01
"""The share of a month's messages that comes in its busiest hour: a seventh of those of a day that has twice as many as
others (2 / 30 / 7); assumed."""

PEAK = 3.0
"""The busiest minute of that hour against its mean, assumed."""

MONTHS = (10_000, 100_000, 1_000_000)


class CapacityError(ValueError):
    """The page has no place for figures, or there are none that may be published."""


def per_core(found: Mapping[str, Any]) -> float:
    """Turns a second that one core of the guide holds at ease: of the processor time that a turn takes, not of a race.

    So it does not count what generator, PostgreSQL and Redis took of the same cores.
    """
    return AT_EASE * 1000 / float(_lean(found)["price"]["turn_processor_ms"])


def _lean(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """The number of processes with the cheapest turns: with fewer, threads of one spin on the cores left over."""
    return min(found["measured"], key=lambda each: float(each["price"]["turn_processor_ms"]))


def peak_rate(travellers: int) -> float:
    """Turns a second in the busiest minute of a month with so many travellers."""
    return travellers * TURNS_EACH * BUSIEST_HOUR / 3600 * PEAK


def block(found: Mapping[str, Any]) -> str:
    """What stands in the page, the two remarks included."""
    machine, first = found["machine"], _lean(found)
    wanted = Table("", "", ("what", "wanted", "found", ""), [], names=4)
    wanted.rows.extend([what, want, got, "reached" if good else "missed"] for what, want, got, good in goals(found))
    price, core = first["price"], per_core(found)
    needs = Table("", "", ("travellers a month", "turns a second, busiest minute", "cores", "GB a month"), [])
    for travellers in MONTHS:
        rate = peak_rate(travellers)
        gigabytes = travellers * TURNS_EACH * price["bytes_a_turn"] / 1e9
        needs.rows.append([f"{travellers:,}", f"{rate:.1f}", str(max(1, math.ceil(rate / core))), f"{gigabytes:.1f}"])
    return "\n".join(
        [
            BEGIN,
            f"Measured {found['date']} by `{command(found)}` on {machine['cores']} cores ({machine['processor']}), "
            "which generator, PostgreSQL and Redis shared with the guide; "
            f"{found['plan']['conversations']:,} conversations at once.",
            "",
            *rows_of(wanted),
            "",
            f"A turn takes {price['turn_processor_ms']:.1f} ms of processor time of the guide and "
            f"{price['rows_a_turn']:.1f} rows in the database; a conversation takes "
            f"{price['begin_processor_ms']:.1f} ms to begin and {price['open_kilobytes']:.0f} kB while it is open; "
            f"a process takes {max(first['megabytes']):.0f} MB. So **one core holds {core:.0f} turns a second** at "
            f"{AT_EASE:.0%} of its time.",
            "",
            *rows_of(needs),
            "",
            "![Rates, waits and memory](figures/load.svg)",
            "",
            "All of it: [figures/load.md](figures/load.md).",
            END,
        ]
    )


def present(page: str) -> str:
    """The block as it stands in the page. Raises CapacityError."""
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(BEGIN) > page.index(END):
        raise CapacityError(f'expected once each, in this order, in docs/capacity.md: "{BEGIN}" and "{END}"')
    return page[page.index(BEGIN) : page.index(END) + len(END)]


def renewed(page: str, found: Mapping[str, Any]) -> str:
    """The page with the figures of `found`. Raises CapacityError."""
    return page.replace(present(page), block(found))
