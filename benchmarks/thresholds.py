"""Chooses the classifier's thresholds and temperatures on data: `python -m benchmarks.thresholds [--write]`.

Trains on `data/nlu`, looks at `tests/nlu/tuning_*.yml` and `noise_tuning.yml`, which are never trained on and never
reported on, and prints what it chooses; `--write` puts it into `config.yml`.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from benchmarks.data import noise, sentences
from bot.nlu.embeddings import Embeddings
from bot.nlu.intent_model import IntentModel, Tuning, tempered, together, train_intents
from bot.nlu.intents import STORE
from bot.settings import ROOT

Matrix = npt.NDArray[np.float64]

# How much less often right than with the embeddings always the cascade may be, in any language.
GIVEN_UP = 0.0
CANDIDATES = np.arange(0.05, 1.0, 0.025)
# What an answer costs the traveller: a wrong one as much as three questions whose right reading is among the choices,
# to be tapped, or as two whose is not. Asking about noise is right.
WRONG, ASKED, ASKED_IN_VAIN = 1.0, 1 / 3, 1 / 2
CHOICES = 3


class Said(NamedTuple):
    """What both classifiers say of some messages, and what was meant (-1: nothing)."""

    grams: Matrix
    both: Matrix
    meant: npt.NDArray[np.intp]
    language: npt.NDArray[np.str_]


@dataclass(frozen=True)
class Chosen:
    """The choice, in the words of `config.yml`."""

    tuning: Tuning
    threshold: float
    embedded: float
    """The share of the messages that needs the embeddings."""


def ask(model: IntentModel, embeddings: Embeddings, texts: list[str], meant: list[str], language: list[str]) -> Said:
    """Lets both classifiers read the texts; an intent the model does not know counts as meaning nothing."""
    grams = np.array([model.grams.say(text) for text in texts])
    both = together(grams, model.meaning.say(np.vstack([embeddings.one(text) for text in texts])))
    places = {intent: place for place, intent in enumerate(model.intents)}
    return Said(grams, both, np.array([places.get(intent, -1) for intent in meant]), np.array(language))


def choose(said: Said) -> Chosen:
    """The temperatures, then where the n-grams are enough, then where to ask again."""
    known = said.meant >= 0
    heat_grams = _heat(said.grams[known], said.meant[known])
    sure = tempered(said.grams, heat_grams).max(axis=1)
    certain = _certain(said, sure, known)
    unsure = known & (sure < certain)
    heat_both = _heat(said.both[unsure], said.meant[unsure]) if unsure.any() else 1.0
    tuning = Tuning(round(certain, 3), round(heat_grams, 3), round(heat_both, 3))
    return Chosen(tuning, _threshold(cascade(said, tuning), said.meant), float((sure < certain)[known].mean()))


def cascade(said: Said, tuning: Tuning) -> Matrix:
    """The calibrated probabilities of the cascade."""
    cheap = tempered(said.grams, tuning.heat_grams)
    return np.where((cheap.max(axis=1) >= tuning.certain)[:, None], cheap, tempered(said.both, tuning.heat_both))


def _heat(probabilities: Matrix, meant: npt.NDArray[np.intp]) -> float:
    """The temperature at which what was meant is likeliest."""

    def surprise(heat: float) -> float:
        likely = tempered(probabilities, heat)[np.arange(len(meant)), meant]
        return float(-np.log(np.maximum(likely, 1e-12)).mean())

    return float(minimize_scalar(surprise, bounds=(0.2, 5.0), method="bounded").x)


def _certain(said: Said, sure: npt.NDArray[np.float64], known: npt.NDArray[np.bool_]) -> float:
    """The lowest threshold at which the cascade gives up at most `GIVEN_UP` of the accuracy, in each language."""
    cheap, both = (matrix.argmax(axis=1) == said.meant for matrix in (said.grams, said.both))
    parts = [known & (said.language == language) for language in np.unique(said.language[known])]
    for candidate in CANDIDATES:
        right = np.where(sure >= candidate, cheap, both)
        if all(right[part].mean() >= both[part].mean() - GIVEN_UP for part in parts):
            return float(candidate)
    return 1.0


def _threshold(likely: Matrix, meant: npt.NDArray[np.intp]) -> float:
    """The fallback threshold of least cost."""
    offered = np.argsort(-likely, axis=1)[:, :CHOICES]
    found = (offered == meant[:, None]).any(axis=1)
    asking = np.where(meant < 0, 0.0, np.where(found, ASKED, ASKED_IN_VAIN))
    answering = np.where(offered[:, 0] == meant, 0.0, WRONG)
    best = likely.max(axis=1)
    costs = [np.where(best < candidate, asking, answering).mean() for candidate in CANDIDATES]
    return round(float(CANDIDATES[int(np.argmin(costs))]), 3)


def main() -> None:
    """Trains, chooses, prints, and writes if asked to."""
    texts, intents = sentences("data/nlu/**/*.yml")
    embeddings = Embeddings(STORE)
    model = train_intents(texts, intents, embeddings, strictness=20.0)
    tried: list[str] = []
    meant: list[str] = []
    language: list[str] = []
    for code in ("en", "fr"):
        said, labels = sentences(f"tests/nlu/tuning_{code}.yml")
        mashed = noise("tests/nlu/noise_tuning.yml", code)
        tried += [*said, *mashed]
        meant += [*labels, *("" for _ in mashed)]
        language += [code] * (len(said) + len(mashed))
    chosen = choose(ask(model, embeddings, tried, meant, language))
    print(f"chosen on {len(tried)} messages; {chosen.embedded:.0%} of them need the embeddings")
    for name, value in {**asdict(chosen.tuning), "threshold": chosen.threshold}.items():
        print(f"{name}: {value}")
    if "--write" in sys.argv[1:]:
        write(chosen)


def write(chosen: Chosen) -> None:
    """Puts the choice into `config.yml`, whose remarks stay."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    file = ROOT / "config.yml"
    config: Any = yaml.load(file.read_text(encoding="utf-8"))
    parts = {part["name"].rpartition(".")[2]: part for part in config["pipeline"]}
    parts["IntentClassifier"].update(asdict(chosen.tuning))
    parts["UnsureClassifier"]["threshold"] = chosen.threshold
    with file.open("w", encoding="utf-8") as target:
        yaml.dump(config, target)


if __name__ == "__main__":
    main()
