"""Saying where a program failed without saying on what."""

import traceback
from pathlib import Path

from bot.settings import ROOT


def whereabouts(error: BaseException) -> str:
    """The error's type and the lines it passed through, innermost last, without its message.

    Messages of databases and parsers quote the values they stumbled on, and those are what travellers wrote.
    """
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{shortened(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    text = f"{type(error).__module__}.{type(error).__qualname__} at {' > '.join(lines) or 'no line'}"
    return f"{text}; because of {whereabouts(error.__cause__)}" if error.__cause__ is not None else text


def shortened(filename: str) -> str:
    """A file of ours as it lies in the project, one of a library by its last two names."""
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])
