"""What is found in a message, in the words of the time tables."""

from datetime import datetime

from bot.formats import Language
from bot.nlu.times import TimeFound, find_times
from tests.nlu.marked import Mark

NOW = datetime.fromisoformat("2026-11-21T12:00")


def found(text: str, language: Language) -> list[Mark]:
    return [Mark(_label(time), time.start, time.end) for time in find_times(text, language, NOW)]


def _label(time: TimeFound) -> str:
    written = {"minute": "%Y-%m-%d %H:%M", "day": "%Y-%m-%d", "clock": "%H:%M"}.get(time.grain)
    return time.value.strftime(written) if written else time.grain
