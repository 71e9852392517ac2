"""Dates and times in a message, by Duckling in this process.

Duckling is asked in one neutral zone with the traveller's wall clock as reference, and what it gives back is read as
wall-clock time without a zone. Whose wall clock that is, is known only once the airport is: the dialogue puts the
zone on. So no zone rule but that of the `tzdata` package is ever used.
"""

import importlib.resources
import json
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import duckling

from bot.formats import Language
from bot.nlu.plain import plain

# A clock time within a named day is "minute"; "Friday" alone is "day"; "next week" and coarser cannot date a flight.
_CLOCK_ONLY = re.compile(
    r"(?:at|a|around|about|vers|@)?\s*(?:\d{1,2}\s*(?:(?::|h|heures?)\s*\d{0,2})?\s*(?:[ap]\.?m\.?)?|noon|midi|midnight|minuit)"
)
# "Friday at 2": flights leave at two in the afternoon; the reply says how it was read.
_BARE_AFTERNOON = re.compile(r".*\bat [1-5](?::\d\d)?")
_GRAINS = {"minute": "minute", "hour": "minute", "day": "day", "week": "week", "month": "month", "year": "year"}
_ORDER = ("minute", "clock", "day", "week", "month", "year")
# Words that Duckling takes for times and travellers seldom mean so: "été" the participle, "sec", "second".
_NEVER = frozenset({"été", "ete", "second", "sec", "mar", "mars", "may", "now", "maintenant", "fall", "an", "ans"})


@dataclass(frozen=True)
class TimeFound:
    """A time in a message: `value` is wall-clock time without zone, `grain` how exact it is.

    `clock` is a time of day without a day ("at 2 pm"); the day of its `value` then means nothing.
    """

    value: datetime
    grain: str
    start: int
    end: int


def find_times(text: str, language: Language, reference: datetime) -> list[TimeFound]:
    """Times in `text`, in order, none overlapping; `reference` is the traveller's wall-clock now, without zone."""
    found = [time for raw in _ask(text, language, reference) if (time := _read(raw, text))]
    found.sort(key=lambda time: (time.start - time.end, _ORDER.index(time.grain)))
    kept: list[TimeFound] = []
    for time in found:
        if all(time.end <= other.start or other.end <= time.start for other in kept):
            kept.append(time)
    return sorted(kept, key=lambda time: time.start)


def _ask(text: str, language: Language, reference: datetime) -> list[dict[str, Any]]:
    zones, dimensions = _zones_and_dimensions()
    moment = duckling.parse_ref_time(zones, "UTC", timegm(reference.timetuple()))
    answer = duckling.parse(text, duckling.Context(moment, _locale(language)), dimensions, False)
    entries = json.loads(answer) if isinstance(answer, str) else answer
    return [entry for entry in entries if entry.get("dim", "time") == "time"]


@lru_cache(maxsize=1)
def _zones_and_dimensions() -> tuple[Any, Any]:
    folder = importlib.resources.files("tzdata") / "zoneinfo"
    return duckling.load_time_zones(str(folder)), duckling.parse_dimensions(["time"])


@lru_cache(maxsize=2)
def _locale(language: Language) -> Any:
    code = language.upper()
    return duckling.parse_locale(f"{code}_CA", duckling.default_locale_lang(duckling.parse_lang(code)))


def _read(raw: dict[str, Any], text: str) -> TimeFound | None:
    start, end = raw["start"], raw["end"]
    value = raw["value"]
    if value.get("type") == "interval":
        # "tomorrow morning": the day is said, the minute is not. An open end ("after 5 pm") keeps the side it has.
        side = value.get("from") or value.get("to")
        if side is None:
            return None
        grain = "day" if side["grain"] in ("hour", "minute") else side["grain"]
        value = {"value": side["value"], "grain": grain}
    grain = _GRAINS.get(value.get("grain", ""), "")
    if not grain or text[start:end].strip().lower() in _NEVER:
        return None
    words = plain(text[start:end])
    if words.startswith("one "):  # "the Canadian one last week" is no one o'clock
        return None
    moment = datetime.fromisoformat(value["value"]).replace(tzinfo=None)
    if grain == "minute" and _BARE_AFTERNOON.fullmatch(words):
        moment += timedelta(hours=12)
    if grain == "minute" and _CLOCK_ONLY.fullmatch(words):
        grain = "clock"
    return TimeFound(moment, grain, start, end)
