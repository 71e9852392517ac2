"""Finds complete dates in running text, in the forms used in Canada, English and French.

It reads only far enough to tell a birth date from a date of travel; it does not decide between day-month and
month-day but gives every reading. Work on folded text (`bot.privacy.folding`): plain letters and digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

Reading = tuple[int, int, int]
"""Year, month, day."""

_MONTHS = {
    1: "january|janvier|janv|jan",
    2: "february|fevrier|fevr|feb|fev",
    3: "march|mars|mar",
    4: "april|avril|apr|avr",
    5: "may|mai",
    6: "june|juin|jun",
    7: "july|juillet|juil|jul",
    8: "august|aout|aug",
    9: "september|septembre|sept|sep",
    10: "october|octobre|oct",
    11: "november|novembre|nov",
    12: "december|decembre|dec",
}
_MONTH_OF = {name: number for number, names in _MONTHS.items() for name in names.split("|")}
_MONTH_NAME = "(?P<month>" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")(?![a-z])"
_MONTH = _MONTH_NAME + r"\.?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th|ers?|eme|e))?(?![a-z0-9])"
_TIGHT_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d(?!\d)|'?\d\d(?!\d)(?!\s?(?:h\b|:\d)))"
_FULL_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_GAP = r"[\s,/.-]{0,3}"
_START = r"(?<![\da-z|])"

_FORMS = tuple(
    re.compile(_START + form, re.IGNORECASE)
    for form in (
        rf"{_FULL_YEAR}(?P<sep>\s?[-/.]\s?| )(?P<a>\d\d?)(?P=sep)(?P<b>\d\d?)(?!\d)",
        rf"(?P<a>\d\d?)(?P<sep>\s?[-/.]\s?| )(?P<b>\d\d?)(?P=sep){_FULL_YEAR}(?!\d)",
        r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?P<c>\d\d)(?![\d:])",
        rf"{_FULL_YEAR}(?P<a>\d\d)(?P<b>\d\d)(?!\d)",
        rf"(?P<a>\d\d)(?P<b>\d\d){_FULL_YEAR}(?!\d)",
        rf"{_DAY}{_GAP}(?:of |de |d')?{_MONTH}{_GAP}(?:of |de |in |en )?{_YEAR}",
        rf"{_TIGHT_DAY}{_MONTH_NAME}{_FULL_YEAR}(?!\d)",
        rf"{_MONTH}{_GAP}(?:the |le )?{_DAY}{_GAP}(?:of |de |in |en )?{_YEAR}",
        rf"{_FULL_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}",
    )
)


@dataclass(frozen=True)
class WrittenDate:
    """A complete date at `start` to `end` (exclusive).

    `readings` holds each date it can mean. `certain` is False where it is as well a plain number or two times (two
    digits for the year and no name of a month): then only a cue beside it makes it a date.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    certain: bool


def find_dates(text: str, today: date) -> Iterator[WrittenDate]:
    """Complete dates in `text` in no particular order, without overlaps; `today` settles years of two digits."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            readings = tuple(_readings(match.groupdict(), today))
            if not readings or any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if match.groupdict().get("sep") == " " and _goes_on(text, match.start(), match.end()):
                continue
            taken.append(match.span())
            yield WrittenDate(match.start(), match.end(), readings, _is_certain(match.groupdict(), readings, today))


def _readings(parts: dict[str, str | None], today: date) -> Iterator[Reading]:
    year, month, a, b, c = (parts.get(name) for name in ("year", "month", "a", "b", "c"))
    if month is not None and year is not None:
        yield _full_year(year, today), _MONTH_OF[month.lower()], int(parts["day"] or 0)
        return
    assert a is not None and b is not None
    if year is not None:
        candidates = {(int(year), int(a), int(b)), (int(year), int(b), int(a))}
    else:
        assert c is not None
        last, first = _full_year(c, today), _full_year(a.zfill(2), today)
        candidates = {(last, int(a), int(b)), (last, int(b), int(a)), (first, int(b), int(c))}
    yield from sorted(reading for reading in candidates if 1 <= reading[1] <= 12 and 1 <= reading[2] <= 31)


def _full_year(written: str, today: date) -> int:
    year = int(written.lstrip("'"))
    if len(written.lstrip("'")) == 4:
        return year
    # Trips are booked about a year ahead, so a later year of two digits is one of the last century.
    century = today.year - today.year % 100
    return century + year if century + year <= today.year + 2 else century + year - 100


def _is_certain(parts: dict[str, str | None], readings: tuple[Reading, ...], today: date) -> bool:
    year = parts.get("year")
    if year is not None and parts.get("month") is not None:
        return year.startswith("'") or len(year) == 4
    if year is not None:
        # Eight digits in a row are a date only near today; else they are more likely a document number.
        return parts.get("sep") is not None or any(abs(reading[0] - today.year) <= 5 for reading in readings)
    return parts.get("sep") != "." and (parts.get("sep") == "/" or min(reading[0] for reading in readings) < 2000)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a date written with spaces is part of a longer row of numbers, and so a number and no date."""
    return bool(re.search(r"\d[ -]$", text[:start])) or bool(re.match(r"[ -]\d{3,}", text[end:]))
