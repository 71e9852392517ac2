"""The clock is set an hour back, or back and forth, between one try of a delivery and the next."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from itertools import cycle
from random import Random

import pytest

from bot.conversations.outbox.port import NotSentError, UnclearError
from bot.db.engine import Database
from tests.record.outbox.postbox import Postbox, eventually
from tests.record.outbox.providers import Fate, Provider

LONGEST_SECONDS = 300
"""Far less than an hour, and more than the pauses after the few failures there are."""


@pytest.fixture
async def box(sqlite_database: Database) -> AsyncIterator[Postbox]:
    box = Postbox(sqlite_database)
    yield box
    await box.stop()


@pytest.mark.parametrize("moves", [(-1,), (-1, 1), (1, -1, -1)], ids=["back", "back and forth", "forth and back"])
async def test_nothing_waits_an_hour_and_nothing_is_sent_twice(
    box: Postbox, chance: Random, moves: tuple[int, ...]
) -> None:
    troubles: list[Fate] = [
        NotSentError("status 500"),
        NotSentError("status 429", retry_after=1),
        NotSentError("nobody is there", everybody=True),
        UnclearError("late"),
        "lost answer",
    ]
    chance.shuffle(troubles)
    provider = Provider()
    provider.fates.extend(troubles)
    conversation = await box.traveller()
    box.start(provider)
    ids = [await box.say(conversation, text) for text in ("first", "second", "third")]

    async def states() -> list[str]:
        return [(await box.entry(each)).state for each in ids]

    hours, seconds = cycle(moves), 0
    while set(await states()) != {"sent"}:
        assert seconds < LONGEST_SECONDS, (await states(), provider.requests)
        tries = len(provider.requests)
        box.time.forward(1)
        seconds += 1
        # What is due now is tried now; whether anything is, nobody can tell from outside.
        with suppress(TimeoutError):
            async with asyncio.timeout(0.03):
                await eventually(lambda tries=tries: len(provider.requests) > tries)
        if len(provider.requests) > tries:
            box.watch.forward(hours=next(hours))
    assert provider.texts == ["first", "second", "third"]
