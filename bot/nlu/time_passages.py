"""The passages of a message that may hold a time, each short and plain enough to ask Duckling about.

Duckling tries every combination of the time words it sees. Some ten words that a traveller may well type ("vendredi à
14 h 30 le 3 décembre", twice) take it seconds, a hundred characters more memory than a machine has, and nothing can
interrupt it. So a passage holds one weekday, one month, one part of the day and so on, and few numbers: enough for any
one time.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml

FILE = Path(__file__).with_name("time_words.yml")
# A message with more of them is no question about a flight.
MOST_PASSAGES = 12
MOST_WORDS = 16
MOST_TIME_WORDS = 8
# How many words of a kind one passage may hold where it is not one: "November 27, 2026, 2:00", "half an hour".
_MOST = {"number": 5, "unit": 2, "feast": 2, "meridiem": 2}
# What makes a time of numbers alone: "at 7", « le 3 », "2026-12-03", "6:40", "the 3rd". Others are counts and prices.
_LEADS = frozenset(
    {
        "at",
        "@",
        "on",
        "the",
        "around",
        "about",
        "by",
        "before",
        "after",
        "until",
        "a",
        "le",
        "du",
        "au",
        "vers",
        "des",
        "avant",
        "apres",
        "pour",
    }
)
_TIME_OF_NUMBERS = re.compile(r"\d{1,4}(?:[-/:]\d{1,2})(?:[-/:]\d{1,4})?|\d{1,2}(?:st|nd|rd|th|er)")
# Words that say no time and yet stand within one or lead to it: "the 3rd of", "à partir du".
_GAP = 3
_WORD = re.compile(
    r"aujourd'hui|o'clock|apres-demain|avant-hier|apres-midi|[ap]\.m\b\.?|[a-z]+"
    r"|\d+(?:[-/:]\d+){0,2}(?:st|nd|rd|th|er)?|\S"
)


class Passage(NamedTuple):
    """Characters `start` to `end` of a message."""

    start: int
    end: int


class _Word(NamedTuple):
    start: int
    end: int
    kind: str | None


def passages(plain_text: str) -> list[Passage]:
    """The passages of a plain text (`bot.nlu.plain`) that may hold a time, in order, at most `MOST_PASSAGES`."""
    words = [_Word(m.start(), m.end(), _kind(m.group())) for m in _WORD.finditer(plain_text)]
    found = []
    free = 0
    for first, last in _groups(words):
        if _says_no_time(words, first, last, plain_text):
            continue
        lead = first
        while lead > free and first - lead < _GAP and words[lead - 1].kind is None:
            lead -= 1
        # The word after it may turn it round: "three hours before", « trois heures avant ».
        free = last + 2 if last + 1 < len(words) and words[last + 1].kind is None else last + 1
        found.append(Passage(words[lead].start, words[free - 1].end))
        if len(found) == MOST_PASSAGES:
            break
    return found


def _says_no_time(words: list[_Word], first: int, last: int, plain_text: str) -> bool:
    """Whether nothing makes a time of a run of time words: "I am", "what next", "the second", 120."""
    alone = [word for word in words[first : last + 1] if word.kind is not None]
    kinds = {word.kind for word in alone}
    if kinds <= {"turn", "meridiem"} or kinds == {"unit"}:
        return True
    spelt = not any(plain_text[word.start].isdecimal() for word in alone)
    if kinds <= {"number", "turn"} and spelt and "turn" in kinds:  # "this one", "next two"
        return True
    if kinds != {"number"} or any(_TIME_OF_NUMBERS.fullmatch(plain_text, word.start, word.end) for word in alone):
        return False
    before = plain_text[words[first - 1].start : words[first - 1].end] if first else ""
    return before not in _LEADS or (spelt and before in ("the", "le", "a"))


def _groups(words: list[_Word]) -> Iterator[tuple[int, int]]:
    """First and last word of each run of time words that may belong together."""
    first = last = -1
    held: Counter[str] = Counter()
    for index, word in enumerate(words):
        if word.kind is None:
            continue
        near = index - last <= _GAP + 1 and index - first < MOST_WORDS
        room = held.total() < MOST_TIME_WORDS and held[word.kind] < _MOST.get(word.kind, 1)
        if first >= 0 and not (near and room):
            yield first, last
            first, held = index, Counter()
        elif first < 0:
            first = index
        held[word.kind] += 1
        last = index
    if first >= 0:
        yield first, last


def _kind(word: str) -> str | None:
    return "number" if word[0].isdecimal() else _kinds().get(word)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """What each word of `time_words.yml` says.

    Raises:
        msgspec.ValidationError: the file is no mapping of kinds to words.
    """
    file = msgspec.convert(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), dict[str, list[str]])
    return {word: kind for kind, listed in file.items() for word in listed}
