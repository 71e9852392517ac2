"""The words that a messaging channel obeys by itself, in both languages: STOP, START, HELP, MORE, PERSON.

A word counts only where it is the whole message; capitals, accents and punctuation do not matter. Those for STOP, START
and HELP are the carriers' (CTIA's handbook; Twilio's list of opt-out keywords), with what Canadians write in French.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.formats import Language

Word = Literal["stop", "start", "help", "more", "person"]

CARRIERS = frozenset({"sms"})
"""Channels on which the carrier stops delivering at words that mean other things elsewhere: CANCEL, END, YES."""

_LONGEST = 40


@dataclass(frozen=True)
class Keyword:
    """A word, and the language it is of; None where it is of both."""

    word: Word
    language: Language | None


_WORDS: Mapping[Word, Mapping[Language | None, frozenset[str]]] = {
    "stop": {
        None: frozenset({"stop"}),
        "en": frozenset({"stopall", "stop all", "unsubscribe"}),
        "fr": frozenset(
            {"arret", "arrett", "arrete", "arretez", "arreter", "desabonner", "desabonnement", "me desabonner"}
        ),
    },
    "start": {
        None: frozenset({"start"}),
        "en": frozenset({"unstop"}),
        "fr": frozenset({"debut", "debuter", "reprendre"}),
    },
    "help": {None: frozenset({"info"}), "en": frozenset({"help"}), "fr": frozenset({"aide"})},
    "more": {"en": frozenset({"more"}), "fr": frozenset({"plus", "suite", "la suite"})},
    "person": {None: frozenset({"agent"}), "en": frozenset({"person"}), "fr": frozenset({"personne"})},
}
_CARRIERS_STOP = frozenset({"cancel", "end", "quit", "revoke", "optout", "opt out"})
_CARRIERS_START: Mapping[str, Language] = {"yes": "en", "oui": "fr"}


def keyword(text: str, *, channel: str, stopped: bool) -> Keyword | None:
    """The word that a message is; `stopped` says that the traveller wrote STOP before."""
    if len(text) > _LONGEST:
        return None
    said = _bare(text)
    if channel in CARRIERS and said in _CARRIERS_STOP:
        return Keyword("stop", "en")
    if channel in CARRIERS and stopped and said in _CARRIERS_START:
        return Keyword("start", _CARRIERS_START[said])
    for word, spellings in _WORDS.items():
        for language, words in spellings.items():
            if said in words:
                return Keyword(word, language)
    return None


def _bare(text: str) -> str:
    letters = (each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())
