"""Reading single values: each function takes what stood in the file and gives the value, or says what it expected."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_args

from bot.applicants.digests import PATTERNS, NumberKind, normal_number

Reader = Callable[[object], Any]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_IATA = re.compile(r"[A-Z]{3}")
_YES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class ExpectedError(Exception):
    """A value is not what it should be; the message says what was expected."""


def text(limit: int) -> Reader:
    """Text of one line and at most `limit` characters, in Unicode's composed form."""
    expected = f"text of one line and at most {limit} characters"

    def read(value: object) -> str:
        if not isinstance(value, str) or (not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value)):
            raise ExpectedError("text in UTF-8" if isinstance(value, str) else expected)
        line: str = unicodedata.normalize("NFC", value.strip())
        if not 0 < len(line) <= limit or not line.isprintable():
            raise ExpectedError(expected)
        return line

    return read


def one_of(literal: object) -> Reader:
    """One of the words of a `Literal`, in whatever case."""
    words = {word.casefold(): word for word in get_args(literal)}
    expected = f"one of {', '.join(words.values())}"

    def read(value: object) -> str:
        word: str | None = words.get(value.strip().casefold()) if isinstance(value, str) else None
        if word is None:
            raise ExpectedError(expected)
        return word

    return read


def applicant_id(value: object) -> str:
    """The register's own id. A number is taken for its digits, as spreadsheets like to write them."""
    shown = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not _ID.fullmatch(shown):
        raise ExpectedError("an id of at most 40 letters, digits, dots, dashes and underscores")
    return shown


def plain_date(value: object) -> date:
    """A date written YYYY-MM-DD."""
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError as error:
            raise ExpectedError("a date that exists, YYYY-MM-DD") from error
    raise ExpectedError("YYYY-MM-DD")


def instant(value: object) -> datetime:
    """A date-time with its offset, in UTC."""
    expected = "a date-time with its offset, e.g. 2026-11-25T14:00:00-08:00"
    if not isinstance(value, str) or not _INSTANT.fullmatch(value.strip()):
        raise ExpectedError(expected)
    try:
        moment = datetime.fromisoformat(value.strip())
        if moment.utcoffset() is None:
            raise ExpectedError(expected)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ExpectedError(expected) from error


def flag(value: object) -> bool:
    """True or false, also yes or no."""
    answer = value if isinstance(value, bool) else _YES.get(str(value).strip().casefold())
    if answer is None:
        raise ExpectedError("true or false")
    return answer


def degrees(limit: int) -> Reader:
    """A number of degrees from -`limit` to `limit`."""
    expected = f"degrees from -{limit} to {limit}, with a decimal point"

    def read(value: object) -> float:
        try:
            number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
        except ValueError:
            number = None
        if number is None or not -limit <= number <= limit:
            raise ExpectedError(expected)
        return number

    return read


def count(value: object) -> int:
    """A whole number from 1 to 50."""
    shown = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,2}", shown) or not 1 <= int(shown) <= 50:
        raise ExpectedError("a whole number from 1 to 50")
    return int(shown)


def airport(value: object) -> str:
    """An IATA code."""
    code = value.strip().upper() if isinstance(value, str) else ""
    if not _IATA.fullmatch(code):
        raise ExpectedError("an airport's IATA code of three letters, e.g. YVR")
    return code


def number_of(kind: NumberKind) -> Reader:
    """A PASSID (nine digits) or an application number (6 to 20 letters and digits); spaces and dashes do not count."""
    expected = {"passid": "nine digits", "application": "6 to 20 letters and digits"}[kind]

    def read(value: object) -> str:
        number = normal_number(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if not PATTERNS[kind].fullmatch(number):
            raise ExpectedError(expected)
        return number

    return read
