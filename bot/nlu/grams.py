"""Intents by n-grams of words and characters: a linear classifier that knows the training sentences and their typos.

scikit-learn trains it. Its own prediction of a single text spends three milliseconds on checking types and making
sparse matrices; what was learned is a vocabulary and a matrix, and adding up its rows takes a tenth of that.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from bot.nlu.plain import plain

Row = npt.NDArray[np.float64]
_LETTERS = range(2, 6)
_FILE = "grams.npz"
_VOCABULARY = "vocabulary.json"


class _Block(NamedTuple):
    """One kind of n-gram: where each stands in the matrix, and how rare it is (idf)."""

    places: dict[str, int]
    rarity: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    """A row an n-gram, a column an intent."""


class Grams:
    """The trained classifier."""

    def __init__(self, words: _Block, letters: _Block, intercept: Row) -> None:
        self._words = words
        self._letters = letters
        self._intercept = intercept

    def say(self, text: str) -> Row:
        """The probability of each intent, in the order of the training's sorted intents, uncalibrated."""
        plain_text = plain(text)
        score = self._intercept.copy()
        for block, grams in ((self._words, words_of(plain_text)), (self._letters, letters_of(plain_text))):
            _add(score, block, grams)
        each = 1.0 / (1.0 + np.exp(-score))
        said: Row = each / each.sum()
        return said

    def save(self, folder: Path) -> None:
        """Writes the classifier into `folder`: matrices and a vocabulary, no code."""
        blocks = (self._words, self._letters)
        matrices = {f"weights{n}": block.weights for n, block in enumerate(blocks)}
        rarities = {f"rarity{n}": block.rarity for n, block in enumerate(blocks)}
        np.savez(folder / _FILE, intercept=self._intercept, **matrices, **rarities)
        (folder / _VOCABULARY).write_bytes(msgspec.json.encode([list(block.places) for block in blocks]))

    @classmethod
    def load(cls, folder: Path) -> "Grams":
        """Reads what `save` wrote."""
        vocabularies = msgspec.json.decode((folder / _VOCABULARY).read_bytes(), type=list[list[str]])
        with np.load(folder / _FILE, allow_pickle=False) as file:
            words, letters = (
                _Block({gram: place for place, gram in enumerate(grams)}, file[f"rarity{n}"], file[f"weights{n}"])
                for n, grams in enumerate(vocabularies)
            )
            return cls(words, letters, file["intercept"])


def train_grams(texts: Sequence[str], intents: Sequence[str], strictness: float) -> Grams:
    """A classifier of `texts`; `strictness` is inverse regularisation (scikit-learn's C)."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizers = [TfidfVectorizer(analyzer=analyzer, sublinear_tf=True) for analyzer in (words_of, letters_of)]
    plain_texts = [plain(text) for text in texts]
    matrix = hstack([vectorizer.fit_transform(plain_texts) for vectorizer in vectorizers], format="csr")
    classifier = LogisticRegression(C=strictness, solver="liblinear").fit(matrix, intents)
    weights = np.ascontiguousarray(classifier.coef_.T, dtype=np.float32)
    border = len(vectorizers[0].vocabulary_)
    words, letters = (
        _Block({gram: place for place, gram in enumerate(vectorizer.get_feature_names_out())}, vectorizer.idf_, rows)
        for vectorizer, rows in zip(vectorizers, (weights[:border], weights[border:]), strict=True)
    )
    return Grams(words, letters, classifier.intercept_)


def words_of(plain_text: str) -> Iterator[str]:
    """Words and pairs of words."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in plain_text).split()
    yield from words
    for one, other in pairwise(words):
        yield f"{one} {other}"


def letters_of(plain_text: str) -> Iterator[str]:
    """Two to five characters in a row, of each word with a space at both ends."""
    for word in plain_text.split():
        padded = f" {word} "
        for length in _LETTERS:
            if length >= len(padded):
                yield padded
                break
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


def _add(score: Row, block: _Block, grams: Iterator[str]) -> None:
    """Adds what the n-grams of a text say to `score`: their counts, damped, times their rarity, at length one."""
    counts = Counter(place for gram in grams if (place := block.places.get(gram)) is not None)
    if counts:
        places = np.fromiter(counts, dtype=np.intp, count=len(counts))
        values = (1.0 + np.log(np.fromiter(counts.values(), dtype=np.float64))) * block.rarity[places]
        score += (values / np.linalg.norm(values)) @ block.weights[places]
