"""Dates, times and distances as Canadian English and Canadian French write them.

Babel carries the conventions; what is decided here is only which of its forms the guide uses: a clock time always
names whose local time it is, by place ("Vancouver time", "heure de Vancouver"), because British Columbia, Alberta
and Manitoba changed their clocks in 2026 and names like "Pacific Standard Time" no longer say which.
"""

from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time, get_day_names, get_timezone_location
from babel.numbers import format_decimal

Language = Literal["en", "fr"]
_LOCALES = {"en": Locale("en", "CA"), "fr": Locale("fr", "CA")}
# A Babel pattern each, since no named CLDR length gives weekday + date without seconds in both languages.
_DAY = {"en": "EEEE, MMMM d, y", "fr": "EEEE d MMMM y"}
_CLOCK = {"en": "h:mm a", "fr": "H 'h' mm"}
_AT = {"en": "{day}, {clock} ({zone} time)", "fr": "{day}, {clock} (heure de {zone})"}
_AT_VOWEL_FR = "{day}, {clock} (heure d’{zone})"


@lru_cache(maxsize=512)
def zone_place(zone: str, language: Language) -> str:
    """The place a zone is named after, in `language`: `America/Toronto` gives "Toronto"."""
    return str(get_timezone_location(ZoneInfo(zone), locale=_LOCALES[language], return_city=True))


@lru_cache(maxsize=4096)
def day(value: date, language: Language) -> str:
    """A date with its weekday: "Friday, November 27, 2026", "vendredi 27 novembre 2026"."""
    text: str = format_date(value, _DAY[language], locale=_LOCALES[language])
    return text.replace(" 1 ", " 1er ") if language == "fr" else text


def weekday(number: int, language: Language) -> str:
    """A day of the week, counted from 0, a Monday: "Friday", "vendredi"."""
    return str(get_day_names("wide", "stand-alone", _LOCALES[language])[number])


@lru_cache(maxsize=4096)
def plain_date(value: date, language: Language) -> str:
    """A date without weekday: "January 25, 2023", "25 janvier 2023", "1er octobre 2024"."""
    text: str = format_date(value, "long", locale=_LOCALES[language])
    return text.replace("1 ", "1er ", 1) if language == "fr" and value.day == 1 else text


def clock_time(value: datetime, language: Language) -> str:
    """A clock time: "2:30 p.m.", "14 h 30"."""
    return _clock_time(value.hour, value.minute, language)


@lru_cache(maxsize=2 * 24 * 60)
def _clock_time(hour: int, minute: int, language: Language) -> str:
    # Kept by the clock's reading, because one instant reads differently in two zones and yet compares equal.
    return str(format_time(time(hour, minute), _CLOCK[language], locale=_LOCALES[language]))


def moment(value: datetime, language: Language) -> str:
    """Date, time and whose local time it is. `value` must carry a `ZoneInfo`.

    Raises:
        ValueError: `value` has no named zone, so it cannot be said whose time it is.
    """
    if not isinstance(value.tzinfo, ZoneInfo):
        raise ValueError(f"{value.isoformat()} is in no named zone; convert it with astimezone(ZoneInfo(...)) first")
    return _moment(value, value.tzinfo.key, language)


@lru_cache(maxsize=4096)
def _moment(value: datetime, zone: str, language: Language) -> str:
    # The key is an argument because equal instants in different zones compare equal and would share a cache entry.
    place = zone_place(zone, language)
    form = _AT_VOWEL_FR if language == "fr" and place[0] in "AEIOUÉ" else _AT[language]
    return form.format(day=day(value.date(), language), clock=clock_time(value, language), zone=place)


@lru_cache(maxsize=4096)
def kilometres(value: float, language: Language) -> str:
    """A distance in whole kilometres: "1,204 km", "1 204 km"."""
    return f"{format_decimal(round(value), locale=_LOCALES[language])} km"
