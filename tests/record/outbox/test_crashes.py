"""Processes die and providers fail at any moment, and each part arrives once and in order, as far as can be told.

The provider either tells repeats by our key or says whether a part has arrived; one that does neither may get a part
twice, and none may miss one.
"""

import asyncio
from collections.abc import Coroutine
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.conversations.outbox.abandoned import Abandoned
from bot.conversations.outbox.claiming import Claimed, claim
from bot.conversations.outbox.models import OutboxEntry, OutboxPart
from bot.conversations.outbox.port import Letter, NotSentError, Sent, UnclearError
from bot.db.engine import Database, open_database
from tests.record.outbox.postbox import Postbox
from tests.record.outbox.providers import Provider

CHANNELS = count()
FATES = ["arrives", "lost answer", "not sent", "unclear", "down", "killed before", "killed after"]


class _KilledError(BaseException):
    """The process ended here."""


class _Deadly(Provider):
    """At some requests the process that makes them is killed, before or after they arrive."""

    async def send(self, letter: Letter) -> Sent:
        killed = self.fates.popleft() if self.fates and str(self.fates[0]).startswith("killed") else None
        if killed == "killed before":
            raise _KilledError
        sent = await super().send(letter)
        if killed == "killed after":
            raise _KilledError
        return sent


class Crashes(RuleBasedStateMachine):
    """Two conversations on a channel of their own, in a database that other examples use too."""

    loop: asyncio.AbstractEventLoop
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.box = Postbox(self.database)
        self.provider = _Deadly(name=f"c{next(CHANNELS)}")
        self.said: dict[str, list[str]] = {}
        self.left: list[Claimed] = []

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    @initialize(idempotent=st.booleans())
    def start(self, idempotent: bool) -> None:
        self.provider.idempotent, self.provider.can_be_asked = idempotent, not idempotent
        for number in range(2):
            self.said[self.run(self.box.traveller(f"{number}", self.provider.name))] = []

    @rule(which=st.integers(0, 1), parts=st.integers(1, 3))
    def the_guide_speaks(self, which: int, parts: int) -> None:
        conversation, texts = [*self.said.items()][which]
        words = [f"{conversation} {len(texts) + number}" for number in range(parts)]
        texts.extend(words)
        self.run(self.box.say(conversation, *words))

    @rule(fates=st.lists(st.sampled_from(FATES), max_size=4))
    def a_process_delivers(self, fates: list[str]) -> None:
        errors = {"not sent": NotSentError("busy"), "unclear": UnclearError("late")}
        errors["down"] = NotSentError("down", everybody=True)
        self.provider.fates.extend(errors.get(fate, fate) for fate in fates)
        self.run(self._deliver())
        self.run(self._nothing_is_called_sent_that_did_not_arrive())

    async def _deliver(self) -> None:
        claimed = await claim(self.database, self.provider.name, 10, self.box.watch())
        delivery = self.box.delivery()
        for place, each in enumerate(claimed):
            try:
                await delivery.deliver(each, self.provider)
            except _KilledError:
                self.left.extend(claimed[place:])
                break
        self.provider.fates.clear()

    @rule()
    def a_process_dies_when_it_has_claimed(self) -> None:
        self.left.extend(self.run(claim(self.database, self.provider.name, 10, self.box.watch())))

    @precondition(lambda self: self.left)
    @rule()
    def what_was_left_is_taken_over(self) -> None:
        self.run(Abandoned(self.database, self.box.time.monotonic, 30).take_all_over())

    @precondition(lambda self: self.left and self.provider.idempotent)
    @rule()
    def a_process_that_was_thought_dead_goes_on(self) -> None:
        self.run(self.box.delivery().deliver(self.left.pop(), self.provider))

    @rule(seconds=st.sampled_from([-7200, 3, 700]))
    def time_passes_or_the_clock_is_set(self, seconds: int) -> None:
        self.box.watch.forward(seconds=seconds)

    @invariant()
    def each_part_arrived_once_and_in_order(self) -> None:
        for conversation, texts in self.said.items():
            arrived = [text for text in self.provider.texts if text.startswith(conversation)]
            assert arrived == texts[: len(arrived)]

    async def _nothing_is_called_sent_that_did_not_arrive(self) -> None:
        arrived = {each.key for each in self.provider.arrived}
        async with self.database.read() as session:
            mine = OutboxEntry.channel == self.provider.name
            parts = select(OutboxEntry.key, OutboxPart.number).join(OutboxPart, OutboxPart.entry_id == OutboxEntry.id)
            noted = {f"{key}-{number}" for key, number in await session.execute(parts.where(mine))}
            assert noted <= arrived
            for entry in await session.scalars(select(OutboxEntry).where(mine, OutboxEntry.state == "sent")):
                numbers = range(1, entry.last_seq - entry.first_seq + 2)
                assert {f"{entry.key}-{number}" for number in numbers} <= noted

    def teardown(self) -> None:
        self.run(self._finish())
        for conversation, texts in self.said.items():
            assert [text for text in self.provider.texts if text.startswith(conversation)] == texts

    async def _finish(self) -> None:
        await Abandoned(self.database, self.box.time.monotonic, 30).take_all_over()
        for _ in range(50):
            self.box.watch.forward(hours=2)
            await self._deliver()
            async with self.database.read_once() as session:
                mine = (OutboxEntry.channel == self.provider.name, OutboxEntry.state != "sent")
                if await session.scalar(select(OutboxEntry.id).where(*mine).limit(1)) is None:
                    return


def test_each_part_arrives_once_whenever_processes_die(sqlite_url: str) -> None:
    with asyncio.Runner() as runner:
        Crashes.loop = runner.get_loop()
        Crashes.database = runner.run(open_database(sqlite_url))
        try:
            run_state_machine_as_test(
                Crashes,
                settings=settings(
                    max_examples=10,
                    stateful_step_count=20,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(Crashes.database.close())
