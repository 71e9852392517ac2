"""Puts the figures together out of what the parts gave."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from benchmarks.machine import described
from benchmarks.measures import Guessed, scores
from benchmarks.plan import OURS, TEMPLATE, Part
from benchmarks.reading import LANGUAGES, PROJECT
from benchmarks.wanted import wanted

_NOISE = "noise_"


def figures(parts: Sequence[Part], results: Mapping[str, dict[str, Any]], run: Mapping[str, Any]) -> dict[str, Any]:
    """Everything `bench.json` holds; `run` says how it came about (command, size, what failed)."""
    found: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        **run,
        "machine": described(),
        "data": {},
        "intents": {},
        "noise": {},
        "training_seconds": {},
        "reading": {},
        "tuning": {},
        "dialogue": {},
        "rulings": {},
        "desk": {},
        "took_seconds": {name: round(result["took_seconds"], 1) for name, result in results.items()},
    }
    for part in parts:
        if part.name in results:
            _add(found, part, results[part.name])
    return found | {"wanted": [vars(goal) for goal in wanted(found)]}


def _add(found: dict[str, Any], part: Part, result: dict[str, Any]) -> None:
    name = part.job.get("set", "")
    if part.module == "our_training":
        found["data"].setdefault(name, {})["trained_on"] = result["sentences"]
        found["data"][name] |= {"intents": result["intents"], "chosen_on": result["chosen_on"]}
        found["training_seconds"].setdefault(name, {}).update(result["seconds"])
        found["tuning"][name] = result["tuning"]
    elif part.module == "template_training":
        found["training_seconds"].setdefault(name, {})[TEMPLATE] = result["seconds"]
        if part.job["policies"]:
            found["training_seconds"][name]["template's policies"] = result["policies_seconds"]
    elif part.module in ("our_reading", "template_reading"):
        contestant = part.job["contestant"]
        found["reading"].setdefault(name, {})[contestant] = {key: result[key] for key in ("memory", "imports")}
        for measured, read in result["parts"].items():
            guesses = [Guessed(**guess) for guess in read["guesses"]]
            if measured.startswith(_NOISE):
                asked = sum(guess.asked_again for guess in guesses) / len(guesses)
                told = {"messages": len(guesses), "asked_again": asked}
                found["noise"].setdefault(measured.removeprefix(_NOISE), {})[contestant] = told
            else:
                found["intents"].setdefault(measured, {})[contestant] = scores(guesses, read["meant"]).as_dict()
    elif part.module in ("our_talking", "template_talking"):
        found["dialogue"][part.name.removeprefix("talking-")] = _without_time(result)
    elif part.module == "rulings":
        found["rulings"] = _without_time(result)
    elif part.module == "desk":
        found["desk"] = _without_time(result)


def _without_time(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key != "took_seconds"}


def order(contestants: Mapping[str, Any]) -> list[str]:
    """The contestants that were measured, the template first."""
    return [name for name in (TEMPLATE, *OURS) if name in contestants]


def title(measured: str) -> str:
    """How a set is called in tables."""
    return {"en": f"{PROJECT}, English", "fr": f"{PROJECT}, French"}.get(measured, measured)


def sets(found: Mapping[str, Any]) -> list[str]:
    """What was measured on, the project's own languages first."""
    own = [code for code in LANGUAGES if code in found["intents"]]
    return [*own, *(name for name in found["intents"] if name not in own)]
