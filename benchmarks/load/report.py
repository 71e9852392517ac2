"""The figures as tables, for the terminal and as Markdown."""

from collections.abc import Mapping
from typing import Any

from benchmarks.load.plan import AT_EASE
from benchmarks.tables import Table

LINEAR_WANTED = 0.85
SECOND = 1000.0
FLOODED = "flooded"


def command(found: Mapping[str, Any]) -> str:
    """What printed the figures."""
    return "make bench-load" if found["soaked"] else "python -m benchmarks.load --soak 0"


def tables(found: Mapping[str, Any]) -> list[Table]:
    """What was wanted; rates; waits by way; memory, rows and the price of one more conversation."""
    measured = found["measured"]
    return [_goals(found), _rates(measured), _waits(measured), _prices(measured), *_soak(found)]


def goals(found: Mapping[str, Any]) -> list[tuple[str, str, str, bool]]:
    """What was wanted of the load: what, wanted, found, whether it was reached."""
    by_count = {each["processes"]: each for each in found["measured"]}
    rows = []
    if {1, 2} <= set(by_count):
        share = by_count[2]["held"]["rate"] / by_count[1]["held"]["rate"] / 2
        rows.append(
            (
                "rate of 2 processes, of twice that of 1",
                f"≥ {LINEAR_WANTED:.0%}",
                f"{share:.0%}",
                share >= LINEAR_WANTED,
            )
        )
        # On a machine whose cores one process nearly fills, two cannot do twice as much; a turn must not cost more.
        same = by_count[1]["machine_ms"] / by_count[2]["machine_ms"]
        name = "turns of a busy core, 2 processes, of those with 1"
        rows.append((name, f"≥ {LINEAR_WANTED:.0%}", f"{same:.0%}", same >= LINEAR_WANTED))
    for count, each in by_count.items():
        p99 = each["at_ease"]["p99"]
        rows.append((f"p99 at {AT_EASE:.0%} of the rate held, {count} pr.", "< 1 s", f"{p99:.0f} ms", p99 < SECOND))
    acks = [each["at_ease"]["acknowledged"]["p99"] for each in by_count.values() if each["at_ease"]["acknowledged"]]
    if acks:
        rows.append(("webhook acknowledged, p99", "≤ 200 ms", f"{max(acks):.0f} ms", max(acks) <= 200))
    failed = sum(sum(each["at_ease"]["errors"].values()) for each in by_count.values())
    rows.append(("messages without an answer, at ease", "0", str(failed), failed == 0))
    gaps = sum(each["rows"]["conversations_with_gaps"] for each in by_count.values())
    rows.append(("conversations whose numbers have gaps", "0", str(gaps), gaps == 0))
    return rows


def _goals(found: Mapping[str, Any]) -> Table:
    rows = [[what, wanted, got, "reached" if good else "missed"] for what, wanted, got, good in goals(found)]
    remark = "Generator, PostgreSQL, Redis and the guide share the machine's cores."
    return Table("Load: wanted, and found", remark, ("what", "wanted", "found", ""), rows, names=4)


def _rates(measured: list[Mapping[str, Any]]) -> Table:
    rows = [
        [
            f"{each['processes']}, {name}",
            f"{stretch['rate']:.1f}",
            f"{stretch['p50']:.0f}",
            f"{stretch['p95']:.0f}",
            f"{stretch['p99']:.0f}",
            str(sum(stretch["errors"].values())),
            *([f"{each['machine_cores']:.1f}", f"{each['machine_ms']:.0f}"] if name == FLOODED else ["", ""]),
        ]
        for each in measured
        for name, stretch in (
            (FLOODED, each["flooded"]),
            ("highest held", each["held"]),
            (f"at {AT_EASE:.0%} of it", each["at_ease"]),
        )
    ]
    remark = (
        "Flooded: everybody talks at once, and waits in line. Held: 95 % of what was asked was answered, no errors. "
        "Cores at work and their milliseconds for a turn are those of everything on the machine."
    )
    columns = ("processes", "turns/s", "p50 ms", "p95 ms", "p99 ms", "errors", "cores at work", "ms of them a turn")
    return Table("Load: turns", remark, columns, rows)


def _waits(measured: list[Mapping[str, Any]]) -> Table:
    rows = [
        [f"{each['processes']}, {way}", f"{of['turns']:.0f}", *(f"{of[part]:.0f}" for part in ("p50", "p95", "p99"))]
        for each in measured
        for way, of in each["at_ease"]["by_way"].items()
    ]
    remark = f"At {AT_EASE:.0%} of the highest rate held. Webhook: from the call to the delivery of the answer."
    return Table("Load: waits by way", remark, ("processes", "turns", "p50 ms", "p95 ms", "p99 ms"), rows)


def _prices(measured: list[Mapping[str, Any]]) -> Table:
    rows = [
        [
            str(each["processes"]),
            f"{max(each['megabytes_before']):.0f}",
            f"{max(each['megabytes']):.0f}",
            f"{each['price']['begin_processor_ms']:.1f}",
            f"{each['price']['open_kilobytes']:.0f}",
            f"{each['price']['turn_processor_ms']:.1f}",
            f"{each['rows']['rows_written']:,}",
            f"{each['price']['rows_a_turn']:.1f}",
            f"{each['price']['bytes_a_turn']:.0f}",
        ]
        for each in measured
    ]
    columns = (
        "processes", "MB each, idle", "MB each, after", "CPU ms to begin", "kB open", "CPU ms a turn",
        "rows written", "rows a turn", "bytes a turn",
    )  # fmt: skip
    remark = "What one more conversation costs to begin and to keep open, and what each turn in it costs."
    return Table("Load: the price of one more conversation", remark, columns, rows)


def _soak(found: Mapping[str, Any]) -> list[Table]:
    soaked = found["soaked"]
    if soaked is None:
        return []
    stretch = soaked["stretch"]
    row = [
        str(soaked["processes"]),
        f"{stretch['seconds'] / 60:.1f}",
        str(stretch["turns"]),
        str(sum(stretch["errors"].values())),
        f"{soaked['megabytes'][0][1]:.0f}" if soaked["megabytes"] else "",
        f"{soaked['megabytes'][-1][1]:.0f}" if soaked["megabytes"] else "",
        f"{soaked['slope']:+.0f}",
    ]
    columns = ("processes", "minutes", "turns", "errors", "MB at first", "MB at last", "MB an hour")
    return [Table("Load: soak", "The slope is that of the last two thirds; MB of all processes.", columns, [row])]
