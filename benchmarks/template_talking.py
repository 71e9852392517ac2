"""Talks with Rasa's template: `Agent.handle_text`, trackers in memory, responses from the domain, no custom actions."""

import asyncio
import itertools
from pathlib import Path
from typing import Any

from benchmarks.template import quieted
from benchmarks.template_training import MODEL


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Loads the model of the job and talks."""
    from rasa.core.agent import Agent

    quieted()
    agent = Agent.load(str(Path(job["model"]) / "models" / f"{MODEL}.tar.gz"))
    numbers = itertools.count()

    async def begin(language: str) -> str:
        return f"conversation-{next(numbers)}"

    async def say(conversation: str, text: str) -> bool:
        return bool(await agent.handle_text(text, sender_id=conversation))

    from benchmarks.talking import Assistant, talk

    return asyncio.run(talk(Assistant(begin, say), job))
