"""The written dialogues of this folder: what README.md describes, read into steps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LANGUAGES = {"en": "en", "fr": "fr", "none": None}

# What may stand in brackets: the kind of step, and the form of the note with its values as groups.
_NOTES = {
    "presses": r'presses "(.+)"',
    "proves": r"proves identity as (SAMPLE-\d\d)",
    "tries": r'tries number (\S+) and birth date (.+?): the page says "(.+)"',
    "locks": r'locks the form with number (\S+) and birth date (.+?): the page says "(.+)"',
    "sends_nothing": r"sends nothing",
    "sends_many": r"sends ([\d,]+) characters",
    "repeats": r"sends the same message again",
    "verdict": r"verdict: (\w+) (\w+)",
    "no_verdict": r"no verdict",
    "option": r"option: (\w+) (\w+)",
    "renewal": r"renewal: until (\S+)",
    "next_step": r"next step: (\w+)",
    "source": r"source: (\S+)",
    "language": r"language: (en|fr)",
    "state": r"state: (\w+)",
    "intent": r"intent: (\w+)",
    "offers": r'offers "(.+)"',
    "silent": r"says nothing of: (.+)",
    "stored": r"stored as: (.+)",
    "refused": r"refused: (\d{3})",
    "replies": r"replies: (\d+)",
}
_FORMS = {kind: re.compile(form) for kind, form in _NOTES.items()}


class TranscriptError(ValueError):
    """A line is not in the format; the message names the file, the line and what was expected."""


@dataclass(frozen=True)
class Step:
    """One thing done or expected: `kind` is `traveller`, `guide` or a note's; `line` counts from 1."""

    kind: str
    values: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Transcript:
    """A dialogue. `language` is that of the page it is held on, None for a page that states none."""

    title: str
    language: str | None
    steps: tuple[Step, ...]


def read_transcript(text: str, name: str = "transcript") -> Transcript:
    """The dialogue that `text` writes down.

    Raises:
        TranscriptError: a line is not in the format.
    """
    head: dict[str, str] = {}
    steps: list[Step] = []
    for number, line in _lines(text):
        key, colon, value = line.partition(":")
        if not steps and colon and key in ("Title", "Language"):
            head[key] = value.strip()
        elif colon and key in ("Traveller", "Guide"):
            steps.append(Step(key.lower(), (value.strip(),), number))
        elif line.startswith("[") and line.endswith("]"):
            steps.append(_note(line[1:-1].strip(), number, name))
        else:
            raise TranscriptError(f"{name}, line {number}: expected Traveller:, Guide: or a [note], not {line!r}")
    language = head.get("Language", "")
    if not head.get("Title") or language not in _LANGUAGES:
        raise TranscriptError(f"{name}: expected first a Title: and a Language: (en, fr or none)")
    if not steps:
        raise TranscriptError(f"{name}: nothing is said in it")
    return Transcript(head["Title"], _LANGUAGES[language], tuple(steps))


def read_file(path: Path) -> Transcript:
    """The dialogue in a file. Raises TranscriptError."""
    return read_transcript(path.read_text(encoding="utf-8"), path.name)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers; an indented line goes on with the one before it."""
    whole: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("  ") and whole:
            start, before = whole[-1]
            whole[-1] = (start, f"{before}\n{line.strip()}")
        else:
            whole.append((number, line.rstrip()))
    yield from whole


def _note(text: str, number: int, name: str) -> Step:
    for kind, form in _FORMS.items():
        found = form.fullmatch(text)
        if found:
            return Step(kind, found.groups(), number)
    raise TranscriptError(f"{name}, line {number}: no such note: [{text}]; README.md lists them")
