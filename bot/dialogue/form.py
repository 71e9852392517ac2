"""What the form of a message settles, whatever its words are taken for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.correcting import is_bare_correction
from bot.dialogue.phrases import FACTS, only_small_words, phrases
from bot.dialogue.pointing import asks_of_others, is_follow_up, points_to_a_day
from bot.dialogue.short_answers import says_both, says_did_it, says_unknown, yes_or_no
from bot.nlu.plain import plain
from bot.nlu.unsure import FALLBACK

_PREPOSITION = 3
"""Letters that may stand beside a bare fact: "at Dorval", "via Calgary", « mon » before an interview that is done."""
# A command of Rasa's, or no word at all (an emoji, "?!"): nothing to understand.
_NO_SENTENCE = re.compile(r"\s*/|[\W_]*\Z")
# What the record masked before anyone read it: a number, a birth date, an address.
_MASKED = re.compile("•{5,}")
_SURE = 0.5
# Small words that ask or suppose: "what if my flight was from Victoria".
_SUPPOSES = re.compile(r"\b(?:what|how|if|si|qu)\b")
# What a message that shows a number is taken for when it asks nothing of its own.
_SHOWING = frozenset({"ask_card", "inform", "affirm", "deny", "greet", FALLBACK, "verify_identity"})


def is_no_sentence(text: str) -> bool:
    """Whether there is nothing to understand in `text`, or what is there must not be understood as a command."""
    return _NO_SENTENCE.match(plain(text)) is not None


def shows_a_number(understood: Mapping[str, Any]) -> bool:
    """Whether the traveller shows who they are in the chat itself: "my PASSID is •••••••••".

    A question that is understood stays a question, whatever number stands in it.
    """
    if _MASKED.search(understood["text"]) is None:
        return False
    intent = understood["intent"]
    return intent["name"] in _SHOWING or float(intent["confidence"]) < _SURE


def is_bare_fact(understood: Mapping[str, Any]) -> bool:
    """Whether a message is a place, a time or a state and nothing else: "Lansdowne", "at Dorval", "today".

    Such a message tells a fact, mostly one the guide has just asked for. The classifier sees only the one word, and
    takes it for whatever question that word is common in.
    """
    text: str = understood["text"]
    left = list(text)
    for entity in understood["entities"]:
        if entity["entity"] in FACTS:
            left[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    letters = sum(character.isalnum() for character in left)
    states = _SUPPOSES.search(plain(text)) is None and only_small_words(plain(text), understood["entities"])
    facts_alone = letters <= _PREPOSITION or states
    return "?" not in text and len(left) == len(text) and "".join(left) != text and facts_alone


def _says_a_day(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message is "the day before" or the like and nothing else."""
    return "?" not in text and points_to_a_day(text) and only_small_words(plain(text), entities)


def settled_by_form(understood: Mapping[str, Any]) -> str | None:
    """The intent that the form of a message settles, None where its words must."""
    text, entities = understood["text"], understood["entities"]
    if is_follow_up(text, entities):
        return "ask_what_if"
    answers = says_unknown(text) or says_both(text) or says_did_it(text, entities) or _says_a_day(text, entities)
    if answers or is_bare_fact(understood) or is_bare_correction(text, entities):
        return "inform"
    if asks_of_others(text):
        return "ask_family"
    if shows_a_number(understood):
        return "verify_identity"
    return "goodbye" if phrases().takes_leave.fullmatch(plain(text)) else yes_or_no(text, entities)
