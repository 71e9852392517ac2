"""The language patterns of `patterns.yml`, read once and compiled."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from bot.formats import Language

FILE = Path(__file__).with_name("patterns.yml")


class InterviewWords(msgspec.Struct, frozen=True):
    """Patterns of how travellers tell which part of the interview is done; `patterns.yml` says what each is."""

    before: str
    behind: str
    unnamed: str
    of_others: str
    both: str
    done: tuple[str, ...]
    planned: str
    of_the_file: str
    negative: str
    none_of: str
    cancelled: str
    remaining: tuple[str, ...]
    other_left: tuple[str, ...]
    booked: tuple[str, ...]
    appointment: str
    no_appointment: str
    present: str
    day: str
    past_day: str
    in_order: str


class _File(msgspec.Struct, forbid_unknown_fields=True):
    claims: dict[str, dict[str, list[str]]]
    interview: InterviewWords
    asked: tuple[str, str]
    supposed: str
    agencies: dict[str, list[str]]
    roles: dict[str, list[str]]
    fillers: list[str]
    persons: list[str]
    not_places: list[str]
    enrolment: dict[Literal["before", "after"], str]
    carriers: dict[str, list[str]]
    not_airports: list[str]
    capitals: dict[str, str]
    not_codes: list[str]
    words: dict[Language, list[str]]


class RoleWords(msgspec.Struct, frozen=True):
    """The words before a place that tell its part in the sentence."""

    before: re.Pattern[str]
    exact: dict[str, str]
    wide: tuple[tuple[re.Pattern[str], str], ...]

    def role(self, before: str) -> tuple[str, str] | None:
        """The role that the end of `before`, the text before a place, gives it, and the words that say so.

        "j" is that of "jarrive à Boston", as it is typed on a phone.
        """
        said = self.before.search(before)
        if said is None:
            return None
        words = " ".join(said[1].split())
        role = self.exact.get(words) or next(role for pattern, role in self.wide if pattern.fullmatch(words))
        return role, words


class Patterns(msgspec.Struct, frozen=True):
    """Compiled patterns. All are matched against the plain form of a text (`bot.nlu.plain`)."""

    claims: tuple[tuple[str, str, re.Pattern[str]], ...]
    interview: InterviewWords
    asked: tuple[re.Pattern[str], re.Pattern[str]]
    supposed: re.Pattern[str]
    agencies: tuple[tuple[str, re.Pattern[str]], ...]
    carriers: dict[str, list[str]]
    roles: RoleWords
    persons: re.Pattern[str]
    not_places: tuple[str, ...]
    enrolment: tuple[re.Pattern[str], re.Pattern[str]]
    not_airports: frozenset[str]
    capitals: dict[str, str]
    not_codes: frozenset[str]
    words: dict[Language, frozenset[str]]


@lru_cache(maxsize=1)
def load_patterns() -> Patterns:
    """The patterns of this installation.

    Raises:
        msgspec.ValidationError: the file has an unknown key or a value of the wrong kind.
    """
    file = msgspec.convert(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), _File)
    fillers = _any(file.fillers)
    return Patterns(
        claims=tuple(
            (entity, value, re.compile(pattern))
            for entity, values in file.claims.items()
            for value, patterns in values.items()
            for pattern in patterns
        ),
        interview=file.interview,
        asked=(re.compile(file.asked[0]), re.compile(file.asked[1])),
        supposed=re.compile(file.supposed),
        agencies=tuple((name, re.compile(pattern)) for name, patterns in file.agencies.items() for pattern in patterns),
        carriers=file.carriers,
        roles=_role_words(file.roles, fillers),
        persons=re.compile(rf"\b(?:{_any(file.persons)})\s+$"),
        not_places=tuple(file.not_places),
        enrolment=(re.compile(file.enrolment["before"]), re.compile(file.enrolment["after"])),
        not_airports=frozenset(file.not_airports),
        capitals=file.capitals,
        not_codes=frozenset(file.not_codes),
        words={language: frozenset(listed) for language, listed in file.words.items()},
    )


def _role_words(roles: dict[str, list[str]], fillers: str) -> RoleWords:
    """The search goes from left to right and its end is fixed, so that the longest words are found."""
    words = "|".join(_any(listed) for listed in roles.values())
    ends = r"(?:(?<=')| ?:?\s+|$)"  # "From: YYZ"
    before = rf"(?:^|[^a-z0-9])j?({words}){ends}(?:(?:{fillers})(?:(?<=')|\s+))*$"
    pairs = [(word, role) for role, listed in roles.items() for word in listed]
    return RoleWords(
        re.compile(before),
        {word: role for word, role in pairs if "*" not in word},
        tuple((re.compile(_any([word])), role) for word, role in pairs if "*" in word),
    )


def _any(words: list[str]) -> str:
    """A pattern of one of `words`, the longest first; `*` stands for up to four words."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+").replace(r"\*\s+", r"(?:\S+\s+){0,4}")
        for word in sorted(words, key=len, reverse=True)
    )
