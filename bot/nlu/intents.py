"""The intent of a message: word and character n-grams with a linear classifier, one model for both languages.

It answers in about a millisecond, needs no GPU and trains in seconds. What it gives is a probability for each
intent, so a following fallback component can tell a guess from an understanding.
"""

from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from bot.nlu.plain import plain

RANKING = "intent_ranking"
_RANKED = 10
_WORD = r"[a-z0-9]+"


def build(strictness: float) -> Pipeline:
    """An untrained classifier; `strictness` is the inverse of the regularisation (scikit-learn's C)."""
    words = TfidfVectorizer(preprocessor=plain, token_pattern=_WORD, ngram_range=(1, 2), sublinear_tf=True)
    characters = TfidfVectorizer(preprocessor=plain, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return Pipeline(
        [
            ("features", FeatureUnion([("words", words), ("characters", characters)])),
            ("classifier", LogisticRegression(C=strictness, max_iter=400)),
        ]
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Trains on the examples of `data/nlu` and ranks intents for messages."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Pipeline | None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strictness`: inverse regularisation; chosen by cross-validation on the training data."""
        return {"strictness": 20.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        """An untrained component."""
        return cls(config, model_storage, resource, None)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the classifier and keeps it with the model.

        Raises:
            ValueError: there are fewer than two intents to tell apart.
        """
        examples = [(m.get(TEXT), m.get(INTENT)) for m in training_data.intent_examples if m.get(TEXT)]
        if len({intent for _, intent in examples}) < 2:
            raise ValueError("expected examples of at least two intents under data/nlu; add some and train again")
        self._model = build(self._config["strictness"])
        self._model.fit([text for text, _ in examples], [intent for _, intent in examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / "classifier.joblib")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentClassifier":
        """The trained component; the host only loads models that this installation trained, for a pickle is code."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / "classifier.joblib"))

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the intents for each message, most probable first."""
        if self._model is None:
            return messages
        for message in messages:
            probabilities = self._model.predict_proba([message.get(TEXT) or ""])[0]
            order = np.argsort(-probabilities)[:_RANKED]
            names = self._model.classes_
            ranking = [{"name": str(names[i]), "confidence": float(probabilities[i])} for i in order]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(RANKING, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Policies see the labels as they stand."""
        return training_data
