"""Every fault in a case's shape, one line each: `trips[0].segments[1].departs_at: not a date-time with offset`.

The schema is the one made from the types; this is only asked when a case has already failed to be one.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import jsonschema
import msgspec

from bot.guidance.case import Case, Instant

_JSON_KINDS = {
    "object": "an object",
    "array": "an array",
    "string": "a text",
    "number": "a number",
    "integer": "a number",
    "boolean": "true or false",
    "null": "null",
}
_FORMATS = {"date-time": "not a date-time with offset", "date": "not a date (YYYY-MM-DD)"}


def misshapen(value: object) -> Iterator[str]:
    """All faults of shape in `value`, in the order of their paths."""
    errors = sorted(_validator().iter_errors(value), key=lambda error: list(error.absolute_path))
    for error in errors:
        yield from _told(error)


def _told(error: jsonschema.ValidationError) -> Iterator[str]:
    if error.validator == "anyOf":
        # Written by the types as "this or null": what is wrong is what is wrong with the former.
        for inner in error.context or ():
            if inner.validator_value != "null":
                yield from _told(inner)
        return
    path = _path(error.absolute_path)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        # One error is made for each missing name; they differ only in their message.
        name = next(name for name in missing if error.message.startswith(repr(name)))
        yield f"{_join(path, name)}: missing"
    elif error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for name in error.instance:
            if name not in known:
                yield f"{_join(path, _plain(name))}: unknown field{_nearest(str(name), known)}"
    else:
        tell = _TELL.get(str(error.validator), _message)
        yield f"{path or 'case'}: {tell(error)}"


def _type(error: jsonschema.ValidationError) -> str:
    if error.schema.get("format") in _FORMATS:
        return _format(error)
    return f"expected {_JSON_KINDS[str(error.validator_value)]}, got {_kind(error.instance)}"


def _enum(error: jsonschema.ValidationError) -> str:
    choices = [str(choice) for choice in error.validator_value]
    given = error.instance
    if not isinstance(given, str):
        return f"expected one of {', '.join(choices)}; got {_kind(given)}"
    return f"expected one of {', '.join(choices)}; got {_quoted(given)}{_nearest(given, choices)}"


def _format(error: jsonschema.ValidationError) -> str:
    return _FORMATS[error.schema["format"]]


def _message(error: jsonschema.ValidationError) -> str:
    return f"expected {error.validator} {error.validator_value}"


_TELL: dict[str, Callable[[jsonschema.ValidationError], str]] = {
    "type": _type,
    "enum": _enum,
    "format": _format,
    "minLength": lambda error: "empty; give a text",
    "maxLength": lambda error: f"too long; at most {error.validator_value} characters",
    "minItems": lambda error: "empty; give at least one",
    "maxItems": lambda error: f"too many; at most {error.validator_value}, got {len(error.instance)}",
    "minimum": lambda error: f"expected at least {error.validator_value}, got {_number(error.instance)}",
    "maximum": lambda error: f"expected at most {error.validator_value}, got {_number(error.instance)}",
}


def _path(steps: Iterable[str | int]) -> str:
    path = ""
    for step in steps:
        path = f"{path}[{step}]" if isinstance(step, int) else _join(path, step)
    return path


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _plain(name: object) -> str:
    text = str(name)
    return text if text.replace("_", "").isalnum() and text.isascii() and len(text) <= 60 else _quoted(text)


def _quoted(text: str) -> str:
    """The text on one line whatever it holds, and short."""
    return json.dumps(text[:60]) + ("…" if len(text) > 60 else "")


def _number(value: object) -> str:
    try:
        return str(value)[:40]
    except ValueError:
        return "a number with too many digits"


def _kind(value: object) -> str:
    for kind, types in (
        ("boolean", bool),
        ("null", type(None)),
        ("object", dict),
        ("array", list),
        ("string", str),
        ("number", (int, float)),
    ):
        if isinstance(value, types):
            return _JSON_KINDS[kind]
    return type(value).__name__


@lru_cache(maxsize=1)
def _validator() -> Any:
    checker = jsonschema.FormatChecker(formats=())
    for name, kind in (("date-time", Instant), ("date", date)):
        checker.checks(name, raises=msgspec.ValidationError)(_converts(kind))
    return jsonschema.Draft202012Validator(msgspec.json.schema(Case), format_checker=checker)


def _converts(kind: Any) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if isinstance(value, str):
            msgspec.convert(value, kind)
        return True

    return check
