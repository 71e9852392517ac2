"""Dates and times in a message, by Duckling in this process.

Duckling is asked in one neutral zone with the traveller's wall clock as reference, and what it gives back is read as
wall-clock time without a zone. Whose wall clock that is, is known only once the airport is: the dialogue puts the
zone on. So no zone rule but that of the `tzdata` package is ever used.
"""

import importlib.resources
import json
import re
from calendar import timegm
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import duckling

from bot.formats import Language
from bot.nlu.clock_words import clock_reading, says_only_a_clock
from bot.nlu.no_times import is_no_time
from bot.nlu.plain import plain
from bot.nlu.time_passages import passages

# A clock time within a named day is "minute"; "Friday" alone is "day"; "next week" and coarser cannot date a flight.
_ORDER = ("minute", "clock", "day", "week", "month", "year")
# A stretch longer than this ("the weekend", "November 25 to 30", "summer") is no day of travel.
_ONE_DAY = timedelta(hours=25)
# Two hours between which a flight leaves: the day beside them is what can be known.
_CLOCK = r"(?:\d{1,2}(?::\d\d| ?h(?:eures?)?(?: ?\d\d)?)?(?: ?[ap]\.?m\b\.?)?|noon|midi|midnight|minuit)"
_RANGE = re.compile(rf"\b(?:between|from|entre|de) {_CLOCK} ?(?:and|to|et|a|-) ?{_CLOCK}(?![\w:])")
_BESIDE_RANGE = 3
_BACK = re.compile(
    r"\b(?:revien\w*|reven\w*|retour\w*|rentr\w*|return\w*|back(?: home)?)"
    r"(?: (?:est|is|are|prevue?|le|on|the|a|at|vol|flight))*\W*\Z"
)
_BACK_BEFORE = 32
# "the Canadian one yesterday": no one o'clock.
_THAT_ONE = re.compile(r"\b(?:canadian|american|cbsa|asfc|cbp|us|u\.s\.|other|first|second|the|this|that|which) one\b")
# Spellings that Duckling does not know, as long as it takes.
_SPELLINGS = {"aujourdhui": "aujourd'hui", "tmr": "tomorrow", "tommorow": "tomorrow", "tommorrow": "tomorrow"}
_MISSPELT = re.compile(rf"\b(?:{'|'.join(_SPELLINGS)})\b", re.IGNORECASE)
# « vendredi à 2 pm »: half English, which Duckling does not read in French.
_HALVES = re.compile(r"\b(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?", re.IGNORECASE)
# « le 2 décembre » in an English sentence: words that are of one language alone.
_DAYS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|noon|midnight"
        r"|january|february|march|april|june|july|august|(?:septem|octo|novem|decem)ber)\b"
    ),
    "fr": re.compile(
        r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|aujourd'hui|aujourdhui|demain|midi|minuit"
        r"|janvier|fevrier|avril|juin|juillet|aout|(?:septem|octo|novem|decem)bre)\b"
    ),
}
_WEEKDAY = re.compile(
    r"\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|\w+day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)
_THIS = re.compile(r"\b(?:today|this|last|past|ce|cet|dernier|passe)\b")
# « 17h45 » in a message that is taken for English, of which it would leave the minutes out.
_BY_H = re.compile(r"\b(?P<hour>[01]?\d|2[0-3]) ?h ?(?P<minute>[0-5]\d)\b", re.IGNORECASE)
_IN_HOURS = re.compile(r"(?:in|dans) .*\b(?:hours?|hrs?|h|heures?|min|mins|minutes?)")
_IN_DAYS = re.compile(r"(?:in|dans) .*\b(?:days?|jours?)")
_EVE = re.compile(r"(?:la )?veille (?:de |du |d')(?:la |le |l')?$")
# Duckling takes text as C does: a NUL ends the process.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NOUGHTS = re.compile(r" ?00\b")
_WEEK_FROM = re.compile(r"(?:a|one|1) week from ")


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
    plain_text = plain(text)
    hidden = [match.span() for match in _RANGE.finditer(plain_text)]
    ones = [(match.end() - 3, match.end()) for match in _THAT_ONE.finditer(plain_text)]
    text, plain_text = _without(text, [*hidden, *ones]), _without(plain_text, [*hidden, *ones])
    found = [
        _with_range(time, hidden)
        for start, end in passages(plain_text)
        for spoken in [_language_of(plain_text[start:end], language)]
        for raw in _ask(text[start:end], spoken, reference)
        if (time := _read(raw, start, plain_text, spoken, reference)) is not None
    ]
    found.sort(key=lambda time: (time.start - time.end, _ORDER.index(time.grain)))
    kept: list[TimeFound] = []
    for time in found:
        if all(time.end <= other.start or other.end <= time.start for other in kept):
            kept.append(time)
    return _there(sorted(kept, key=lambda time: time.start), plain_text)


def _there(times: list[TimeFound], plain_text: str) -> list[TimeFound]:
    """Of the way there and back the times there: « je pars le 4 et je reviens le 7 »."""
    there = [time for time in times if not _BACK.search(plain_text, max(0, time.start - _BACK_BEFORE), time.start)]
    return there or times


def _language_of(plain_passage: str, language: Language) -> Language:
    """The language of a passage: that of the message, unless its days and months are of the other one alone."""
    other: Language = "en" if language == "fr" else "fr"
    return other if _DAYS[other].search(plain_passage) and not _DAYS[language].search(plain_passage) else language


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "." * (end - start) + text[end:]
    return text


def _with_range(time: TimeFound, ranges: list[tuple[int, int]]) -> TimeFound:
    """A day with the hours beside it, "between 2 pm and 4 pm tomorrow": the day is known, the hour is not."""
    for start, end in ranges:
        if time.grain == "day" and 0 <= max(time.start - end, start - time.end) <= _BESIDE_RANGE:
            return replace(time, start=min(time.start, start), end=max(time.end, end))
    return time


def _ask(text: str, language: Language, reference: datetime) -> list[dict[str, Any]]:
    zones, dimensions = _zones_and_dimensions()
    moment = duckling.parse_ref_time(zones, "UTC", timegm(reference.timetuple()))
    text, places = _spelt(_CONTROL.sub(" ", text), language)
    answer = duckling.parse(text, duckling.Context(moment, _locale(language)), dimensions, False)
    entries = json.loads(answer) if isinstance(answer, str) else answer
    return [
        entry | {"start": places[entry["start"]], "end": places[entry["end"]]}
        for entry in entries
        if entry.get("dim", "time") == "time"
    ]


def _spelt(text: str, language: Language) -> tuple[str, list[int]]:
    """`text` in spellings that Duckling knows, and for each place in it the place in what was typed."""
    spelt, last = "", 0
    places: list[int] = []
    changes = [(match, _SPELLINGS[match.group().lower()]) for match in _MISSPELT.finditer(text)]
    if language == "fr":
        changes += [(match, _by_24_hours(match)) for match in _HALVES.finditer(text)]
    else:
        changes += [(match, f"{match['hour']}:{match['minute']}") for match in _BY_H.finditer(text)]
    for match, spelling in sorted(changes, key=lambda change: change[0].start()):
        spelt += text[last : match.start()] + spelling
        places += range(last, match.start())
        places += [match.start()] * (len(spelt) - len(places))
        last = match.end()
    return spelt + text[last:], [*places, *range(last, len(text) + 1)]


def _by_24_hours(match: re.Match[str]) -> str:
    afternoon = match["half"].lower() == "p"
    hour = int(match["hour"]) % 12 + (12 if afternoon else 0)
    return f"{hour}h{match['minute'] or '00'}{'' if afternoon or hour == 0 else ' du matin'}"


@lru_cache(maxsize=1)
def _zones_and_dimensions() -> tuple[Any, Any]:
    folder = importlib.resources.files("tzdata") / "zoneinfo"
    return duckling.load_time_zones(str(folder)), duckling.parse_dimensions(["time"])


@lru_cache(maxsize=2)
def _locale(language: Language) -> Any:
    code = language.upper()
    return duckling.parse_locale(f"{code}_CA", duckling.default_locale_lang(duckling.parse_lang(code)))


def _read(
    raw: dict[str, Any], shift: int, plain_text: str, language: Language, reference: datetime
) -> TimeFound | None:
    """What Duckling found in the passage that begins at `shift`; None where it is no time of travel."""
    start, end = raw["start"] + shift, raw["end"] + shift
    words = plain_text[start:end].strip()
    moment, grain = _moment(raw["value"])
    soon = _IN_HOURS.fullmatch(words) is not None
    grain = "minute" if soon and grain == "second" else grain
    if moment is None or (grain not in _ORDER and grain != "hour") or is_no_time(plain_text, start, end):
        return None
    if _IN_DAYS.fullmatch(words):
        grain = "day"
    if _WEEK_FROM.match(words):  # Duckling counts from the day before this one of that name
        moment += timedelta(days=7)
    eve = _EVE.search(plain_text[:start])
    if eve and grain == "day":
        moment, start = moment - timedelta(days=1), eve.start()
    if grain in ("minute", "hour"):
        clock = None if soon else clock_reading(words, language)
        if clock is not None:
            moment = datetime.combine(moment.date(), clock)
        grain = "clock" if says_only_a_clock(words) else "minute"
    if _is_over(raw["value"], moment, words, reference):
        moment += timedelta(days=7)
    # « 14 h 00 »: Duckling leaves the noughts out.
    noughts = _NOUGHTS.match(plain_text, end)
    end = noughts.end() if noughts and plain_text[:end].endswith("h") else end
    return TimeFound(moment, grain, start, end)


def _is_over(value: dict[str, Any], moment: datetime, words: str, reference: datetime) -> bool:
    """Whether a weekday and its hour, by its name alone, are past already today: "Saturday morning", in the evening."""
    if moment.date() != reference.date() or _WEEKDAY.search(words) is None or _THIS.search(words):
        return False
    if re.search(rf"\b0?{moment.day}(?:st|nd|rd|th|er)?\b", words):  # the date is said too
        return False
    return (_wall(value["to"]["value"]) if "to" in value else moment) < reference


def _moment(value: dict[str, Any]) -> tuple[datetime | None, str]:
    """The moment and the grain of what Duckling found, None where it says none."""
    if value.get("type") != "interval":
        return (_wall(value["value"]), value["grain"]) if "value" in value else (None, "")
    side = value.get("from")
    if side is None:  # "before Friday" names the day on which one does not fly
        return None, ""
    moment = _wall(side["value"])
    if "to" in value and _wall(value["to"]["value"]) - moment > _ONE_DAY:
        return moment, "week"
    # "tomorrow morning": the day is said, the minute is not. An open end ("after 5 pm") keeps the side it has.
    return moment, "day" if side["grain"] in ("hour", "minute") else side["grain"]


def _wall(value: str) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=None)
