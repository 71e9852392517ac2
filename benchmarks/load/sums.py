"""What a stretch of load came to."""

from collections.abc import Iterable

import msgspec
import numpy as np


class Turn(msgspec.Struct, frozen=True, array_like=True):
    """One answered message: over what, when it was sent (seconds into the stretch), and the wait in milliseconds."""

    way: str
    at: float
    milliseconds: float


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of load: `offered`, what travellers had to say, and `rate`, what was answered, in turns a second.

    Waits are in milliseconds.

    `turns` are those of the time that counts, `every` also those before it, and those that were answered after it.
    """

    offered: float
    seconds: float
    turns: int
    every: int
    rate: float
    p50: float
    p95: float
    p99: float
    errors: dict[str, int]
    by_way: dict[str, dict[str, float]]
    acknowledged: dict[str, float] | None = None

    @property
    def failed(self) -> int:
        """How many messages got no answer."""
        return sum(self.errors.values())


def summed(
    turns: Iterable[Turn],
    errors: dict[str, int],
    acknowledged: list[float],
    *,
    offered: float,
    seconds: float,
    every: int,
) -> Stretch:
    """The stretch of these turns; waits of nothing are 0."""
    counted = list(turns)
    ways = sorted({turn.way for turn in counted})
    p50, p95, p99 = _percentiles([turn.milliseconds for turn in counted])
    by_way = {}
    for way in ways:
        waits = [turn.milliseconds for turn in counted if turn.way == way]
        of_way = _percentiles(waits)
        by_way[way] = {"turns": float(len(waits)), "p50": of_way[0], "p95": of_way[1], "p99": of_way[2]}
    acks = dict(zip(("p50", "p95", "p99"), _percentiles(acknowledged), strict=True)) if acknowledged else None
    rate = len(counted) / seconds
    return Stretch(offered, seconds, len(counted), every, rate, p50, p95, p99, errors, by_way, acks)


def _percentiles(values: list[float]) -> tuple[float, float, float]:
    if not values:
        return 0.0, 0.0, 0.0
    p50, p95, p99 = np.percentile(values, (50, 95, 99))
    return float(p50), float(p95), float(p99)


def slope_per_hour(samples: list[tuple[float, float]]) -> float:
    """How fast a quantity grows by the straight line through its samples of (seconds, value): units an hour."""
    seconds, values = np.array(samples).T
    return float(np.polyfit(seconds, values, 1)[0] * 3600)
