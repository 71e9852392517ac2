"""Reads cases from JSON: either a `Case` that the engine can rule on, or every fault it has, each naming its field.

Never a guess: an unknown field, an unknown airport, a city with several airports and a centre nobody knows are faults.
Order: the text is parsed, then its shape is checked against the types (`bot.guidance.case`), then what the shape alone
cannot say is checked against the policy (`bot.guidance.sense`). Faults of both kinds are told together.
"""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from bot.guidance.case import Case
from bot.guidance.policy import Policy
from bot.guidance.sense import normalised, senseless

MAX_CASE_BYTES = 256 * 1024
MAX_CASES_BYTES = 32 * 1024 * 1024
MAX_CASES = 10_000
MAX_DEPTH = 16


class CaseError(ValueError):
    """A case cannot be read. `errors` has one `path: what is wrong` for each fault, each on one line."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


def read_case(data: bytes | str | dict[str, Any], policy: Policy) -> Case:
    """One case, from JSON text or from JSON already parsed.

    Raises:
        CaseError: with all faults.
    """
    value = parsed(data, MAX_CASE_BYTES)
    _check_depth(value)
    return _read(value, policy)


def read_cases(data: bytes | str | list[Any], policy: Policy) -> tuple[Case, ...]:
    """An array of cases; a fault's path begins with the case's index: `[3].now: missing`.

    Raises:
        CaseError: with all faults of all cases.
    """
    value = parsed(data, MAX_CASES_BYTES)
    if not isinstance(value, list):
        raise CaseError([f"cases: expected an array of cases, got {_kind(value)}"])
    return _read_all(value, policy)


def read_one_or_many(data: bytes | str, policy: Policy) -> Case | tuple[Case, ...]:
    """A case, or an array of cases, whichever `data` holds.

    Raises:
        CaseError: with all faults.
    """
    value = parsed(data, MAX_CASES_BYTES)
    if isinstance(value, list):
        return _read_all(value, policy)
    if len(data) > MAX_CASE_BYTES:
        raise _too_large(MAX_CASE_BYTES)
    _check_depth(value)
    return _read(value, policy)


def parsed(data: object, limit: int) -> Any:
    """The JSON value in `data`, strictly: UTF-8, no key twice, no NaN; a value that is no text is taken as it is.

    Raises:
        CaseError: it is no such JSON, or longer than `limit` bytes (characters, for a `str`).
    """
    if not isinstance(data, bytes | bytearray | memoryview | str):
        return data
    if len(data) > limit:
        raise _too_large(limit)
    try:
        text = data if isinstance(data, str) else bytes(data).decode("utf-8")
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise CaseError([f"case: not UTF-8 text (byte {error.start}); send JSON in UTF-8"]) from error
    except json.JSONDecodeError as error:
        raise CaseError([f"case: not JSON: {error.msg} at line {error.lineno}, column {error.colno}"]) from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        if isinstance(error, CaseError):
            raise
        raise CaseError([f"case: not JSON: a number has too many digits ({len(data)} bytes in all)"]) from error


def _read_all(values: list[Any], policy: Policy) -> tuple[Case, ...]:
    if len(values) > MAX_CASES:
        raise CaseError([f"cases: {len(values)} cases; send at most {MAX_CASES} at a time"])
    _check_depth(values, MAX_DEPTH + 1)
    cases: list[Case] = []
    errors: list[str] = []
    for index, value in enumerate(values):
        try:
            cases.append(_read(value, policy))
        except CaseError as error:
            errors += [f"[{index}].{line}" for line in error.errors]
    if errors:
        raise CaseError(errors)
    return tuple(cases)


def _read(value: object, policy: Policy) -> Case:
    nonsense = list(senseless(value, policy))
    try:
        case = msgspec.convert(value, Case)
    except (msgspec.ValidationError, OverflowError, RecursionError) as error:
        # Only a case with faults pays for finding all of them.
        from bot.guidance.shape import misshapen

        faults = list(misshapen(value)) or [_as_path(str(error))]
        raise CaseError(_without_doubles([*faults, *nonsense])) from error
    if nonsense:
        raise CaseError(nonsense)
    return normalised(case)


def _without_doubles(errors: list[str]) -> list[str]:
    """One fault a field: what is of the wrong shape need not make sense too."""
    first: dict[str, str] = {}
    for error in errors:
        first.setdefault(error.partition(": ")[0], error)
    return list(first.values())


def _as_path(message: str) -> str:
    what, _, where = message.rpartition(" - at `$")
    return f"{where.strip('`').lstrip('.') or 'case'}: {what or message}"


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise CaseError([f"case: the field {json.dumps(twice[:80])} is given twice in one object; give it once"])
    return found


def _no_constant(name: str) -> float:
    raise CaseError([f"case: {name} is not a JSON number"])


def _check_depth(value: object, limit: int = MAX_DEPTH) -> None:
    level: list[object] = [value]
    for _ in range(limit):
        level = list(_children(level))
        if not level:
            return
    raise _too_deep()


def _children(level: list[object]) -> Iterator[object]:
    for value in level:
        if isinstance(value, dict):
            yield from (child for child in value.values() if isinstance(child, dict | list))
        elif isinstance(value, list):
            yield from (child for child in value if isinstance(child, dict | list))


def _too_deep() -> CaseError:
    return CaseError([f"case: nested too deeply; a case has at most {MAX_DEPTH} levels"])


def _too_large(limit: int) -> CaseError:
    return CaseError([f"case: too large; send at most {limit // 1024} KiB"])


def _kind(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
