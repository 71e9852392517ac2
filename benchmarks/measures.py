"""The arithmetic of the figures. scikit-learn computes what it has a name for."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmarks.data import OUT_OF_SCOPE


@dataclass(frozen=True)
class Guessed:
    """What one message was read as: the likeliest intent, its probability, and whether the assistant asks again."""

    intent: str
    confidence: float
    asked_again: bool
    milliseconds: float
    embedded: bool = False


@dataclass(frozen=True)
class Scores:
    """Shares from 0 to 1. None where a set has no sentence to count.

    `accuracy`, `macro_f1` and `out_of_scope_recall` are about the likeliest intent, whether or not the assistant asks
    again; `wrong_answers` are the messages that were answered, and wrongly; asking again is no answer.
    `out_of_scope_not_answered` are those out of scope that were recognised as such or asked about.
    """

    sentences: int
    accuracy: float
    macro_f1: float
    out_of_scope_recall: float | None
    out_of_scope_not_answered: float | None
    wrong_answers: float
    asked_again: float
    calibration_error: float
    embedded: float
    milliseconds_mean: float
    milliseconds_p50: float
    milliseconds_p95: float

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def scores(guesses: Sequence[Guessed], meant: Sequence[str]) -> Scores:
    """How well `guesses` fit what was `meant`, a sentence each; there must be one at least."""
    from sklearn.metrics import accuracy_score, f1_score

    read = [guess.intent for guess in guesses]
    right = np.array([intent == truth for intent, truth in zip(read, meant, strict=True)])
    asked = np.array([guess.asked_again for guess in guesses])
    outside = np.array([truth in OUT_OF_SCOPE for truth in meant])
    p50, p95 = percentiles([guess.milliseconds for guess in guesses])
    return Scores(
        sentences=len(meant),
        accuracy=float(accuracy_score(meant, read)),
        macro_f1=float(f1_score(meant, read, labels=sorted(set(meant)), average="macro", zero_division=0)),
        out_of_scope_recall=float(right[outside].mean()) if outside.any() else None,
        out_of_scope_not_answered=float((right | asked)[outside].mean()) if outside.any() else None,
        wrong_answers=float((~right & ~asked).mean()),
        asked_again=float(asked.mean()),
        calibration_error=expected_calibration_error([guess.confidence for guess in guesses], right.tolist()),
        embedded=float(np.mean([guess.embedded for guess in guesses])),
        milliseconds_mean=float(np.mean([guess.milliseconds for guess in guesses])),
        milliseconds_p50=p50,
        milliseconds_p95=p95,
    )


def expected_calibration_error(confidence: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """The mean gap between how sure and how often right, over bins of equal width, weighted by what is in each.

    `confidence` are probabilities from 0 to 1; a bin includes its upper edge.
    """
    sure = np.clip(np.asarray(confidence, dtype=float), 0.0, 1.0)
    places = np.searchsorted(np.linspace(0.0, 1.0, bins + 1)[1:-1], sure)
    gaps = np.bincount(places, weights=sure - np.asarray(right, dtype=float), minlength=bins)
    return float(np.abs(gaps).sum() / len(sure))


def percentiles(spent: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th percentile."""
    p50, p95 = np.percentile(spent, [50, 95])
    return float(p50), float(p95)
