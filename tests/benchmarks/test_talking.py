"""The conversations that are timed, held with somebody who answers at once."""

import time
from collections import defaultdict

from benchmarks.data import sentences
from benchmarks.talking import EARLY, LATE, Assistant, talk


async def test_turn_5_and_turn_400_say_the_same_things() -> None:
    said: dict[int, list[str]] = defaultdict(list)

    async def begin(language: str) -> int:
        said[len(said)] = []
        return len(said) - 1

    async def say(conversation: int, text: str) -> bool:
        said[conversation].append(text)
        return text != said[conversation][0]

    job = {"started": time.monotonic(), "every": 32, "long_conversations": 1}
    found = await talk(Assistant(begin, say), job)
    first, *short, long = said.values()
    assert len(first) == 1
    # Two to warm up, and those are held again and timed.
    assert short[:2] == short[2:4]
    assert {len(texts) for texts in short} == {10}
    timed = short[2:]
    assert found["turns"] == 10 * len(timed)
    assert found["unanswered"] == len(timed)
    held_out = [set(sentences(f"tests/nlu/heldout_{code}.yml")[0]) for code in ("en", "fr")]
    for place, texts in enumerate(timed):
        assert set(texts) <= held_out[place % 2]
    assert 4 in EARLY
    assert 399 in LATE
    assert sorted(long[turn] for turn in EARLY) == sorted(long[turn] for turn in LATE)
    assert len(set(long)) == 10
