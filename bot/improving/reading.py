"""Reads sentences with the trained model, in the way of a first message in a conversation."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Reading:
    """What a sentence was taken for: the likeliest intent, how sure that is (0 to 1), and whether it was enough."""

    intent: str
    confidence: float
    asked_again: bool


def open_reader(file: Path, now: datetime) -> Callable[[str], Reading]:
    """Loads the model `file`, one that this installation trained; takes seconds. `now` is what "tomorrow" refers to.

    Raises:
        ModelError: the model cannot be used.
    """
    from bot.dialogue.quiet import quiet_rasa

    quiet_rasa()
    from bot.dialogue.assistant import load_assistant
    from bot.dialogue.reading import Reader
    from bot.nlu.entities import DEFAULT_ZONE

    reader = Reader(load_assistant(file).pipeline)
    wall_clock = now.astimezone(DEFAULT_ZONE).replace(tzinfo=None)

    def read(text: str) -> Reading:
        understood = reader.read(text, None, wall_clock)
        ranking = [entry for entry in understood["intent_ranking"] if entry["name"] != FALLBACK]
        best = ranking[0] if ranking else understood["intent"]
        return Reading(best["name"], float(best["confidence"]), understood["intent"]["name"] == FALLBACK)

    return read


def digest(file: Path) -> str:
    """The SHA-256 of a model file, in hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
