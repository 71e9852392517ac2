"""Talks with an assistant turn by turn, and times: the first answer, every turn, and a long conversation."""

import random
import time
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Any, NamedTuple

from benchmarks.data import sentences
from benchmarks.job import progress, since_start
from benchmarks.machine import heavy_imports, memory
from benchmarks.measures import percentiles
from benchmarks.reading import LANGUAGES

TURNS_EACH = 10
MEMORY_AFTER = 200
# Turn 5 and turn 400, each in the middle of ten turns that say the same ten things.
EARLY, LATE = range(10), range(395, 405)
_LONG = (
    "inform",
    "ask_cbp_on_flight",
    "ask_why",
    "ask_fees",
    "ask_what_if",
    "ask_documents",
    "ask_interview_options",
    "ask_where_centres",
    "ask_connecting_flight",
    "thank",
)


class Assistant(NamedTuple):
    """How to talk with one: `begin` gives a conversation, `say` answers a message in it and is False if unanswered."""

    begin: Callable[[str], Awaitable[Any]]
    say: Callable[[Any, str], Awaitable[bool]]


async def talk(assistant: Assistant, job: dict[str, Any]) -> dict[str, Any]:
    """All figures of one assistant that has just been loaded."""
    loaded = since_start(job)
    first = await assistant.begin("en")
    await assistant.say(first, "Can I do the CBP part on my flight on Friday?")
    found: dict[str, Any] = {"loaded_seconds": loaded, "ready_seconds": since_start(job)}
    return found | await _short(assistant, job) | await _long(assistant, job) | {"imports": heavy_imports()}


async def _short(assistant: Assistant, job: dict[str, Any]) -> dict[str, Any]:
    """Conversations of ten turns over the held-out sentences; a conversation is in one language."""
    talks = _conversations(int(job["every"]))
    for language, texts in talks[:2]:
        conversation = await assistant.begin(language)
        for text in texts:
            await assistant.say(conversation, text)
    spent: list[float] = []
    unanswered = 0
    used: dict[str, float] = {}
    began = time.perf_counter()
    for number, (language, texts) in enumerate(talks):
        conversation = await assistant.begin(language)
        for text in texts:
            start = time.perf_counter()
            unanswered += not await assistant.say(conversation, text)
            spent.append((time.perf_counter() - start) * 1000)
        if len(spent) <= MEMORY_AFTER:
            used = {**memory(), "after_turns": len(spent)}
        progress(number + 1, len(talks) * 1.5, "short conversations")
    whole = time.perf_counter() - began
    p50, p95 = percentiles(spent)
    return {
        "turns": len(spent),
        "unanswered": unanswered,
        "turns_a_second": len(spent) / whole,
        "milliseconds_p50": p50,
        "milliseconds_p95": p95,
        "memory": used,
    }


async def _long(assistant: Assistant, job: dict[str, Any]) -> dict[str, Any]:
    """Long conversations, each saying the same ten things again and again."""
    texts, intents = sentences("tests/nlu/heldout_en.yml")
    said = [texts[intents.index(intent)] for intent in _LONG]
    early: list[float] = []
    late: list[float] = []
    unanswered = 0
    conversations = int(job["long_conversations"])
    for number in range(conversations):
        conversation = await assistant.begin("en")
        for turn in range(LATE.stop):
            start = time.perf_counter()
            unanswered += not await assistant.say(conversation, said[turn % len(said)])
            spent = (time.perf_counter() - start) * 1000
            if turn in EARLY:
                early.append(spent)
            elif turn in LATE:
                late.append(spent)
            if turn % 20 == 0:
                share = (number + turn / LATE.stop) / conversations
                progress(1 + share / 2, 1.5, "long conversations")
    return {
        "turn_5_milliseconds": median(early),
        "turn_400_milliseconds": median(late),
        "turn_400_by_turn_5": median(late) / median(early),
        "long_unanswered": unanswered,
    }


def _conversations(step: int) -> list[tuple[str, list[str]]]:
    """The held-out sentences in a fixed order at random, ten a conversation, the languages taking turns."""
    chance = random.Random(1)
    by_language = {}
    for language in LANGUAGES:
        texts = sentences(f"tests/nlu/heldout_{language}.yml")[0]
        chance.shuffle(texts)
        texts = texts[::step]
        starts = range(0, len(texts) - TURNS_EACH + 1, TURNS_EACH)
        by_language[language] = [(language, texts[start : start + TURNS_EACH]) for start in starts]
    return [talk for pair in zip(*by_language.values(), strict=False) for talk in pair]
