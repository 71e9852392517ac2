"""The phrases of `phrases.yml`, read once and compiled; all are matched against the plain form of a text."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

FILE = Path(__file__).with_name("phrases.yml")
FACTS = frozenset(
    {"airport", "city", "centre", "flight_number", "time", "application_status", "cbsa_interview", "shared"}
)
PLACES = frozenset({"airport", "city", "centre"})
_WORD = re.compile(r"[a-z0-9]+(?:[.'-][a-z0-9]+)*'?")
_PART = re.compile(r"[a-z0-9]+'?")


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One pattern for each kind of phrase, of both languages."""

    corrects: re.Pattern[str]
    denies: re.Pattern[str]
    small: re.Pattern[str]
    follows: re.Pattern[str]
    there_from: re.Pattern[str]
    there: re.Pattern[str]
    next_day: re.Pattern[str]
    day_before: re.Pattern[str]
    week_later: re.Pattern[str]
    this_one: re.Pattern[str]
    others: re.Pattern[str]
    drops_trip: re.Pattern[str]
    drops: re.Pattern[str]
    says_yes: re.Pattern[str]
    says_no: re.Pattern[str]
    unknown: re.Pattern[str]
    both: re.Pattern[str]
    takes_leave: re.Pattern[str]
    canadian: re.Pattern[str]
    done: re.Pattern[str]
    booked: re.Pattern[str]
    answering: re.Pattern[str]
    asks: re.Pattern[str]
    asks_inside: re.Pattern[str]
    links: re.Pattern[str]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The phrases of this installation.

    Raises:
        msgspec.ValidationError: the file lacks a kind of phrase or has an unknown one.
    """
    content = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return msgspec.convert(content, Phrases, dec_hook=_pattern)


def _pattern(_: type, listed: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in listed))


def only_small_words(plain_text: str, entities: Sequence[Mapping[str, Any]] = ()) -> bool:
    """Whether `plain_text` says nothing but its facts: what is left of it are small words.

    "sorry, leaving from Ottawa the next day" says nothing else; "is Ottawa open on Saturday" does.
    """
    said = phrases()
    left = plain_text
    for pattern in (said.next_day, said.day_before, said.week_later, said.there_from):
        left = pattern.sub(lambda match: " " * len(match.group()), left)
    left = blanked(left, [entity for entity in entities if entity["entity"] in FACTS])
    small = said.small
    return all(
        small.fullmatch(word) or all(small.fullmatch(part) for part in _PART.findall(word))
        for word in _WORD.findall(left)
    )


def blanked(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    """`text`, as long as it was, without the words of `entities`."""
    for entity in entities:
        start, end = int(entity["start"]), int(entity["end"])
        text = text[:start] + " " * (end - start) + text[end:]
    return text
