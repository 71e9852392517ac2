"""Reading a message with the trained pipeline, without letting travellers speak Rasa's own language.

Rasa takes a message that begins with "/" for an intent with entities, on its own word. What a traveller types is text,
whatever it begins with: such a message is never shown to Rasa's pipeline, and the guide asks what was meant.
"""

from datetime import datetime
from typing import Any

from bot.dialogue.changing_minds import Dropped, dropped
from bot.dialogue.form import is_no_sentence, settled_by_form
from bot.dialogue.parts import divided, is_a_question
from bot.dialogue.pipeline import Pipeline
from bot.formats import Language
from bot.nlu.language import CERTAINTY, LANGUAGE, detect
from bot.nlu.unsure import FALLBACK


class Reader:
    """Runs the understanding half of the model."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def read(self, text: str, language: Language | None, wall_clock: datetime) -> dict[str, Any]:
        """What Rasa's pipeline makes of `text`: intent, ranking, entities, language.

        `language` is the conversation's so far; `wall_clock` the time, without zone, that "tomorrow" refers to. A
        message with two or three questions that deserve an answer each has them as `parts`, in the order to answer
        them, each in the same form, and the intent of the one that was asked first; a message that drops what was
        asked before says so as `drops`.
        """
        if is_no_sentence(text):
            # Its words are no sentence to tell a language by; without a conversation's, they are all there is.
            written, certainty = (language, 0.0) if language else detect(text, language)
            return {
                "text": text,
                "intent": {"name": FALLBACK, "confidence": 0.0},
                "intent_ranking": [],
                "entities": [],
                LANGUAGE: written,
                CERTAINTY: certainty,
            }
        change = dropped(text)
        if change is not None:
            return self._after_a_change(text, change, language, wall_clock)
        understood = self._understand(text, language, wall_clock)

        def understand(piece: str) -> dict[str, Any]:
            return self._understand(piece, language, wall_clock)

        parts = divided(text, understood, understand)
        if parts:
            first = min(parts, key=lambda part: int(part["heard"][0]))
            understood |= {"intent": first["intent"], "intent_ranking": first["intent_ranking"], "parts": parts}
        return understood

    def _after_a_change(
        self, text: str, change: Dropped, language: Language | None, wall_clock: datetime
    ) -> dict[str, Any]:
        """What is wanted instead of what was dropped; where nothing is, the traveller only drops it."""
        rest = " " * change.rest + text[change.rest :]
        if not rest.strip():
            understood = self._understand(text, language, wall_clock)
            _settle(understood, "cancel")
            understood["entities"] = []
        else:
            understood = self._understand(rest, language, wall_clock)
            understood["text"] = text
            understood["heard"] = [change.rest, len(text)]
            if change.trip and not is_a_question(understood):
                _settle(understood, "ask_interview_options")  # who drops the flight wants another way
        understood["drops"] = "trip" if change.trip else "question"
        return understood

    def _understand(self, text: str, language: Language | None, wall_clock: datetime) -> dict[str, Any]:
        """What a text that is a sentence means by itself."""
        metadata = {"language": language, "wall_clock": wall_clock.isoformat()}
        understood = self._pipeline.understand(text, metadata)
        settled = settled_by_form(understood)
        if settled is not None:
            _settle(understood, settled)
        return understood

    def parse(self, text: str, language: Language | None, wall_clock: datetime) -> dict[str, Any]:
        """The public form: `text`, `language`, `intent`, `confidence`, `entities`.

        The intent is the likeliest one, also where the guide would ask again because it is unsure.
        """
        understood = self.read(text, language, wall_clock)
        ranking = [entry for entry in understood.get("intent_ranking") or () if entry["name"] != FALLBACK]
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


def _settle(understood: dict[str, Any], intent: str) -> None:
    understood["intent"] = {"name": intent, "confidence": 1.0}
    understood["intent_ranking"] = [understood["intent"], *understood.get("intent_ranking", ())]
