"""Goals are judged on the figures, and only where both sides were measured."""

import pytest

from benchmarks.wanted import wanted
from tests.benchmarks.made import figures, talked


def _found(told: dict) -> dict[str, bool]:
    return {goal.what: goal.reached for goal in wanted(told)}


def test_a_good_run_reaches_everything() -> None:
    found = _found(figures())
    assert len(found) == 12
    assert all(found.values())


def test_a_difference_of_accuracy_is_in_points() -> None:
    (goal,) = (goal for goal in wanted(figures()) if goal.what == "held-out intent accuracy, French")
    assert goal.ours == pytest.approx(10.0)
    assert goal.found == "+10.0 points"


def test_each_goal_can_be_missed() -> None:
    told = figures()
    told["intents"]["en"] = told["intents"]["fr"] = told["intents"]["en"] | {
        "cascade": told["intents"]["en"]["cascade"] | {"accuracy": 0.849, "calibration_error": 0.051}
    }
    told["dialogue"]["ours"] = talked(11, 49, 501, 1.31)
    told["dialogue"]["ours"]["milliseconds_p50"] = 34
    told["dialogue"]["template"]["milliseconds_p50"] = 100
    for measured in told["desk"]["databases"].values():
        measured["calls"]["search"] = {"p50": 20.0, "p95": 100.0}
    assert not any(_found(told).values())


def test_what_was_not_measured_is_no_goal() -> None:
    told = figures()
    del told["dialogue"]["template"], told["intents"]["fr"]["template"]
    told["intents"]["en"] = {}
    told["desk"] = {}
    assert set(_found(told)) == {"calibration error, French"}
