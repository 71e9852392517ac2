"""Whether what stands at a place of a message is asked there and not told."""

import re

from bot.nlu.patterns import Patterns

_CLAUSE_END = re.compile(r"[.,;:!?]\s|\n| and (?=i )| but | mais | et (?=je )")
# A verb with its subject behind it: « l'approbation expire-t-elle ».
_TURNED = re.compile(r"\w-(?:t-)?(?:il|elle|ils|elles|on)\b")
# "Was denied in May", "did the CBSA one last week": who tells it leaves the "I" out.
_ELLIPTIC = re.compile(r"\W*(?:did|was|were|has|have|is)\W*")
_CLAUSE = 200
_OPENER = 24


def is_asked(plain_text: str, start: int, patterns: Patterns) -> bool:
    """Whether the plain words at `start` are asked, not claimed: "has my file been shared?"."""
    clause = _CLAUSE_END.split(plain_text[max(0, start - _CLAUSE) : start])[-1]
    question, unsure = patterns.asked
    asks = question.match(clause)
    if not clause.strip():
        asks = question.match(plain_text[start : start + _OPENER])
    left_out = asks and _ELLIPTIC.fullmatch(asks.group()) and not clause[asks.end() :].strip()
    if left_out and "?" not in plain_text[start:]:
        asks = None
    if unsure.search(clause) or _TURNED.search(_CLAUSE_END.split(plain_text[start : start + _CLAUSE], 1)[0]):
        return True
    return bool(asks) and patterns.supposed.search(clause, asks.end() if asks else 0) is None
