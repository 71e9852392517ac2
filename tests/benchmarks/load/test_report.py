"""What was wanted is compared with what was found, whatever it is."""

from typing import Any

import pytest

from benchmarks.load.plot import draw
from benchmarks.load.report import goals, tables
from benchmarks.load.sums import Turn, slope_per_hour, summed

PRICE = dict.fromkeys(("begin_processor_ms", "turn_processor_ms", "open_kilobytes", "rows_a_turn", "bytes_a_turn"), 1.0)


def _stretch(rate: float, wait: float) -> dict[str, Any]:
    of = {"turns": 10.0, "p50": 1.0, "p95": 2.0, "p99": wait}
    waits = {"p50": 1.0, "p95": 2.0, "p99": wait}
    return {
        "rate": rate,
        "seconds": 10.0,
        "turns": 10,
        "every": 12,
        "errors": {},
        "by_way": {"HTTP": of},
        "acknowledged": waits,
        **waits,
    }


def found(second_rate: float = 90.0, wait: float = 50.0, gaps: int = 0, second_ms: float = 30.0) -> dict[str, Any]:
    measured = [
        {
            "processes": count,
            "flooded": _stretch(rate, wait),
            "held": _stretch(rate, wait),
            "at_ease": _stretch(rate, wait),
            "megabytes_before": [1.0],
            "megabytes": [2.0],
            "rows": {"conversations_with_gaps": gaps, "rows_written": 21_000},
            "price": PRICE,
            "machine_ms": spent,
            "machine_cores": 1.5,
        }
        for count, rate, spent in ((1, 50.0, 30.0), (2, second_rate, second_ms))
    ]
    samples = [[0.0, 1.0], [5.0, 2.0]]
    soaked = {"processes": 2, "stretch": _stretch(50.0, wait), "megabytes": samples, "slope": 1.0, "rows": {}}
    return {"measured": measured, "soaked": soaked}


def test_all_is_reached() -> None:
    assert all(reached for *_, reached in goals(found()))


@pytest.mark.parametrize(
    ("wrong", "missed"),
    [
        ({"second_rate": 80.0}, "rate of 2 processes, of twice that of 1"),
        ({"second_ms": 36.0}, "turns of a busy core, 2 processes, of those with 1"),
        ({"wait": 1200.0}, "p99 at 70% of the rate held, 1 pr."),
        ({"wait": 201.0}, "webhook acknowledged, p99"),
        ({"gaps": 1}, "conversations whose numbers have gaps"),
    ],
)
def test_what_falls_short_is_said(wrong: dict[str, Any], missed: str) -> None:
    assert missed in [what for what, _, _, reached in goals(found(**wrong)) if not reached]


def test_every_table_has_a_cell_for_every_column(tmp_path: Any) -> None:
    assert any("21,000" in row for table in tables(found()) for row in table.rows)
    for table in tables(found()):
        assert table.rows
        assert all(len(row) == len(table.columns) for row in table.rows)
    draw(found(), tmp_path / "load.svg")
    assert "highest rate held" in (tmp_path / "load.svg").read_text(encoding="utf-8")


def test_waits_are_summed_by_way_and_in_all() -> None:
    turns = [Turn("HTTP", 0.0, float(wait)) for wait in range(1, 101)] + [Turn("webhook", 0.0, 500.0)]
    stretch = summed(turns, {"HTTP 503": 2}, [3.0], offered=10, seconds=10, every=120)
    assert stretch.by_way["HTTP"]["p50"] == pytest.approx(50.5)
    assert stretch.by_way["webhook"]["p99"] == 500
    assert (stretch.rate, stretch.failed) == (10.1, 2)


def test_the_slope_is_an_hours() -> None:
    assert slope_per_hour([(0.0, 100.0), (1800.0, 101.0), (3600.0, 102.0)]) == pytest.approx(2.0)
