"""The page on capacity says what the run measured, by the arithmetic it describes."""

import json
from typing import Any

import pytest

from benchmarks.load.capacity import BEGIN, END, CapacityError, block, peak_rate, per_core, present, renewed
from benchmarks.load.publishing import FILES, publish
from bot.settings import ROOT
from tests.benchmarks.load.test_report import found

PAGE = ROOT / "docs" / "capacity.md"


def whole(**more: Any) -> dict[str, Any]:
    machine = {"cores": 2, "processor": "p"}
    return {**found(), "machine": machine, "date": "2026-11-22", "quick": False, "plan": {"conversations": 9}, **more}


def test_the_page_holds_the_published_figures_and_no_others() -> None:
    published = ROOT / "docs" / "figures" / "load.json"
    told = block(json.loads(published.read_text(encoding="utf-8"))) if published.is_file() else f"{BEGIN}\n{END}"
    assert present(PAGE.read_text(encoding="utf-8")) == told


def test_the_page_names_the_command_that_was_run() -> None:
    assert "by `make bench-load` on" in block(whole())
    assert "by `python -m benchmarks.load --soak 0` on" in block(whole(soaked=None))


def test_a_million_travellers_are_83_turns_a_second_in_the_busiest_minute() -> None:
    assert peak_rate(1_000_000) == pytest.approx(83.3, abs=0.1)


def test_a_core_holds_seven_tenths_of_its_time_by_the_cheapest_turns() -> None:
    told = whole()
    for each, spent in zip(told["measured"], (9.0, 7.0), strict=True):
        each["price"] = {**each["price"], "turn_processor_ms": spent}
    assert per_core(told) == pytest.approx(100.0)


def test_figures_are_put_in_their_place_and_nowhere_else() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert renewed(page, whole()).startswith(f"before\n{BEGIN}\nMeasured 2026-11-22")
    assert renewed(page, whole()).endswith(f"{END}\nafter\n")
    with pytest.raises(CapacityError, match="expected once each"):
        present(f"{END}{BEGIN}")


def test_a_quick_try_and_no_run_are_not_published(tmp_path: Any) -> None:
    with pytest.raises(CapacityError, match="make bench-load"):
        publish(tmp_path, tmp_path / "figures", PAGE)
    for name in FILES:
        (tmp_path / name).write_text(json.dumps(whole(quick=True)), encoding="utf-8")
    with pytest.raises(CapacityError, match="quick"):
        publish(tmp_path, tmp_path / "figures", PAGE)
    assert not (tmp_path / "figures").exists()
