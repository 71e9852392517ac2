"""A trip as staff write it down: legs as those of a case, and departures by the clock of the place they leave from.

Tickets and travellers tell a departure by the local clock. So a date-time without offset is taken for local time at the
airport of departure; where that is no airport whose clock is known, or its clock shows that time twice or never on that
day, the offset is asked for.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.guidance.case import Trip
from bot.guidance.policy import Policy
from bot.guidance.reading import CaseError, read_case
from bot.guidance.sense import code

_WALL_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


class CorrectionFaultsError(ValueError):
    """What was given cannot be read. `errors` has one `field: what is wrong` for each fault."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


def told_trip(segments: object, now: datetime, policy: Policy) -> Trip:
    """The trip of `segments`, which are JSON values; departures are in UTC, and may lie in the past.

    Raises:
        CorrectionFaultsError: with every fault, each naming its field.
    """
    clocks = list(_clock_faults(segments, policy))
    if clocks:
        raise CorrectionFaultsError(clocks)
    values = {"now": now.isoformat(), "trips": [{"segments": _with_offsets(segments, policy)}]}
    try:
        trips = read_case(values, policy).trips or ()
    except CaseError as error:
        raise CorrectionFaultsError([line.replace("trips[0].", "", 1) for line in error.errors]) from error
    legs = tuple(replace(leg, departs_at=leg.departs_at.astimezone(UTC)) for leg in trips[0].segments)
    for index, leg in enumerate(legs[1:], 1):
        if leg.departs_at < legs[index - 1].departs_at:
            raise CorrectionFaultsError(
                [f"segments[{index}].departs_at: is before the leg above it; give the legs in travel order"]
            )
    return Trip(legs)


def _clock_faults(segments: object, policy: Policy) -> Iterator[str]:
    for index, segment in enumerate(segments if isinstance(segments, list) else []):
        local = _local(segment, policy)
        if local is None:
            continue
        field = f"segments[{index}].departs_at"
        try:
            there_again = local.astimezone(UTC).astimezone(local.tzinfo)
        except OverflowError:
            continue  # UTC has no such year: read as a case, it is told as out of range
        if there_again.replace(fold=0) != local:
            yield f"{field}: the clocks there leave this hour out on that day; give the hour on the ticket"
        elif local.utcoffset() != local.replace(fold=1).utcoffset():
            yield f"{field}: the clocks there show this hour twice on that day; give it with its offset from UTC"


def _with_offsets(segments: object, policy: Policy) -> object:
    if not isinstance(segments, list):
        return segments
    return [
        segment if local is None else {**segment, "departs_at": local.isoformat()}
        for segment, local in ((segment, _local(segment, policy)) for segment in segments)
    ]


def _local(segment: Any, policy: Policy) -> datetime | None:
    """The departure of a segment that tells it by the local clock of an airport."""
    if not isinstance(segment, dict):
        return None
    origin, at = segment.get("origin"), segment.get("departs_at")
    if not isinstance(origin, str) or not isinstance(at, str) or not _WALL_CLOCK.fullmatch(at):
        return None
    zone = policy.timezones.get(code(origin))
    try:
        return None if zone is None else datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        # No such day or hour: read as a case, it is told as what it is.
        return None
