"""Two questions in one message: where to divide it, and whether both halves are questions of their own.

A message is divided only where its words allow it (the end of a sentence, « et » before a question) and where each part
is, by itself, confidently understood as another question. A sentence that asks nothing tells the story of the question
it stands beside. One story with one question stays whole.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from bot.dialogue.phrases import PLACES, phrases
from bot.nlu.plain import plain
from bot.nlu.unsure import FALLBACK

Understood = dict[str, Any]
MOST_PARTS = 3
# Characters at the end of a sentence in which an abbreviation and its dot stand.
_LONGEST = 10
# How likely an intent must be, of a part by itself, for the part to be a question of its own.
SURE = 0.5
_SENTENCE = re.compile(r"[^.?!;\n]*(?:[.?!;\n]+(?=\s|$)|[.?!;\n](?=\S)|$)")
_BREAK = re.compile(r"[,.;:!?]\s+|\s(?=(?:and|et)\s)")
_ABBREVIATED = re.compile(r"(?:\b(?:u\.s|u|a\.m|p\.m|a|p|st|mr|mrs|ms|dr|vs|no|e\.g|i\.e|etc|\d)\.)$")
# What is no question to answer beside another one: small talk, facts, answers.
_NO_QUESTION = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "cancel", "restart", "help", "bot_challenge", "chitchat"}
    | {"inform", "verify_identity", FALLBACK, "out_of_scope", "change_language"}
)
# Questions whose answer may ask something back, or that end in things to press: they are answered last.
_ASKS_BACK = (
    "ask_interview_options",
    "ask_where_centres",
    "ask_what_if",
    "ask_connecting_flight",
    "ask_cbp_on_flight",
    "ask_next_step",
    "check_status",
    "talk_to_human",
)


class Span(NamedTuple):
    """Characters `start` to `end` of a message."""

    start: int
    end: int


class _Clause(NamedTuple):
    start: int
    end: int
    asks: bool


def spans(text: str) -> list[Span]:
    """The parts of `text` that each hold a question, with the story that belongs to it; at most `MOST_PARTS`.

    One span, or none, means that there is nothing to divide.
    """
    found: list[Span] = []
    story: int | None = None
    for clause in _clauses(plain(text)):
        start = clause.start if story is None else story
        if clause.asks and len(found) < MOST_PARTS:
            found.append(Span(start, clause.end))
            story = None
        elif clause.asks or (found and story is None and not text[clause.start : clause.end].strip()):
            found[-1] = Span(found[-1].start, clause.end)
        else:
            story = start
    if found and story is not None:
        found[-1] = Span(found[-1].start, len(text))
    return found


def divided(text: str, whole: Understood, understand: Callable[[str], Understood]) -> list[Understood]:
    """The questions of `text` as understood each by itself, in the order to answer them; empty where there is one.

    `understand` reads a piece of text. Offsets count in the whole message, and `heard` are the characters a part is.
    """
    if whole["intent"]["name"] == "change_language":
        return _after_the_language(text, whole, understand)
    if whole["intent"]["name"] in ("inform", "restart"):
        return []
    found = spans(text)
    if len(found) < 2:
        return []
    parts: list[Understood] = []
    for span in found:
        read = understand(text[span.start : span.end])
        if not is_a_question(read):
            if parts:  # it belongs to the question before it
                parts[-1]["heard"][1] = span.end
            continue
        if parts and parts[-1]["intent"]["name"] == read["intent"]["name"]:
            parts[-1]["heard"][1] = span.end
            continue
        parts.append({**read, "text": text, "heard": [span.start, span.end]})
    if len({part["intent"]["name"] for part in parts}) < 2:
        return []
    parts = list({part["intent"]["name"]: part for part in reversed(parts)}.values())[::-1]
    parts[0]["heard"][0] = 0
    for part in parts:
        part["entities"] = _entities(part, whole["entities"], parts)
        part["language"] = whole.get("language")
        part["language_certainty"] = whole.get("language_certainty")
    ordered = sorted(parts, key=lambda part: _last(part["intent"]["name"]))
    for part in ordered[:-1]:
        part["more"] = True
    return ordered


def _after_the_language(text: str, whole: Understood, understand: Callable[[str], Understood]) -> list[Understood]:
    """The wish for a language and the question behind it: "back to English please, what do I bring?"."""
    plain_text = plain(text)
    breaks = [match.end() for match in _BREAK.finditer(plain_text) if _opens(plain_text, match.end(), len(plain_text))]
    for start in breaks[:MOST_PARTS]:
        read = understand(text[start:])
        if is_a_question(read):
            wish = {**whole, "heard": [0, start], "entities": [], "more": True}
            entities = [entity for entity in whole["entities"] if int(entity["start"]) >= start]
            spoken = {name: whole.get(name) for name in ("language", "language_certainty")}
            return [wish, {**read, **spoken, "text": text, "heard": [start, len(text)], "entities": entities}]
    return []


def is_a_question(read: Mapping[str, Any]) -> bool:
    """Whether what was read is, for sure, a question to answer: no small talk, no fact, no guess."""
    intent = read["intent"]
    return intent["name"] not in _NO_QUESTION and float(intent["confidence"]) >= SURE


def _last(intent: str) -> int:
    return _ASKS_BACK.index(intent) if intent in _ASKS_BACK else -1


def _entities(part: Understood, everything: Sequence[Mapping[str, Any]], parts: list[Understood]) -> list[Any]:
    """The entities of a part, and those of the rest of the message that say nothing else of the same kind.

    What one part supposes ("and what if I left from Ottawa?") is no fact of another.
    """
    start, end = part["heard"]
    own = [entity for entity in everything if start <= int(entity["start"]) < end]
    if part["intent"]["name"] == "ask_what_if":
        return own
    supposed = [other["heard"] for other in parts if other["intent"]["name"] == "ask_what_if"]
    held = {_kind(entity) for entity in own}
    others = [
        entity
        for entity in everything
        if _kind(entity) not in held and not any(first <= int(entity["start"]) < last for first, last in supposed)
    ]
    return sorted([*own, *others], key=lambda entity: int(entity["start"]))


def _kind(entity: Mapping[str, Any]) -> tuple[str, str | None]:
    kind = str(entity["entity"])
    return ("place" if kind in PLACES else kind, entity.get("role"))


def _clauses(plain_text: str) -> Iterator[_Clause]:
    """The sentences, each divided before a conjunction or comma that leads to another question."""
    start = 0
    for match in _SENTENCE.finditer(plain_text):
        end = match.end()
        abbreviated = _ABBREVIATED.search(plain_text[max(start, end - _LONGEST) : end].rstrip())
        if end == start or (abbreviated and end < len(plain_text)):
            continue
        yield from _within(plain_text, start, end)
        start = end
    if start < len(plain_text):
        yield from _within(plain_text, start, len(plain_text))


def _within(plain_text: str, start: int, end: int) -> Iterator[_Clause]:
    questioned = plain_text[start:end].rstrip().endswith("?")
    asks_before = _opens(plain_text, start, end)
    cuts = [start]
    for match in _link().finditer(plain_text, start, end):
        if match.start() <= cuts[-1] + 3 or not (asks_before or _asks_inside(plain_text[cuts[-1] : match.start()])):
            continue
        cuts.append(match.start())
    cuts.append(end)
    for index, (first, last) in enumerate(pairwise(cuts)):
        asks = index > 0 or (questioned and last == end)
        yield _Clause(first, last, asks or _opens(plain_text, first, last) or _asks_inside(plain_text[first:last]))


def _opens(plain_text: str, start: int, end: int) -> bool:
    """Whether a question begins there, after "also" or the like."""
    match = _lead().match(plain_text, start, end)
    return phrases().asks.match(plain_text, match.end() if match else start, end) is not None


def _asks_inside(clause: str) -> bool:
    return phrases().asks_inside.search(clause) is not None


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:(?:{phrases().links.pattern})\b)?\W*")


@lru_cache(maxsize=1)
def _link() -> re.Pattern[str]:
    """A conjunction or a comma before the opening of a question."""
    said = phrases()
    return re.compile(rf"(?:,\s*|\s)(?:{said.links.pattern})\s+(?={said.asks.pattern})|,\s*(?={said.asks.pattern})")
