"""The template's way of reading: Rasa's agent, the way Rasa's own server asks it."""

import asyncio
from pathlib import Path
from typing import Any

from benchmarks.reading import read_all
from benchmarks.template import FALLBACK, quieted
from benchmarks.template_training import MODEL


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Reads everything with the model of the job."""
    from rasa.core.agent import Agent

    quieted()
    agent = Agent.load(str(Path(job["model"]) / "models" / f"{MODEL}.tar.gz"))
    with asyncio.Runner() as loop:

        def read(text: str) -> dict[str, Any]:
            understood = loop.run(agent.parse_message(text))
            ranking = understood["intent_ranking"]
            unsure = understood["intent"]["name"] == FALLBACK
            best = next((guess for guess in ranking if guess["name"] != FALLBACK), {"name": "", "confidence": 0.0})
            return {"intent": best["name"], "confidence": float(best["confidence"]), "asked_again": unsure}

        return read_all(job, read)
