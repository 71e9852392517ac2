"""Figures made up for tests, in the form of `bench.json`."""

from typing import Any


def scores(accuracy: float, milliseconds: float) -> dict[str, Any]:
    return {
        "sentences": 100,
        "accuracy": accuracy,
        "macro_f1": accuracy,
        "out_of_scope_recall": None,
        "out_of_scope_not_answered": None,
        "wrong_answers": 0.1,
        "asked_again": 0.05,
        "calibration_error": 0.02,
        "embedded": 0.3,
        "milliseconds_mean": milliseconds,
        "milliseconds_p50": milliseconds,
        "milliseconds_p95": 2 * milliseconds,
    }


def talked(seconds: float, rate: float, megabytes: float, slower: float) -> dict[str, Any]:
    return {
        "ready_seconds": seconds,
        "memory": {"peak": megabytes, "resident": megabytes},
        "turns_a_second": rate,
        "milliseconds_p50": 1000 / rate,
        "milliseconds_p95": 2000 / rate,
        "turn_5_milliseconds": 10.0,
        "turn_400_milliseconds": 10.0 * slower,
        "turn_400_by_turn_5": slower,
    }


def figures() -> dict[str, Any]:
    """A run in which everything was measured and every goal reached."""
    measured = {"template": scores(0.8, 10), "n-grams": scores(0.82, 1), "cascade": scores(0.9, 3)}
    return {
        "date": "2026-11-21",
        "command": "python -m benchmarks",
        "quick": False,
        "failed": {},
        "missing": [],
        "machine": {"cores": 2, "processor": "Some | Core", "python": "3.11.7", "versions": {"rasa": "3.6.21"}},
        "data": {"project": {"trained_on": 7796, "intents": 43, "chosen_on": 1600}},
        "intents": {"en": measured, "fr": measured},
        "noise": {"en": {"cascade": {"messages": 20, "asked_again": 0.5}}},
        "training_seconds": {"project": {"template": 300.0, "cascade": 60.0}},
        "dialogue": {"template": talked(30, 10, 1000, 2.5), "ours": talked(5, 60, 400, 1.1)},
        "rulings": {"en": {"ruling": 9000.0, "json": 4000.0}},
        "desk": {
            "conversations": 10_000,
            "long_messages": 5_000,
            "databases": {
                kind: {"fill_seconds": 9.0, "calls": {"counts": {"p50": 9.0, "p95": 12.0}}}
                for kind in ("SQLite", "PostgreSQL")
            },
        },
    }
