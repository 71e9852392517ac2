"""Our way of reading: the components of `config.yml` one after the other, the classifier used as the job says."""

import importlib
from pathlib import Path
from typing import Any

import yaml

from benchmarks.reading import read_all
from bot.dialogue.pipeline import Pipeline
from bot.nlu import intents
from bot.nlu.embeddings import Embeddings, Vectors
from bot.nlu.intent_model import IntentModel
from bot.nlu.unsure import FALLBACK
from bot.settings import ROOT


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Reads everything with the model of the job."""
    asked: list[str] = []

    class Counted(Embeddings):
        """Remembers which messages needed the embeddings."""

        def one(self, text: str) -> Vectors:
            asked.append(text)
            return super().one(text)

    # The component makes its own engine.
    intents.Embeddings = Counted  # type: ignore[misc]
    trained: dict[str, Any] = job["needed"][0]
    tuning = trained["tuning"][job["contestant"]]
    pipeline = Pipeline([_component(part, Path(job["model"]), tuning) for part in _parts()])

    def read(text: str) -> dict[str, Any]:
        before = len(asked)
        understood = pipeline.understand(text, {"language": None})
        ranking = understood["intent_ranking"]
        unsure = ranking[0]["name"] == FALLBACK
        best = ranking[1] if unsure else ranking[0]
        return {
            "intent": best["name"],
            "confidence": best["confidence"],
            "asked_again": unsure,
            "embedded": len(asked) > before,
        }

    return read_all(job, read)


def _parts() -> list[dict[str, Any]]:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    return [dict(part) for part in config["pipeline"]]


def _component(part: dict[str, Any], model: Path, tuning: dict[str, float]) -> Any:
    module, _, name = part.pop("name").rpartition(".")
    component = getattr(importlib.import_module(module), name)
    defaults = component.get_default_config() if hasattr(component, "get_default_config") else {}
    tuned = {key: value for key, value in tuning.items() if key in defaults}
    config = {**defaults, **part, **tuned}
    if name == "IntentClassifier":
        return component(config, None, None, IntentModel.load(model))
    return component.create(config, None, None, None)
