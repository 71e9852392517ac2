"""Traveller, bot and staff act in any order, on a real database, and the record stays whole.

Nothing is lost, nothing is doubled, numbers have no gap, the bot says nothing while a person has the conversation, and
each message is answered once by the side that had the conversation then.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import timedelta
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

from bot.audit.actor import Actor
from bot.conversations import event_names
from bot.conversations.dialogue_port import Answer, Inbound
from bot.conversations.handover import Handover
from bot.conversations.models import Conversation, Event, Handoff, Message, Note
from bot.conversations.refusals import NotHeldError, TakenError
from bot.conversations.service import Conversations
from bot.conversations.states import StateError
from bot.db.engine import Database, open_database
from bot.settings import ROOT
from bot.texts import Catalogue
from tests.record.scripted import ScriptedDialogue, Watch, answer, conversations, message

STAFF = [Actor("staff:1", "Marie"), Actor("staff:2", "Paul")]
CATALOGUE = Catalogue.load(ROOT / "data" / "responses")
TAKING = {event_names.TAKEN, event_names.ASSIGNED}
LEAVING = {event_names.HANDED_BACK, event_names.RESOLVED}
REFUSALS = (TakenError, NotHeldError, StateError)

some_staff = st.sampled_from(STAFF)
wishes = st.sampled_from(["a question", "a question", "a person", "no person", "the end", "rate"])


class _Slow(ScriptedDialogue):
    """Remembers how often the conversation had been taken when it heard a message, long before it speaks."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.seen: dict[str, int] = {}

    async def answer(self, inbound: Inbound) -> Answer:
        assert self.database is not None
        async with self.database.read() as session:
            conversation = await session.get_one(Conversation, inbound.conversation_id)
        self.seen[inbound.message_id] = conversation.takeovers
        return await super().answer(inbound)


