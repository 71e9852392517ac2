"""Whether what stands at a place of a message is asked there and not told."""

import re

from bot.nlu.patterns import Patterns

_CLAUSE_END = re.compile(r"[.,;:!?]\s|\n| and (?=i )| but | mais | et (?=je )")
_CLAUSE = 200
_OPENER = 24


def is_asked(plain_text: str, start: int, patterns: Patterns) -> bool:
    """Whether the plain words at `start` are asked, not claimed: "has my file been shared?"."""
    clause = _CLAUSE_END.split(plain_text[max(0, start - _CLAUSE) : start])[-1]
    question, unsure = patterns.asked
    asks = question.match(clause)
    if not clause.strip():
        asks = question.match(plain_text[start : start + _OPENER])
    if asks and asks.group().strip() == "did" and "?" not in plain_text[start:]:  # "Did the CBSA one in May"
        asks = None
    if unsure.search(clause):
        return True
    return bool(asks) and patterns.supposed.search(clause, asks.end() if asks else 0) is None
