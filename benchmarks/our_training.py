"""Trains our classifiers on a set, and chooses temperatures and thresholds for each way of using them."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.data import noise, sentences
from benchmarks.job import progress
from benchmarks.reading import LANGUAGES, PROJECT, training
from benchmarks.thresholds import Chosen, Said, ask, choose
from bot.nlu.embeddings import Embeddings
from bot.nlu.grams import train_grams
from bot.nlu.intent_model import IntentModel, Tuning, train_intents
from bot.nlu.meaning import train_meaning
from bot.settings import ROOT

# A public set has no sentences for choosing: a tenth of its training half, untrained meanwhile, stands for them.
_SLICE = 0.1
NEVER, ALWAYS = 0.0, 2.0


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Trains, writes the model into the job's folder, and tells what it took and what was chosen."""
    folder = Path(job["model"])
    folder.mkdir(parents=True, exist_ok=True)
    strictness = shipped("IntentClassifier")["strictness"]
    store = folder / "embeddings.npz"
    # Of an earlier run, whose work would be missing in the time.
    store.unlink(missing_ok=True)
    embeddings = Embeddings(store)
    texts, intents = training(job)

    began = time.perf_counter()
    grams = train_grams(texts, intents, strictness)
    grams_seconds = time.perf_counter() - began
    progress(20, 100, "embedding the sentences")
    # What `train_intents` does, in two steps that are timed apart.
    model = IntentModel(sorted(set(intents)), grams, train_meaning(embeddings.many(texts), intents))
    both_seconds = time.perf_counter() - began
    model.save(folder)

    progress(70, 100, "choosing temperatures and thresholds")
    if job["set"] == PROJECT:
        said = _said_of_tuning(model, embeddings, job)
    else:
        said = _said_of_slice(texts, intents, embeddings, strictness)
    tuning = _tunings(said, job["set"])
    return {
        "sentences": len(texts),
        "intents": len(set(intents)),
        "seconds": {"n-grams": grams_seconds, "always embeddings": both_seconds, "cascade": both_seconds},
        "chosen_on": len(said.meant),
        "tuning": tuning,
    }


def shipped(component: str) -> dict[str, Any]:
    """What `config.yml` says of a component, its defaults filled in."""
    import importlib

    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    part = next(part for part in config["pipeline"] if part["name"].endswith(f".{component}"))
    module, _, name = part["name"].rpartition(".")
    defaults: dict[str, Any] = getattr(importlib.import_module(module), name).get_default_config()
    return {**defaults, **part}


def _tunings(said: Said, name: str) -> dict[str, Any]:
    """Tuning and threshold of each contestant, all by the same function on the same sentences."""
    cascade = choose(said)
    if name == PROJECT:
        ours = shipped("IntentClassifier")
        tuning = Tuning(ours["certain"], ours["heat_grams"], ours["heat_both"])
        cascade = Chosen(tuning, shipped("UnsureClassifier")["threshold"], cascade.embedded)
    cheap, both = choose(_alone(said, said.grams)), choose(_alone(said, said.both))
    found = {
        "n-grams": (Tuning(NEVER, cheap.tuning.heat_both, 1.0), cheap.threshold),
        "always embeddings": (Tuning(ALWAYS, 1.0, both.tuning.heat_both), both.threshold),
        "cascade": (cascade.tuning, cascade.threshold),
    }
    return {contestant: {**asdict(tuning), "threshold": threshold} for contestant, (tuning, threshold) in found.items()}


def _alone(said: Said, matrix: Any) -> Said:
    """A cascade whose cheap half knows nothing, so that temperature and threshold are those of `matrix` alone."""
    return said._replace(grams=np.full_like(matrix, 1.0 / matrix.shape[1]), both=matrix)


def _said_of_tuning(model: IntentModel, embeddings: Embeddings, job: dict[str, Any]) -> Said:
    tried: list[str] = []
    meant: list[str] = []
    language: list[str] = []
    for code in LANGUAGES:
        texts, intents = sentences(f"tests/nlu/tuning_{code}.yml")
        mashed = noise("tests/nlu/noise_tuning.yml", code)
        tried += [*texts[:: job["every"]], *mashed]
        meant += [*intents[:: job["every"]], *("" for _ in mashed)]
        language += [code] * (len(tried) - len(language))
    return ask(model, embeddings, tried, meant, language)


def _said_of_slice(texts: list[str], intents: list[str], embeddings: Embeddings, strictness: float) -> Said:
    from sklearn.model_selection import train_test_split

    kept, tried, kept_intents, meant = train_test_split(
        texts, intents, test_size=max(_SLICE, len(set(intents)) / len(texts)), stratify=intents, random_state=1
    )
    model = train_intents(kept, kept_intents, embeddings, strictness=strictness)
    return ask(model, embeddings, tried, meant, ["en"] * len(tried))
