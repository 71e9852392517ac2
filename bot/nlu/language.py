"""Which language a message is in: English or French, with the conversation's language as the expectation.

Travellers write fragments ("YVR", "vendredi?", "ok"), so a guess carries how sure it is, and a fragment that tells
nothing stays in the language of the conversation.
"""

import re
from functools import lru_cache
from typing import Any

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector as LinguaDetector
from lingua import LanguageDetectorBuilder
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.formats import Language
from bot.nlu.patterns import load_patterns
from bot.nlu.plain import plain
from bot.nlu.registration import component
from bot.nlu.stop_words import stop_words

LANGUAGE = "language"
CERTAINTY = "language_certainty"
# The most that spelling alone can say; below what a switch of language takes (`bot.dialogue.language_choice`).
UNKNOWN_WORDS = 0.45

# No list of function words holds the words of this field, and messages of one or two words are made of them.
_ENGLISH = frozenset(map(plain, stop_words("en"))) | load_patterns().words["en"]
_FRENCH = frozenset(map(plain, stop_words("fr"))) | load_patterns().words["fr"]
_ONLY_ENGLISH = frozenset(word for word in _ENGLISH - _FRENCH if len(word) > 1)
_ONLY_FRENCH = frozenset(word for word in _FRENCH - _ENGLISH if len(word) > 1)
_WORD = re.compile(r"[a-z]+")
_ACCENT = re.compile(r"[àâæçéèêëîïôœùûüÿ]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lingua() -> LinguaDetector:
    return LanguageDetectorBuilder.from_languages(LinguaLanguage.ENGLISH, LinguaLanguage.FRENCH).build()


def detect(text: str, expected: Language | None) -> tuple[Language, float]:
    """The language of `text` and how sure that is, from 0 (a guess) to 1.

    Function words decide where there are any; character statistics help; names and numbers say nothing.
    """
    words = _WORD.findall(plain(text))
    english = sum(word in _ONLY_ENGLISH for word in words)
    french: float = sum(word in _ONLY_FRENCH for word in words)
    if not words:
        return expected or "en", 0.0
    known = english + french > 0
    french += 0.5 if _ACCENT.search(text) else 0
    statistics = _lingua().compute_language_confidence(text, LinguaLanguage.FRENCH)
    lean = (french - english) / (french + english + 1) + (2 * statistics - 1) * (0.8 if english == french else 0.3)
    if english == french == 0:
        lean *= 0.5
    # Without a word that is known for its language the text may be a name ("Montréal"): no reason to switch.
    certainty = min(1.0 if known else UNKNOWN_WORDS, abs(lean))
    if expected is not None and certainty < 0.25:
        return expected, 0.0
    return ("fr" if lean > 0 else "en"), certainty


@component("MESSAGE_TOKENIZER", trainable=False)
class LanguageDetector(GraphComponent):
    """Sets `language` and `language_certainty` on a message; the expectation comes in its metadata."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageDetector":
        """Made by Rasa's graph; there is nothing to configure."""
        _lingua()
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training needs no languages: one model serves both."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks each message."""
        for message in messages:
            expected = (message.get("metadata") or {}).get(LANGUAGE)
            language, certainty = detect(message.get(TEXT) or "", expected)
            message.set(LANGUAGE, language, add_to_output=True)
            message.set(CERTAINTY, round(certainty, 3), add_to_output=True)
        return messages
