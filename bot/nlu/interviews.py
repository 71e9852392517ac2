"""What a traveller tells of the Canadian interview: done, booked, or neither.

A message is read clause by clause. In a clause stands a part of the interview ("the Canadian one", « celle de l'ASFC »)
and what is said of it. Of the American part it counts that it alone is left: then the other is done.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.nlu.asking import is_asked
from bot.nlu.found import Found
from bot.nlu.patterns import Patterns, load_patterns

ENTITY = "cbsa_interview"
_CLAUSE_END = re.compile(
    r"[.,;!?\n/]+(?:\s|$)|\n| (?:but|mais|and|et|so|donc|then|puis|while|tandis que) (?=\w)|\s[-–]\s"
)
# What belongs to the second of two parts in one clause: "did CBSA not CBP".
_LED_IN = re.compile(r"(?:\b(?:not|pas|no|only|just|still|the|my|le|la|du|need|reste)\s*|\bl')*$")
_AFTER = re.compile(r"\b(?:after|once|when|before|apres|avant|une fois)\b")
# "What if my interview was on Thursday": the day of one that is to come, if it is supposed.
_IF = re.compile(r"\b(?:if|si)\b[^.,;!?]*$")
_PLACE = r"(?: (?:at|in|with|a|au|aux|de|avec)(?: [\w'-]+){1,4}?)?"
_WAS = ("was", "etait")
_NEAR = 28


class _Part(NamedTuple):
    start: int
    end: int
    whose: str


class _Said(NamedTuple):
    start: int
    end: int
    value: str


class _Words:
    """The patterns of `patterns.yml`, compiled together."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.interview
        self.parts = [
            (
                whose,
                re.compile(
                    f"{words.before}(?:{'|'.join(p.pattern for n, p in patterns.agencies if n == whose)}){words.behind}"
                ),
            )
            for whose in ("CBSA", "CBP")
        ]
        self.of_others = re.compile(words.of_others)
        self.unnamed, self.both = re.compile(words.unnamed), re.compile(words.both)
        self.done, self.booked = _any(words.done), _any(words.booked)
        self.remaining, self.other_left = _any(words.remaining), _any(words.other_left)
        self.planned, self.of_the_file = re.compile(words.planned), re.compile(words.of_the_file)
        self.negative, self.none_of = re.compile(words.negative), re.compile(words.none_of)
        self.cancelled, self.appointment = re.compile(words.cancelled), re.compile(words.appointment)
        self.no_appointment, self.present = re.compile(words.no_appointment), re.compile(words.present)
        # "I have my Canadian interview at Halifax airport on December 3".
        self.day = re.compile(rf"^{_PLACE}.{{0,14}}?{words.day}")
        self.past_day = re.compile(words.past_day)
        self.in_order = re.compile(words.in_order)
        self.is_interview = re.compile(r"\bint\w{3,6}w|\bentrevue|\b(?:appointment|appt|rdv|rendez-vous)\b")
        self.day_behind = re.compile(rf"{_PLACE}(?:,| on| le|:)? {words.day}")
        self.is_appointment = re.compile(r"\b(?:appointment|appt|apt|rendez-vous|rdv)\b")


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words(load_patterns())


def find_interview(plain_text: str, patterns: Patterns) -> list[Found]:
    """The claim about the CBSA interview in a plain text: completed, scheduled or none; at most one.

    What is said of it by name counts before what follows from another part.
    """
    words = _words()
    parts = _parts(plain_text, words)
    named = [part for part in parts if part.whose == "CBSA"]
    other = [part for part in parts if part.whose == "CBP"]
    unnamed = [part for part in parts if part.whose == "unnamed" and not other] if not named else []
    both = [part for part in parts if part.whose == "both"]
    for group in (named, both, unnamed, other):
        for part in group:
            said = _said(plain_text, part, parts, words)
            if said and not _asked(plain_text, part, said, words, patterns):
                return [Found(ENTITY, said.value, said.start, said.end)]
    return []


def _parts(text: str, words: _Words) -> list[_Part]:
    found: list[_Part] = []
    rules = [*words.parts, ("both", words.both), ("unnamed", words.unnamed)]
    for whose, pattern in rules:
        for match in pattern.finditer(text):
            if not any(match.start() < part.end and part.start < match.end() for part in found):
                found.append(_Part(match.start(), match.end(), whose))
    return sorted(found)


