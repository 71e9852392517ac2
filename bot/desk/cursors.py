"""Where a page of a list ended, as a string that means nothing to whoever carries it to the next page."""

import base64
from typing import TypeVar

import msgspec

from bot.http.problems import Problem, wrong_field

_LONGEST = 400
_Place = TypeVar("_Place", bound=msgspec.Struct)


def cursor_of(place: msgspec.Struct) -> str:
    """The cursor of a place in a list."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(place)).decode().rstrip("=")


def place_of(cursor: str, kind: type[_Place]) -> _Place:
    """The place a cursor stands for. Raises Problem 422 for what is no cursor of such a list."""
    try:
        raw = base64.b64decode(cursor[:_LONGEST] + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise not_a_cursor() from error
    try:
        return msgspec.msgpack.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise not_a_cursor() from error


def not_a_cursor() -> Problem:
    """422: the string was not given by the list it is used for."""
    return wrong_field("cursor", "expected the `next` of the page before, as it was given")
