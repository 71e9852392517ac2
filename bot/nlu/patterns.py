"""The language patterns of `patterns.yml`, read once and compiled."""

import re
from functools import lru_cache
from pathlib import Path

import msgspec
import yaml

from bot.formats import Language

FILE = Path(__file__).with_name("patterns.yml")


class _File(msgspec.Struct, forbid_unknown_fields=True):
    claims: dict[str, dict[str, list[str]]]
    asked: tuple[str, str]
    supposed: str
    agencies: dict[str, list[str]]
    roles: dict[str, list[str]]
    fillers: list[str]
    carriers: dict[str, list[str]]
    not_airports: list[str]
    capitals: dict[str, str]
    words: dict[Language, list[str]]


class Patterns(msgspec.Struct, frozen=True):
    """Compiled patterns. All are matched against the plain form of a text (`bot.nlu.plain`)."""

    claims: tuple[tuple[str, str, re.Pattern[str]], ...]
    asked: tuple[re.Pattern[str], re.Pattern[str]]
    supposed: re.Pattern[str]
    agencies: tuple[tuple[str, re.Pattern[str]], ...]
    carriers: dict[str, list[str]]
    roles: tuple[tuple[str, re.Pattern[str]], ...]
    not_airports: frozenset[str]
    capitals: dict[str, str]
    words: dict[Language, frozenset[str]]


@lru_cache(maxsize=1)
def load_patterns() -> Patterns:
    """The patterns of this installation.

    Raises:
        msgspec.ValidationError: the file has an unknown key or a value of the wrong kind.
    """
    file = msgspec.convert(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), _File)
    fillers = "|".join(re.escape(word) for word in sorted(file.fillers, key=len, reverse=True))
    words = [(role, word) for role, listed in file.roles.items() for word in listed]
    words.sort(key=lambda pair: -len(pair[1]))
    return Patterns(
        claims=tuple(
            (entity, value, re.compile(pattern))
            for entity, values in file.claims.items()
            for value, patterns in values.items()
            for pattern in patterns
        ),
        asked=(re.compile(file.asked[0]), re.compile(file.asked[1])),
        supposed=re.compile(file.supposed),
        agencies=tuple((name, re.compile(pattern)) for name, patterns in file.agencies.items() for pattern in patterns),
        carriers=file.carriers,
        roles=tuple(
            (role, re.compile(rf"(?:^|[^a-z0-9])({re.escape(word)}(?:(?<=')|\s+|$)(?:(?:{fillers})(?:(?<=')|\s+))*)$"))
            for role, word in words
        ),
        not_airports=frozenset(file.not_airports),
        capitals=file.capitals,
        words={language: frozenset(listed) for language, listed in file.words.items()},
    )
