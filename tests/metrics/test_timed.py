"""The parts of a turn, timed."""

import gc
import time

import pytest

from bot.metrics import timed
from bot.metrics.instruments import REGISTRY

MOST_MICROSECONDS = 150.0
"""Of a turn, whose quickest takes a few thousand."""


def count(part: str) -> float:
    return REGISTRY.get_sample_value("guide_turn_part_seconds_count", {"part": part}) or 0.0


def test_a_part_that_fails_is_timed_too() -> None:
    before = count("action")
    with pytest.raises(ValueError, match="no"), timed.part("action"):
        raise ValueError("no")
    assert count("action") == before + 1


def test_timing_a_turn_costs_next_to_nothing() -> None:
    def turn() -> None:
        with timed.turn("id"), timed.part("store"), timed.part("reading"), timed.part("action"), timed.part("commit"):
            pass

    turn()
    gc.collect()
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for _ in range(200):
            turn()
        best = min(best, (time.process_time() - began) / 200)
    assert best * 1e6 < MOST_MICROSECONDS
