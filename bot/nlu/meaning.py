"""Intents by what a sentence means: a linear classifier over sentence embeddings (`bot.nlu.embeddings`)."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.nlu.embeddings import Vectors

Rows = npt.NDArray[np.float64]
_FILE = "meaning.npz"
# Inverse regularisation (scikit-learn's C): vectors of length one need strong weights.
_STRICTNESS = 90.0


class Meaning:
    """The trained classifier."""

    def __init__(self, centre: Vectors, weights: Rows, intercept: Rows) -> None:
        self._centre = centre
        self._weights = weights
        self._intercept = intercept

    def say(self, vectors: Vectors) -> Rows:
        """A row of probabilities for each vector, in the order of the training's sorted intents, uncalibrated."""
        score = centred(vectors, self._centre) @ self._weights + self._intercept
        powers = np.exp(score - score.max(axis=1, keepdims=True))
        said: Rows = powers / powers.sum(axis=1, keepdims=True)
        return said

    def save(self, folder: Path) -> None:
        """Writes the classifier into `folder`."""
        np.savez(folder / _FILE, centre=self._centre, weights=self._weights, intercept=self._intercept)

    @classmethod
    def load(cls, folder: Path) -> "Meaning":
        """Reads what `save` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as file:
            return cls(file["centre"], file["weights"], file["intercept"])


def train_meaning(vectors: Vectors, intents: Sequence[str]) -> Meaning:
    """A classifier of embedded sentences, a row each."""
    from sklearn.linear_model import LogisticRegression

    centre = vectors.mean(axis=0)
    classifier = LogisticRegression(C=_STRICTNESS, max_iter=300).fit(centred(vectors, centre), intents)
    return Meaning(centre, classifier.coef_.T, classifier.intercept_)


def centred(vectors: Vectors, centre: Vectors) -> Vectors:
    """The vectors as seen from `centre`, at length one.

    Embeddings of one field lie close together; what tells them apart is where they differ from the mean.
    """
    moved = vectors - centre
    seen: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-12)
    return seen