def _clause(text: str, part: _Part, parts: list[_Part]) -> tuple[int, int]:
    """The characters that may say something of `part`: its clause, up to the part before and after it."""
    start, end = 0, len(text)
    for match in _CLAUSE_END.finditer(text):
        if match.end() <= part.start:
            start = match.end()
        elif match.start() >= part.end:
            end = match.start()
            break
    for neighbour in (each for each in parts if each.whose != "unnamed"):
        if start < neighbour.end <= part.start:
            # "CBP left CBSA done": where nothing stands before the first part, what is said of it comes behind it.
            led_in = _LED_IN.search(text, neighbour.end, part.start)
            behind = led_in and _LED_IN.fullmatch(text, start, neighbour.start)
            start = led_in.start() if led_in and behind else neighbour.end
        elif part.end <= neighbour.start < end:
            led_in = _LED_IN.search(text, part.end, neighbour.start)
            end = led_in.start() if led_in else neighbour.start
    return start, end


def _said(text: str, part: _Part, parts: list[_Part], words: _Words) -> _Said | None:
    start, end = _clause(text, part, parts)
    if part.whose == "CBP":
        return _other_left(text, part, start, end, words)
    without = _without(text, part, start, end, words)
    if without:
        return _around(part, "none", without)
    done = _nearest(part, _done(text, start, end, words))
    neither = text[part.start : part.end].startswith(("ni ", "neither"))
    negative = next(words.negative.finditer(text, start, end), None)
    if negative:
        denied = done or neither or words.booked.search(text, start, end)
        return _around(part, "none", negative, done) if denied else None
    if done:
        return _around(part, "none" if neither else "completed", done)
    return _to_come(text, part, start, end, words)


def _other_left(text: str, part: _Part, start: int, end: int, words: _Words) -> _Said | None:
    left = list(words.other_left.finditer(text, start, end))
    if not left or words.negative.search(text, start, end):
        return None
    return _Said(min(part.start, left[0].start()), max(part.end, left[-1].end()), "completed")


def _without(text: str, part: _Part, start: int, end: int, words: _Words) -> re.Match[str] | None:
    """What says that there was and is no interview: cancelled, "no CBSA interview", "still have to do the CBSA one"."""
    if part.whose == "unnamed" and words.of_others.search(text, start, end):
        return None
    cancelled = words.cancelled.search(text, start, end)
    if cancelled:
        return cancelled
    without = words.none_of.search(text, start, part.start)
    if without and not words.no_appointment.search(text, start, end):
        return without
    if part.whose != "CBSA":
        return None
    remaining = words.remaining.finditer(text, start, end)
    # "What do I need to do after the Canadian interview" says nothing of the interview.
    return _nearest(part, (each for each in remaining if not _AFTER.search(text, each.end(), part.start)))


def _to_come(text: str, part: _Part, start: int, end: int, words: _Words) -> _Said | None:
    if words.no_appointment.search(text, start, end):
        return None
    booked = _nearest(part, words.booked.finditer(text, start, end))
    if booked:
        return _around(part, "scheduled", booked)
    if part.whose == "unnamed" and not _IF.search(text, 0, part.start):
        return None  # whose appointment "the interview at 11" is, is not said
    if words.is_appointment.search(text, part.start, part.end):
        mine = words.appointment.search(text, start, part.start)
        return _around(part, "scheduled", mine) if mine else None
    present = _nearest(part, words.present.finditer(text, start, end))
    after = max(part.end, present.end()) if present else end
    comes = present and words.day.search(text[after:end]) and not words.past_day.search(text, start, end)
    dated = words.is_interview.search(text, part.start, part.end) and words.day_behind.match(text, part.end)
    return _around(part, "scheduled", present if comes else None) if comes or dated else None


def _done(text: str, start: int, end: int, words: _Words) -> Iterator[re.Match[str]]:
    for match in words.done.finditer(text, start, end):
        planned = words.planned.search(text, max(start, match.start() - _NEAR), match.start())
        if planned or words.of_the_file.search(text[match.end() : end]):
            continue
        if match.group() not in _WAS or words.past_day.search(text, start, end) or not _dated_if(text, match, words):
            yield match


def _dated_if(text: str, was: re.Match[str], words: _Words) -> bool:
    return _IF.search(text, 0, was.start()) is not None and words.day.search(text[was.end() :]) is not None


def _nearest(part: _Part, matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return min(matches, key=lambda match: max(match.start() - part.end, part.start - match.end()), default=None)


def _around(part: _Part, value: str, *matches: re.Match[str] | None) -> _Said:
    spans = [(part.start, part.end), *(match.span() for match in matches if match)]
    return _Said(min(start for start, _ in spans), max(end for _, end in spans), value)


def _asked(text: str, part: _Part, said: _Said, words: _Words, patterns: Patterns) -> bool:
    rest = text[said.end :].split(",", maxsplit=1)[0]
    if words.in_order.match(rest.lstrip()):
        return True
    return any(is_asked(text, start, patterns) for start in {said.start, part.start})
