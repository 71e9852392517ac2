"""The pauses between tries."""

from datetime import timedelta

from bot.conversations.outbox.backoff import is_enough, pause


def _seconds(attempts: int, retry_after: float | None, share: float) -> float:
    return pause(attempts, retry_after, lambda low, high: low + share * (high - low)).total_seconds()


def test_pauses_double_up_to_ten_minutes_and_are_drawn_from_the_whole_span() -> None:
    assert [_seconds(attempts, None, 1) for attempts in (1, 2, 3, 9, 10, 1000)] == [2, 4, 8, 512, 600, 600]
    assert _seconds(9, None, 0) == 0
    assert _seconds(9, None, 0.5) == 256


def test_what_the_provider_asks_for_is_the_least_up_to_an_hour() -> None:
    assert _seconds(1, 90, 0) == 90
    assert 90 < _seconds(1, 90, 1) <= 92
    assert 3600 <= _seconds(10, 86400, 1) <= 3660


def test_a_day_and_twenty_tries_are_enough() -> None:
    day = timedelta(hours=24)
    assert not is_enough(19, day * 2)
    assert not is_enough(20, timedelta(hours=23))
    assert is_enough(20, day)
    assert is_enough(300, timedelta(days=-5)), "it ends wherever the clock was set"
