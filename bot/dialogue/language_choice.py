"""Which language to answer in: what the traveller asked for, else what they write, else what they wrote before."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.formats import Language
from bot.nlu.plain import plain

# A switch of language is followed only when it is clear; a fragment ("Seattle?") is not.
SWITCH_CERTAINTY = 0.5
# « Thank you », « yes » and "merci" are said in either language by people who go on in their own.
_COURTESIES = frozenset({"affirm", "deny", "thank", "goodbye"})
_A_FEW = 2
_WORD = re.compile(r"[a-z]+")
_ASKED: Mapping[str, Language] = {
    "english": "en",
    "anglais": "en",
    "anglaise": "en",
    "french": "fr",
    "francais": "fr",
    "francaise": "fr",
}


class Chosen(NamedTuple):
    """The language of the answer, and whether it changed with this message."""

    language: Language
    switched: bool


def choose(understood: Mapping[str, Any], before: Language | None, *, pressed: bool) -> Chosen:
    """The language of the answer to a message.

    `before` is the conversation's language, None while unknown. A pressed button is in the language it was offered in,
    unless none is known yet.
    """
    if understood["intent"]["name"] == "change_language":
        named = [_ASKED[word] for word in _WORD.findall(plain(understood["text"])) if word in _ASKED]
        if named:
            return Chosen(named[-1], before is not None and named[-1] != before)
        if before is not None:
            return Chosen("fr" if before == "en" else "en", switched=True)
    written: Language | None = understood.get("language")
    if pressed or written is None:
        return Chosen(before or written or "en", switched=False)
    if before is None or written == before:
        return Chosen(written, switched=False)
    courtesy = understood["intent"]["name"] in _COURTESIES and len(understood["text"].split()) <= _A_FEW
    switched = float(understood.get("language_certainty") or 0.0) >= SWITCH_CERTAINTY and not courtesy
    return Chosen(written if switched else before, switched)
