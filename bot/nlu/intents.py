"""The Rasa component for intents, around `bot.nlu.intent_model`."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.embeddings import Embeddings
from bot.nlu.intent_model import IntentModel, Tuning, train_intents
from bot.nlu.registration import component
from bot.settings import ROOT

RANKING = "intent_ranking"
_RANKED = 10
_TUNED = ("certain", "heat_grams", "heat_both")
# Vectors of training sentences, so that training again embeds only what is new.
STORE = ROOT / ".rasa" / "embeddings.npz"


@component("INTENT_CLASSIFIER", trainable=True)
class IntentClassifier(GraphComponent):
    """Trains on the examples of `data/nlu` and ranks intents for messages."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel | None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model
        self._tuning = Tuning(**{name: float(config[name]) for name in _TUNED})
        self._embeddings = Embeddings(STORE)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strictness` of the n-gram classifier, and the numbers of `Tuning`."""
        return {"strictness": 20.0, **{name: getattr(Tuning, name) for name in _TUNED}}

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
        """Fits the classifiers and keeps them with the model.

        Raises:
            ValueError: there are fewer than two intents to tell apart.
        """
        examples = [(m.get(TEXT), m.get(INTENT)) for m in training_data.intent_examples if m.get(TEXT)]
        if len({intent for _, intent in examples}) < 2:
            raise ValueError("expected examples of at least two intents under data/nlu; add some and train again")
        texts, intents = zip(*examples, strict=True)
        self._model = train_intents(texts, intents, self._embeddings, strictness=self._config["strictness"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
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
        """The trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the intents for each message, most probable first."""
        if self._model is None:
            return messages
        for message in messages:
            guesses = self._model.rank(message.get(TEXT) or "", self._embeddings, self._tuning, most=_RANKED)
            ranking = [{"name": guess.intent, "confidence": guess.probability} for guess in guesses]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(RANKING, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Policies see the labels as they stand."""
        return training_data
