"""Dated entries: what holds from one day up to, not including, another."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import msgspec

from bot.guidance.policy import Span
from bot.policy.files import SourceIds
from bot.policy.reading import Reading


class Dated(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"start": "from", "end": "to"}
):
    """Holds from the day `from` (null: always before) up to, not including, the day `to` (left out: still)."""

    sources: SourceIds
    start: date | None
    end: date | None = None

    def span(self) -> Span:
        """The same as the engine's `Span`."""
        return Span(self.start, self.end, self.sources)


def check_dated(reading: Reading, file: str, entry: str, dated: Dated) -> None:
    """Notes unknown sources and an end that is not after the start."""
    reading.check_sources(file, entry, dated.sources)
    if dated.start is not None and dated.end is not None and dated.end <= dated.start:
        reading.faults.add(file, entry, f"ends on {dated.end}, not after its start {dated.start}")


def check_series(reading: Reading, file: str, entry: str, series: Sequence[Dated]) -> None:
    """Notes what `check_dated` does for each, and two that hold on the same day."""
    for dated in series:
        check_dated(reading, file, entry, dated)
    ordered = sorted(series, key=lambda dated: dated.start or date.min)
    for earlier, later in pairwise(ordered):
        if earlier.end is None or (later.start or date.min) < earlier.end:
            reading.faults.add(
                file, entry, f"dates overlap: {_written(earlier)} and {_written(later)}; end one where the other starts"
            )


def _written(dated: Dated) -> str:
    return f"{dated.start or 'always'} to {dated.end or 'now'}"
