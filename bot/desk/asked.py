"""What stands in the query of a request at the desk."""

from typing import TypeVar

from aiohttp import web

from bot.http.problems import wrong_field

_Choice = TypeVar("_Choice", bound=str)
_LARGEST_SEQ = 2**31 - 1
_MOST = 100
_LONGEST_NAME = 20


def one_of(request: web.Request, name: str, choices: tuple[_Choice, ...]) -> _Choice | None:
    """One of the choices, or None where it is missing or empty. Raises Problem 422."""
    written = request.query.get(name) or None
    for choice in choices:
        if written == choice:
            return choice
    if written is not None:
        raise wrong_field(name, f"expected one of {', '.join(choices)}")
    return None


def short_name(request: web.Request, name: str) -> str | None:
    """A word such as the name of a channel, or None where it is missing or empty. Raises Problem 422."""
    written = request.query.get(name) or None
    if written is not None and not (written.isascii() and written.isprintable() and len(written) <= _LONGEST_NAME):
        raise wrong_field(name, f"expected a name of at most {_LONGEST_NAME} characters")
    return written


def seq(request: web.Request, name: str) -> int | None:
    """The number of a message, or None where it is missing. Raises Problem 422."""
    written = request.query.get(name)
    if written is None:
        return None
    return min(_number(name, written), _LARGEST_SEQ)


def limit(request: web.Request, usual: int = 50) -> int:
    """How many are wanted, from 1 to 100. Raises Problem 422."""
    number = _number("limit", request.query.get("limit", str(usual)))
    if not 1 <= number <= _MOST:
        raise wrong_field("limit", f"expected a number from 1 to {_MOST}")
    return number


def _number(name: str, written: str) -> int:
    if not (written.isascii() and written.isdigit()):
        raise wrong_field(name, "expected a number, 0 or more")
    return int(written[:20])
