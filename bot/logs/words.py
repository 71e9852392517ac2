"""What a record may say. Ours says what it was written to say, its values masked; a library's may quote anything.

So of a library's record only what stands in its code is kept: a message that is a constant there, with its numbers.
Whatever it put together at run time, a text that it was given or an error's message, is left out, and where in the
library it happened stands instead.
"""

import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from types import FrameType

from bot.logs.faults import shortened, whereabouts
from bot.logs.masked import masked, masked_value

_OURS = ("bot", "actions")
_LEFT_OUT = "…"
_LOGGING_FRAMES = 40
_FIELD = re.compile(r"%(?:\((?P<name>\w+)\))?[#0 +-]*[\d*]*(?:\.[\d*]+)?[a-zA-Z]")


Args = tuple[object, ...] | Mapping[str, object] | None


def said(record: logging.LogRecord, args: Args) -> str:
    """One line for the record with its `args`, without the text of any exception; control characters are escaped."""
    now = datetime.fromtimestamp(record.created, UTC)
    line = _ours(record, args, now) if record.name.partition(".")[0] in _OURS else _of_library(record, args)
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        line = f"{line}: {whereabouts(error)}"
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line)


def _ours(record: logging.LogRecord, args: Args, now: datetime) -> str:
    template = str(record.msg)
    if not args:
        return masked(template, now)
    if isinstance(args, Mapping):
        return template % {name: masked_value(value, now) for name, value in args.items()}
    return _filled(template, tuple(masked_value(value, now) for value in args))


def _filled(template: str, values: tuple[object, ...]) -> str:
    try:
        return template % values
    except TypeError:
        # A number that was masked is a text now, and does not go where a number is expected.
        return _FIELD.sub("%s", template) % values


def _of_library(record: logging.LogRecord, args: Args) -> str:
    place = f"{shortened(record.pathname)}:{record.lineno}"
    if record.name == "py.warnings":
        return f"a warning from {_warned_at(record, args)}"
    if not isinstance(record.msg, str) or not _is_in_the_code(record):
        return f"{_LEFT_OUT} at {place}"
    if not args:
        return record.msg
    if isinstance(args, Mapping):
        return f"{record.msg} at {place}"
    try:
        return _filled(record.msg, tuple(_number_or_nothing(value) for value in args))
    except (TypeError, ValueError):
        return f"{record.msg} at {place}"


def _number_or_nothing(value: object) -> object:
    if isinstance(value, bool | int | float) and abs(value) < 1_000_000:
        return value
    return f"{type(value).__module__}.{type(value).__qualname__}" if isinstance(value, BaseException) else _LEFT_OUT


def _warned_at(record: logging.LogRecord, args: Args) -> str:
    """File, line and kind of a Python warning; its text may hold what it warned of."""
    text = str(args[0]) if isinstance(args, tuple) and args else str(record.msg)
    found = re.match(r"(?P<file>[^\n:]+):(?P<line>\d+): (?P<kind>\w+):", text)
    return f"{shortened(found['file'])}:{found['line']}: {found['kind']}" if found else "Python"


def _is_in_the_code(record: logging.LogRecord) -> bool:
    """Whether the message is a constant of the function that logged it; logging calls us from inside it."""
    frame: FrameType | None = sys._getframe(1)
    for _ in range(_LOGGING_FRAMES):
        if frame is None:
            return False
        code = frame.f_code
        if code.co_filename == record.pathname and code.co_name == record.funcName:
            return record.msg in code.co_consts
        frame = frame.f_back
    return False
