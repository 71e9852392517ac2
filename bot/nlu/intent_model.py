"""The intent of a text, cheaply where that is enough: n-grams first, and meaning where they are unsure.

N-grams of words and characters know the training sentences and their misspellings in a fraction of a millisecond;
sentence embeddings that know both languages know paraphrases the sentences lack, in ten to sixty. Where the n-grams are
sure, the embeddings change next to nothing; where they are not, both together are better than either. How much of each
was measured: `make bench`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from bot.nlu.embeddings import Embeddings
from bot.nlu.grams import Grams, train_grams
from bot.nlu.meaning import Meaning, train_meaning

Probabilities = npt.NDArray[np.float64]
_INTENTS = "intents.json"
_TINY = 1e-12


@dataclass(frozen=True)
class Tuning:
    """What `python -m benchmarks.thresholds` chooses on sentences that are neither trained on nor held out."""

    certain: float = 1.0
    """The probability from which on the n-grams answer alone; 1 always asks the embeddings too."""
    heat_grams: float = 1.0
    """The temperature that makes the n-grams' probabilities frequencies; above 1 takes confidence away."""
    heat_both: float = 1.0
    """The same for both together."""


class Guess(NamedTuple):
    """An intent and its probability."""

    intent: str
    probability: float


class IntentModel:
    """Both classifiers, without the embedding engine."""

    def __init__(self, intents: Sequence[str], grams: Grams, meaning: Meaning) -> None:
        self.intents = list(intents)
        self.grams = grams
        self.meaning = meaning

    def rank(self, text: str, embeddings: Embeddings, tuning: Tuning, *, most: int) -> list[Guess]:
        """The likeliest intents of `text`, at most `most`, with calibrated probabilities."""
        grams = self.grams.say(text)
        sure = tempered(grams, tuning.heat_grams)
        if sure.max() < tuning.certain:
            meant = self.meaning.say(embeddings.one(text))[0]
            sure = tempered(together(grams, meant), tuning.heat_both)
        return [Guess(self.intents[index], float(sure[index])) for index in np.argsort(-sure)[:most]]

    def save(self, folder: Path) -> None:
        """Writes the model into `folder`: matrices and lists, no code."""
        (folder / _INTENTS).write_bytes(msgspec.json.encode(self.intents))
        self.grams.save(folder)
        self.meaning.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """Reads what `save` wrote."""
        intents = msgspec.json.decode((folder / _INTENTS).read_bytes(), type=list[str])
        return cls(intents, Grams.load(folder), Meaning.load(folder))


def train_intents(
    texts: Sequence[str], intents: Sequence[str], embeddings: Embeddings, *, strictness: float
) -> IntentModel:
    """Both classifiers, trained on the same sentences; `strictness` as in `bot.nlu.grams`."""
    grams = train_grams(texts, intents, strictness)
    return IntentModel(sorted(set(intents)), grams, train_meaning(embeddings.many(texts), intents))


def together(grams: Probabilities, meaning: Probabilities) -> Probabilities:
    """What two classifiers say together: the geometric mean, so what one holds impossible stays unlikely."""
    return tempered(grams * meaning, 2.0)


def tempered(probabilities: Probabilities, heat: float) -> Probabilities:
    """The probabilities at temperature `heat`: flatter above 1, sharper below; their order stays."""
    powers = np.maximum(probabilities, _TINY) ** (1.0 / heat)
    flat: Probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return flat
