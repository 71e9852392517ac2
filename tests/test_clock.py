from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import clock_from, system_clock


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert system_clock().utcoffset() == timedelta(0)


def test_a_clock_stands_at_its_start_and_runs_on() -> None:
    start = datetime.fromisoformat("2023-02-20T09:00:00-05:00")
    clock = clock_from(start)
    first, second = clock(), clock()
    assert timedelta(0) <= first - start < timedelta(minutes=1)
    assert first <= second
    assert first.tzinfo is UTC


def test_without_a_start_it_is_the_system_clock() -> None:
    assert clock_from(None) is system_clock


def test_a_start_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="has no offset; add one"):
        clock_from(datetime.fromisoformat("2026-11-21T09:00:00"))
