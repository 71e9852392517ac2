"""Rasa's template: the pipeline and policies that Rasa 3.6 itself fills in for a project made by `rasa init`.

They are read from the Rasa that is installed, so nothing is transcribed; only a quick try changes the epochs.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

FALLBACK = "nlu_fallback"
# Rasa answers these itself, with default actions, and lets no rule say otherwise.
_DEFAULTS = frozenset({"restart", "back", "session_start"})
_VERSION = "3.1"


def config(epochs: int | None) -> dict[str, Any]:
    """The template's `config.yml`; `epochs` in place of its own where given."""
    import rasa.engine.recipes

    file = Path(str(rasa.engine.recipes.__file__)).with_name("config_files") / "default_config.yml"
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    found["assistant_id"] = "template"
    for part in [*found["pipeline"], *found["policies"]]:
        if epochs is not None and "epochs" in part:
            part["epochs"] = epochs
    return found


def quieted() -> None:
    """Logs as Rasa's own commands are set to, but for warnings and errors only; unset, Rasa prints every debug line."""
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)


def write_project(folder: Path, texts: Iterable[str], intents: Iterable[str], epochs: int | None) -> None:
    """A Rasa project that says of each intent what it is: NLU data, a response and a rule for each intent.

    The same as stories gives the policies that learn something to learn.
    """
    by_intent: dict[str, list[str]] = {}
    for text, intent in zip(texts, intents, strict=True):
        by_intent.setdefault(intent, []).append(" ".join(text.split()))
    names = sorted(by_intent)
    answered = [*names, FALLBACK]
    ruled = [name for name in names if name not in _DEFAULTS]
    steps = {name: [{"intent": name}, {"action": f"utter_{name}"}] for name in answered}
    _write(folder / "config.yml", config(epochs))
    _write(
        folder / "data" / "nlu.yml",
        {"nlu": [{"intent": name, "examples": "".join(f"- {text}\n" for text in by_intent[name])} for name in names]},
    )
    rules = [{"rule": name, "steps": steps[name]} for name in [*ruled, FALLBACK]]
    _write(folder / "data" / "rules.yml", {"rules": rules})
    _write(folder / "data" / "stories.yml", {"stories": [{"story": name, "steps": steps[name]} for name in ruled]})
    _write(
        folder / "domain.yml",
        {"intents": names, "responses": {f"utter_{name}": [{"text": f"You asked: {name}."}] for name in answered}},
    )


def _write(file: Path, content: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"version": _VERSION, **content}, allow_unicode=True, width=10_000, sort_keys=False)
    file.write_text(text, encoding="utf-8")