class Interleavings(RuleBasedStateMachine):
    """One conversation in a database that other examples use too."""

    loop: asyncio.AbstractEventLoop
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.watch = Watch()
        self.gate = asyncio.Event()
        self.gate.set()
        self.dialogue = _Slow(self.database, self.watch, hold=self.gate, script=self._script)
        self.service = conversations(self.database, self.dialogue, self.watch)
        self.others: list[Conversations] = []
        self.handover = Handover(self.database, self.service, CATALOGUE, self.watch)
        self.sent: list[str] = []
        self.replied: list[str] = []
        self.noted: list[str] = []
        self.running: set[asyncio.Task[Any]] = set()
        self.id = ""

    async def _script(self, inbound: Inbound) -> Answer:
        wish = inbound.text.rpartition(": ")[2]
        more: dict[str, Any] = {
            "a person": {"state": "waiting", "handoff": "asked"},
            "no person": {"leaves_queue": True},
            "the end": {"state": "closed"},
            "rate": {"rating": "yes", "state": "closed" if inbound.state == "closed" else "bot"},
        }.get(wish, {})
        return answer(f"{self.dialogue.seen.get(inbound.message_id, '?')} answer to {inbound.text}", **more)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    async def _settle(self) -> None:
        """Lets everything run that waits for no gate."""
        for _ in range(3):
            _, self.running = await asyncio.wait(self.running, timeout=0.005) if self.running else ((), set())

    def _begin(self, work: Coroutine[Any, Any, Any]) -> None:
        async def begin() -> None:
            self.running.add(asyncio.ensure_future(work))
            await self._settle()

        self.run(begin())

    def _try(self, work: Coroutine[Any, Any, Any]) -> BaseException | None:
        async def attempt() -> BaseException | None:
            try:
                await work
            except REFUSALS as refusal:
                return refusal
            return None

        return self.run(attempt())  # type: ignore[no-any-return]

    @initialize()
    def start(self) -> None:
        self.id = self.run(self.service.start("web", "en")).conversation_id

    # Traveller

    @rule(wish=wishes, bot_hangs=st.booleans())
    def traveller_writes(self, wish: str, bot_hangs: bool) -> None:
        if bot_hangs:
            self.gate.clear()
        name = f"t{len(self.sent)}"
        self.sent.append(name)
        self._begin(self.service.receive(self.id, message(f"{name}: {wish}", name)))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def traveller_sends_again(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.sent))

        async def again() -> None:
            async with self.database.read_once() as session:
                text = await session.scalar(
                    select(Message.text).where(Message.conversation_id == self.id, Message.client_message_id == name)
                )
            if text is not None:
                await self.service.receive(self.id, message(text, name))

        self._begin(again())

    # Bot

    @rule()
    def bot_goes_on(self) -> None:
        self.gate.set()
        self.run(self._settle())

    @rule()
    def another_process_recovers(self) -> None:
        """As after a crash, or beside a process that hangs: whoever comes first answers."""
        quick = ScriptedDialogue(self.database, self.watch)
        other = conversations(self.database, quick, self.watch)
        self.others.append(other)
        self.run(other.recover())

    # Staff

    @rule(actor=some_staff)
    def staff_take(self, actor: Actor) -> None:
        self._try(self.handover.take(self.id, actor))

    @rule()
    def two_take_at_once(self) -> None:
        before = self._conversation()

        async def both() -> list[BaseException | None]:
            return await asyncio.gather(
                *(self.handover.take(self.id, actor) for actor in STAFF), return_exceptions=True
            )

        results = self.run(both())
        if before.state in ("bot", "waiting"):
            (refusal,) = [result for result in results if result is not None]
            assert isinstance(refusal, TakenError)
            assert refusal.by.id == self._conversation().assignee_id

    @rule(actor=some_staff, to=some_staff)
    def staff_assign(self, actor: Actor, to: Actor) -> None:
        self._try(self.handover.assign(self.id, actor, to))

    @rule(actor=some_staff, twice=st.booleans())
    def staff_reply(self, actor: Actor, twice: bool) -> None:
        name = f"r{len(self.replied)}"
        for _ in range(1 + twice):
            refused = self._try(self.handover.reply(self.id, actor, f"reply {name}", name))
        if refused is None:
            self.replied.append(f"reply {name}")

    @rule(actor=some_staff)
    def staff_note(self, actor: Actor) -> None:
        name = f"n{len(self.noted)}"
        self.run(self.handover.add_note(self.id, actor, name, name))
        self.noted.append(name)

    @rule(actor=some_staff)
    def staff_snooze(self, actor: Actor) -> None:
        self._try(self.handover.snooze(self.id, actor, self.watch() + timedelta(hours=1)))

    @rule(actor=some_staff)
    def staff_hand_back(self, actor: Actor) -> None:
        self._try(self.handover.hand_back(self.id, actor, "over to the guide"))
        self.run(self._settle())

    @rule(actor=some_staff)
    def staff_take_and_hand_back(self, actor: Actor) -> None:
        """What the bot began before is no answer any more, though the conversation is the bot's again."""
        self.staff_take(actor)
        self.staff_hand_back(actor)

    @rule(actor=some_staff)
    def staff_resolve(self, actor: Actor) -> None:
        self._try(self.handover.resolve(self.id, actor))

    @rule(actor=some_staff, minutes=st.integers(1, 90))
    def time_passes(self, actor: Actor, minutes: int) -> None:
        self.watch.forward(minutes=minutes)
        self._try(self.handover.wake(self.id, actor))

    # What must hold

    def _conversation(self) -> Conversation:
        async def read() -> Conversation:
            async with self.database.read() as session:
                return await session.get_one(Conversation, self.id)

        return self.run(read())  # type: ignore[no-any-return]

    @invariant()
    def the_record_is_whole(self) -> None:
        if self.id:
            self.run(self._look())

    async def _look(self) -> tuple[Conversation, list[Message]]:
        async with self.database.read() as session:
            if session.get_bind().dialect.name == "postgresql":
                # One state of the database for all of it; SQLite's readers have that anyway.
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            conversation = await session.get_one(Conversation, self.id)
            of_it = Message.conversation_id == self.id
            messages = list(await session.scalars(select(Message).where(of_it).order_by(Message.seq)))
            events = list(
                await session.scalars(select(Event).where(Event.conversation_id == self.id).order_by(Event.id))
            )
            handoffs = list(await session.scalars(select(Handoff).where(Handoff.conversation_id == self.id)))
            notes = list(await session.scalars(select(Note.text).where(Note.conversation_id == self.id)))
        assert [each.seq for each in messages] == list(range(1, conversation.last_seq + 1)), "a gap"
        assert sorted(notes) == sorted(self.noted)
        replies = [each.text for each in messages if each.sender == "staff" and each.text.startswith("reply")]
        assert replies == self.replied, "a person's words are lost or doubled"
        names = Counter(each.client_message_id for each in messages if each.sender == "traveller")
        assert set(names) <= set(self.sent)
        assert set(names.values()) <= {1}, "a traveller's message is doubled"
        for asked in {each.reply_to for each in messages} - {None}:
            texts = [each.text for each in messages if each.reply_to == asked]
            assert len(texts) == (2 if texts[0].startswith("You said") else 1), "a message is answered twice"
        self._bot_is_silent_while_a_person_has_it(messages, events)
        for each in messages:
            if each.sender == "bot" and " answer to " in each.text:
                taken = sum(event.name in TAKING and event.seq < each.seq for event in events)
                assert each.text.startswith(f"{taken} "), "an answer from before a take-over was sent after it"
        open_handoffs = [each.id for each in handoffs if each.ended_at is None]
        assert open_handoffs == ([conversation.handoff_id] if conversation.handoff_id else [])
        assert (conversation.state == "human") == (conversation.assignee_id is not None)
        assert bool(open_handoffs) == (conversation.state in ("waiting", "human"))
        return conversation, messages

    def _bot_is_silent_while_a_person_has_it(self, messages: list[Message], events: list[Event]) -> None:
        taken_at: int | None = None
        for event in [*events, None]:
            if taken_at is not None and (event is None or event.name in LEAVING):
                until = event.seq if event is not None else len(messages)
                spoken = [each.text for each in messages[taken_at:until] if each.sender == "bot"]
                assert spoken == [], "the bot spoke while a person had the conversation"
                taken_at = None
            elif event is not None and event.name in TAKING and taken_at is None:
                taken_at = event.seq

    def texts(self) -> list[str]:
        """What was said, in order."""
        return [each.text for each in self.run(self._look())[1]]

    def teardown(self) -> None:
        async def finish() -> None:
            self.gate.set()
            await asyncio.gather(*self.running)
            for service in (self.service, *self.others):
                await service.finish()

        if not self.id:
            return
        self.run(finish())
        _, messages = self.run(self._look())
        travellers = [each for each in messages if each.sender == "traveller"]
        assert [each.client_message_id for each in travellers] == self.sent, "a message is lost or out of order"
        answered = {each.reply_to for each in messages}
        for each in travellers:
            assert each.answered_at is not None, "a message is left unanswered"
            assert (each.id in answered) == (each.state_after != "human"), "the wrong side answered, or nobody"


def on(database_url: str, play: Callable[[type[Interleavings]], None]) -> None:
    """Plays on the database, on a loop of its own."""
    with asyncio.Runner() as runner:
        database = runner.run(open_database(database_url))
        try:
            play(type("OnThisDatabase", (Interleavings,), {"loop": runner.get_loop(), "database": database}))
        finally:
            runner.run(database.close())


def test_whatever_the_order_nothing_is_lost_or_doubled(database_url: str) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    on(database_url, lambda machine: run_state_machine_as_test(machine, settings=chosen))


def test_the_worst_order_taken_and_given_back_while_the_bot_thinks(database_url: str) -> None:
    def play(machine: type[Interleavings]) -> None:
        game = machine()
        game.start()
        game.traveller_writes(wish="a question", bot_hangs=True)
        game.staff_take_and_hand_back(actor=STAFF[0])
        game.bot_goes_on()
        game.the_record_is_whole()
        game.teardown()
        assert game.texts() == [
            "Bonjour / Hello",
            "t0: a question",
            "over to the guide",
            "1 answer to t0: a question",
            "Happened: handed_back",
        ]

    on(database_url, play)
