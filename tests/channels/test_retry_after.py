"""Reading Retry-After."""

import pytest

from bot.channels.retry_after import seconds_of
from tests.record.scripted import NOON


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("-5", 0.0),
        ("1e9", 86_400.0),
        ("Sat, 21 Nov 2026 17:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 16:00:00 GMT", 0.0),
        ("", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("Sat, 99 Nov 2026 17:00:30 GMT", None),
    ],
)
def test_seconds_dates_and_nonsense(value: str, seconds: float | None) -> None:
    assert seconds_of(value, NOON) == seconds
