"""What a turn costs, from the message to the stored replies, and whether a long conversation costs more.

`python -m benchmarks.turns` loads the trained model in this process, with SQLite in a temporary folder, and talks.
"""

import asyncio
import os
import tempfile
import time
from statistics import median

import numpy as np

os.environ.setdefault("OMP_NUM_THREADS", "1")

from bot.conversations.intake import SendMessage
from bot.conversations.service import Conversations
from bot.opening import opened
from bot.settings import load_settings

SAID = (
    "Can I do my CBP interview on my flight to Seattle on Friday at 2 pm from Vancouver?",
    "why?",
    "how much does it cost?",
    "et si je partais d'Ottawa?",
    "quelles options d'entrevue ai-je?",
    "what documents do I bring",
    "thanks",
)
TURNS = 400
AROUND = 20


async def _talk() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DATA_DIR": folder, "MODEL_DIR": os.environ.get("MODEL_DIR", "models")}
        settings = load_settings(environment)
        began = time.perf_counter()
        async with opened(settings) as (known, dialogue):
            print(f"ready in {time.perf_counter() - began:.1f} s")
            conversations = Conversations(known.database, dialogue, known.wording, known.clock, settings.secret_key)
            started = await conversations.start("benchmark", "en")
            spent = []
            for number in range(TURNS + AROUND):
                message = SendMessage(SAID[number % len(SAID)], f"turn-{number}")
                began = time.perf_counter()
                await conversations.receive(started.conversation_id, message)
                spent.append((time.perf_counter() - began) * 1000)
            await conversations.finish()
    early, late = median(spent[5 : 5 + AROUND]), median(spent[TURNS : TURNS + AROUND])
    p50, p95 = np.percentile(spent, [50, 95])
    print(f"turns: p50 {p50:.0f} ms, p95 {p95:.0f} ms, {1000 / np.mean(spent):.0f} a second in one conversation")
    print(f"median around turn 5: {early:.0f} ms, around turn {TURNS}: {late:.0f} ms, ratio {late / early:.2f}")


def main() -> None:
    """Runs the conversation and prints the figures."""
    asyncio.run(_talk())


if __name__ == "__main__":
    main()
