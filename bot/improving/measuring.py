"""What was read of labelled sentences, in figures. scikit-learn computes what it has a name for.

"Right" is about the likeliest intent, whether or not the guide would have asked again; what a traveller meets is told
by two shares: asked again, and answered wrongly (not asked again, and the intent is another).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

from bot.improving.reading import Reading

_BINS = 10


@dataclass(frozen=True)
class Read:
    """A sentence, its language, the intent it has and what it was read as."""

    text: str
    language: str
    intent: str
    reading: Reading

    @property
    def right(self) -> bool:
        """Whether the likeliest intent is the one it has."""
        return self.reading.intent == self.intent


@dataclass(frozen=True)
class Shares:
    """Shares of all sentences, each from 0 to 1."""

    sentences: int
    right: float
    asked_again: float
    wrongly_answered: float


@dataclass(frozen=True)
class IntentScore:
    """How one intent fares: shares from 0 to 1, and how many sentences it has."""

    intent: str
    precision: float
    recall: float
    f1: float
    sentences: int
    asked_again: int


@dataclass(frozen=True)
class Confusion:
    """Sentences of one intent that were read as another."""

    intent: str
    read_as: str
    sentences: tuple[Read, ...]


@dataclass(frozen=True)
class Matrix:
    """Counts: `rows[i][j]` sentences of intent `labels[i]` were read as `labels[j]`."""

    labels: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Calibration:
    """Whether confidence can be believed: of the sentences in a bin, the mean confidence and the share that is right.

    `error` is the expected calibration error: the mean gap between the two, weighted by the sentences in the bin.
    """

    bins: tuple[tuple[float, float, int], ...]
    error: float


def shares(reads: Sequence[Read]) -> Shares:
    """What becomes of the sentences; there must be one at least."""
    asked = [read.reading.asked_again for read in reads]
    wrong = [not read.right and not read.reading.asked_again for read in reads]
    right = accuracy_score([read.intent for read in reads], [read.reading.intent for read in reads])
    return Shares(len(reads), float(right), float(np.mean(asked)), float(np.mean(wrong)))


def by_language(reads: Sequence[Read]) -> dict[str, list[Read]]:
    """The sentences by language, in the order in which the languages first occur."""
    found: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        found[read.language].append(read)
    return dict(found)


def scores(reads: Sequence[Read]) -> list[IntentScore]:
    """Each intent that has sentences, the worst F1 first."""
    labels = sorted({read.intent for read in reads})
    precision, recall, f1, counts = precision_recall_fscore_support(
        [read.intent for read in reads], [read.reading.intent for read in reads], labels=labels, zero_division=0
    )
    found = [
        IntentScore(
            label,
            float(precision[place]),
            float(recall[place]),
            float(f1[place]),
            int(counts[place]),
            sum(read.reading.asked_again for read in reads if read.intent == label),
        )
        for place, label in enumerate(labels)
    ]
    return sorted(found, key=lambda score: (score.f1, score.recall, score.intent))


def confusions(reads: Sequence[Read]) -> list[Confusion]:
    """Which intent is read as which other, the most frequent first; its surest sentence comes first."""
    pairs: dict[tuple[str, str], list[Read]] = defaultdict(list)
    for read in sorted(reads, key=lambda read: -read.reading.confidence):
        if not read.right:
            pairs[read.intent, read.reading.intent].append(read)
    found = [Confusion(intent, read_as, tuple(sentences)) for (intent, read_as), sentences in pairs.items()]
    return sorted(found, key=lambda confusion: (-len(confusion.sentences), confusion.intent, confusion.read_as))


def matrix(reads: Sequence[Read], order: Sequence[str]) -> Matrix:
    """Counts of intent against reading. Intents in `order` come in it, others after them by name."""
    present = {read.intent for read in reads} | {read.reading.intent for read in reads}
    labels = [*(name for name in order if name in present), *sorted(present - set(order))]
    counts = confusion_matrix([read.intent for read in reads], [read.reading.intent for read in reads], labels=labels)
    return Matrix(tuple(labels), tuple(tuple(int(count) for count in row) for row in counts))


def calibration(reads: Sequence[Read]) -> Calibration:
    """Confidence against being right, in ten bins of equal width; empty ones are left out."""
    right = np.array([read.right for read in reads], dtype=float)
    confidence = np.clip([read.reading.confidence for read in reads], 0.0, 1.0)
    true, said = calibration_curve(right, confidence, pos_label=1, n_bins=_BINS)
    # The same edges as the function above, which does not tell how many are in each bin.
    places = np.searchsorted(np.linspace(0.0, 1.0, _BINS + 1)[1:-1], confidence)
    counts = [int(count) for count in np.bincount(places, minlength=_BINS) if count]
    bins = tuple((float(x), float(y), count) for x, y, count in zip(said, true, counts, strict=True))
    return Calibration(bins, sum(abs(x - y) * count for x, y, count in bins) / len(reads))
