"""Reading a message with the trained pipeline, without letting travellers speak Rasa's own language.

Rasa takes a message that begins with "/" for an intent with entities, on its own word. What a traveller types is text,
whatever it begins with: such a message is never shown to Rasa's pipeline, and the guide asks what was meant.
"""

from datetime import datetime
from typing import Any

from bot.dialogue.form import is_bare_fact, is_no_sentence, shows_a_number
from bot.dialogue.pipeline import Pipeline
from bot.formats import Language
from bot.nlu.language import CERTAINTY, LANGUAGE, detect

_FALLBACK = "nlu_fallback"


class Reader:
    """Runs the understanding half of the model."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def read(self, text: str, language: Language | None, wall_clock: datetime) -> dict[str, Any]:
        """What Rasa's pipeline makes of `text`: intent, ranking, entities, language.

        `language` is the conversation's so far; `wall_clock` the time, without zone, that "tomorrow" refers to.
        """
        if is_no_sentence(text):
            # Its words are no sentence to tell a language by; without a conversation's, they are all there is.
            written, certainty = (language, 0.0) if language else detect(text, language)
            return {
                "text": text,
                "intent": {"name": _FALLBACK, "confidence": 0.0},
                "intent_ranking": [],
                "entities": [],
                LANGUAGE: written,
                CERTAINTY: certainty,
            }
        metadata = {"language": language, "wall_clock": wall_clock.isoformat()}
        understood = self._pipeline.understand(text, metadata)
        settled = "inform" if is_bare_fact(understood) else "verify_identity" if shows_a_number(understood) else None
        if settled is not None:
            understood["intent"] = {"name": settled, "confidence": 1.0}
            understood["intent_ranking"] = [understood["intent"], *understood.get("intent_ranking", ())]
        return understood

    def parse(self, text: str, language: Language | None, wall_clock: datetime) -> dict[str, Any]:
        """The public form: `text`, `language`, `intent`, `confidence`, `entities`.

        The intent is the likeliest one, also where the guide would ask again because it is unsure.
        """
        understood = self.read(text, language, wall_clock)
        ranking = [entry for entry in understood.get("intent_ranking") or () if entry["name"] != _FALLBACK]
        best = ranking[0] if ranking else understood["intent"]
        entities = [
            {key: entity[key] for key in ("entity", "value", "start", "end", "role") if key in entity}
            for entity in understood["entities"]
        ]
        return {
            "text": text,
            "language": understood.get("language"),
            "intent": best["name"],
            "confidence": round(float(best["confidence"]), 4),
            "entities": entities,
        }
