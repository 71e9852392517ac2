"""Reads messages one by one, and times each; and what a part tells about what was read."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.data import TRAINED_ON, PublicSet, noise, public_sets, sentences
from benchmarks.job import progress
from benchmarks.machine import heavy_imports, memory

PROJECT = "project"
LANGUAGES = ("en", "fr")
# What is loaded at first use is no part of a message's time.
_WARM_UP = 20

Read = Callable[[str], dict[str, Any]]
"""Gives `intent`, `confidence`, `asked_again` and perhaps `embedded` of a text."""


def public_set(job: dict[str, Any]) -> PublicSet:
    """The public set that the job names."""
    return next(found for found in public_sets(Path(job["folder"])) if found.name == job["set"])


def training(job: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What the contestants of this job are trained on; in a quick try every so-manieth sentence stands for all."""
    texts, intents = sentences(*TRAINED_ON) if job["set"] == PROJECT else public_set(job).train
    step = int(job["train_every"])
    return texts[::step], intents[::step]


def measured_on(job: dict[str, Any]) -> dict[str, tuple[list[str], list[str]]]:
    """What they are measured on, by name: each language of the project's own, or the set's test half.

    Of noise, nothing is meant; in a quick try every so-manieth sentence stands for all.
    """
    if job["set"] == PROJECT:
        found = {code: sentences(f"tests/nlu/heldout_{code}.yml") for code in LANGUAGES}
        for code in LANGUAGES:
            texts = noise("tests/nlu/noise.yml", code)
            found[f"noise_{code}"] = (texts, [""] * len(texts))
    else:
        found = {job["set"]: public_set(job).test}
    step = int(job["every"])
    return {name: (texts[::step], meant[::step]) for name, (texts, meant) in found.items() if texts}


def read_all(job: dict[str, Any], read: Read) -> dict[str, Any]:
    """Reads what the job is measured on, single messages, and times each."""
    parts = measured_on(job)
    texts = [text for part, _ in parts.values() for text in part]
    for text in texts[:_WARM_UP]:
        read(text)
    found: dict[str, Any] = {}
    done = 0
    for name, (part, meant) in parts.items():
        guesses = []
        for text in part:
            began = time.perf_counter()
            guess = read(text)
            guesses.append({**guess, "milliseconds": (time.perf_counter() - began) * 1000})
            done += 1
            if done % 20 == 0:
                progress(done, len(texts))
        found[name] = {"guesses": guesses, "meant": meant}
    return {"parts": found, "memory": memory(), "imports": heavy_imports()}
