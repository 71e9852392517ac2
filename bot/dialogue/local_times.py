"""Times of a message by the clock of the place they are told for.

A message is read before it is known where the flight leaves. "Tomorrow at 6" from Vancouver is Vancouver's tomorrow,
which for some hours of the night is another day than Ottawa's.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.formats import Language
from bot.nlu.times import find_times

Entity = Mapping[str, Any]
# The wall clock by which messages are read at first: that of Ottawa.
READ_IN = ZoneInfo("America/Toronto")


def as_of(now: datetime, zone: ZoneInfo, text: str, entities: Sequence[Entity], language: Language) -> list[Entity]:
    """`entities` with the times that `text` names read anew by the wall clock of `zone`.

    A time that does not stand in `text` (that of a pressed button, a day that was pointed to) stays as it is.
    """
    wall_clock = now.astimezone(zone).replace(tzinfo=None)
    read_at = now.astimezone(READ_IN).replace(tzinfo=None)
    if wall_clock == read_at or not any(map(_is_read, entities)):
        return list(entities)
    read = {(time.start, time.end): time for time in find_times(text, language, wall_clock)}
    result: list[Entity] = []
    for entity in entities:
        time = read.get((int(entity["start"]), int(entity["end"]))) if _is_read(entity) else None
        if time is None:
            result.append(entity)
        else:
            extra = {**(entity.get("extra") or {}), "grain": time.grain}
            result.append({**entity, "value": time.value.isoformat(timespec="minutes"), "extra": extra})
    return result


def _is_read(entity: Entity) -> bool:
    return entity["entity"] == "time" and "pointed" not in (entity.get("extra") or {})
