"""Says "unsure" where the likeliest intent is not likely enough to act on; the guide asks again then.

Rasa's `FallbackClassifier` does the same; importing it imports TensorFlow, which serving does without.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intents import RANKING
from bot.nlu.registration import component

FALLBACK = "nlu_fallback"


@component("INTENT_CLASSIFIER", trainable=False)
class UnsureClassifier(GraphComponent):
    """Puts `nlu_fallback` before the ranking of a message whose best intent is below `threshold`.

    `threshold` is a probability, chosen by `python -m benchmarks.thresholds`.
    """

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing is unsure unless `config.yml` says from where on."""
        return {"threshold": 0.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "UnsureClassifier":
        """Made by Rasa's graph."""
        return cls(float(config["threshold"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks the messages that are unsure; the ranking stays behind the mark, for the choices to offer."""
        for message in messages:
            ranking = message.get(RANKING) or []
            if ranking and ranking[0]["confidence"] < self._threshold:
                unsure = {"name": FALLBACK, "confidence": 1.0 - ranking[0]["confidence"]}
                message.set(INTENT, unsure, add_to_output=True)
                message.set(RANKING, [unsure, *ranking], add_to_output=True)
        return messages
