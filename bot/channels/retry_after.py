"""The header Retry-After, in both its forms."""

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 24 * 3600.0
"""Seconds: whoever asks for more is asked again after a day."""


def seconds_of(value: str, now: datetime) -> float | None:
    """The seconds a provider asks to wait, given as such or as a date; None where it is neither."""
    try:
        seconds = float(value)
    except ValueError:
        seconds = _until(value, now)
    return min(max(seconds, 0.0), _LONGEST) if math.isfinite(seconds) else None


def _until(value: str, now: datetime) -> float:
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return math.nan
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
