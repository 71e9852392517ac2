"""What staff do with a conversation."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.audit.actor import Actor
from bot.audit.models import AuditEntry
from bot.conversations.broadcast import Changed, Read, Typing
from bot.conversations.dialogue_port import Answer, Inbound
from bot.conversations.handover import Handover
from bot.conversations.intake import IntakeError
from bot.conversations.models import Conversation, Event, Handoff, Message, Note
from bot.conversations.refusals import NotHeldError, SnoozeError, TakenError
from bot.conversations.service import Conversations
from bot.conversations.staff_words import IdUsedError
from bot.conversations.states import StateError
from bot.db.engine import Database
from bot.settings import ROOT
from bot.texts import Catalogue
from tests.record.scripted import ScriptedDialogue, Watch, answer, message

MARIE, PAUL = Actor("staff:1", "Marie"), Actor("staff:2", "Paul")


@pytest.fixture
def handover(service: Conversations, database: Database, watch: Watch) -> Handover:
    return Handover(database, service, Catalogue.load(ROOT / "data" / "responses"), watch)


@pytest.fixture
async def waiting(service: Conversations, dialogue: ScriptedDialogue) -> str:
    """A conversation that waits for a person since the policy could not tell."""

    async def script(inbound: Inbound) -> Answer | None:
        if inbound.text == "a person":
            return answer("Somebody will come.", state="waiting", handoff="cannot_tell")
        if inbound.text == "never mind":
            return answer("All right.", leaves_queue=True)
        return answer("Thank you.", state=inbound.state, rating="partly") if inbound.text == "In part" else None

    dialogue.script = script
    started = await service.start("web", "en")
    await service.receive(started.conversation_id, message("a person", "ask"))
    return started.conversation_id


async def row(database: Database, conversation_id: str) -> Conversation:
    async with database.read() as session:
        return await session.get_one(Conversation, conversation_id)


async def said(database: Database, conversation_id: str) -> list[tuple[str, str]]:
    async with database.read() as session:
        found = await session.execute(
            select(Message.sender, Message.text).where(Message.conversation_id == conversation_id).order_by(Message.seq)
        )
        return [tuple(each) for each in found]  # type: ignore[misc]


async def happened(database: Database, conversation_id: str) -> list[str]:
    async with database.read() as session:
        found = await session.scalars(
            select(Event.name).where(Event.conversation_id == conversation_id).order_by(Event.id)
        )
        return [name for name in found if name.startswith(("handoff", "conversation"))]


async def handoff(database: Database, conversation_id: str) -> Handoff:
    async with database.read() as session:
        return (await session.scalars(select(Handoff).where(Handoff.conversation_id == conversation_id))).one()


async def test_the_reason_travels_with_the_handoff(database: Database, waiting: str) -> None:
    conversation = await row(database, waiting)
    assert (conversation.state, conversation.handoff_reason) == ("waiting", "cannot_tell")
    assert conversation.waiting_since is not None
    assert (await handoff(database, waiting)).reason == "cannot_tell"


async def test_a_handoff_from_taking_to_giving_back(
    service: Conversations, handover: Handover, database: Database, waiting: str, watch: Watch
) -> None:
    watch.forward(minutes=2)
    await handover.take(waiting, MARIE)
    assert (await row(database, waiting)).assignee_name == "Marie"
    watch.forward(minutes=1)
    await handover.reply(waiting, MARIE, "Bonjour, I look into it.", "r1")
    assert (await row(database, waiting)).waiting_since is None
    await service.receive(waiting, message("thank you", "t2"))
    assert (await row(database, waiting)).waiting_since is not None, "the traveller waits again"
    await handover.hand_back(waiting, MARIE, "The guide goes on from here.")
    await service.finish()
    conversation = await row(database, waiting)
    assert (conversation.state, conversation.assignee_id, conversation.waiting_since) == ("bot", None, None)
    assert (await said(database, waiting))[3:] == [
        ("staff", "Bonjour, I look into it."),
        ("traveller", "thank you"),
        ("staff", "The guide goes on from here."),
        ("bot", "Happened: handed_back"),
    ]
    ended = await handoff(database, waiting)
    assert (ended.taken_at - ended.requested_at, ended.first_reply_at - ended.requested_at) == (  # type: ignore[operator]
        timedelta(minutes=2),
        timedelta(minutes=3),
    )
    assert (ended.assignee_id, ended.ended_by) == (MARIE.id, "handed_back")
    assert await happened(database, waiting) == [
        "conversation.started",
        "handoff.asked_for",
        "handoff.taken",
        "handoff.handed_back",
    ]


async def test_of_two_who_take_at_once_one_gets_it_and_the_other_is_told_who(
    handover: Handover, database: Database, waiting: str
) -> None:
    results = await asyncio.gather(handover.take(waiting, MARIE), handover.take(waiting, PAUL), return_exceptions=True)
    refused = [result for result in results if result is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], TakenError)
    assert refused[0].by.id == (await row(database, waiting)).assignee_id
    assert (await happened(database, waiting)).count("handoff.taken") == 1


async def test_every_act_is_audited_once_however_often_it_is_sent(
    handover: Handover, database: Database, waiting: str
) -> None:
    for _ in range(2):
        await handover.take(waiting, MARIE)
        await handover.reply(waiting, MARIE, "hello", "r1")
        await handover.add_note(waiting, MARIE, "call back", "n1")
    await handover.resolve(waiting, MARIE)
    await handover.resolve(waiting, MARIE)
    async with database.read() as session:
        entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
        notes = (await session.scalars(select(Note))).all()
    assert [(entry.actor_id, entry.action, entry.object_id) for entry in entries] == [
        (MARIE.id, f"conversation.{act}", waiting) for act in ("taken", "replied", "noted", "resolved")
    ]
    assert [(note.text, note.author_name, note.seq) for note in notes] == [("call back", "Marie", 4)]


async def test_only_the_assignee_speaks(handover: Handover, database: Database, waiting: str) -> None:
    with pytest.raises(NotHeldError, match="nobody has it"):
        await handover.reply(waiting, MARIE, "hello", "r1")
    await handover.take(waiting, MARIE)
    for act in (
        handover.reply(waiting, PAUL, "hello", "r2"),
        handover.hand_back(waiting, PAUL, "bye"),
        handover.resolve(waiting, PAUL),
        handover.snooze(waiting, PAUL, (await row(database, waiting)).created_at + timedelta(days=9)),
        handover.wake(waiting, PAUL),
    ):
        with pytest.raises(NotHeldError, match="Marie has it"):
            await act
    assert [sender for sender, _ in await said(database, waiting)] == ["bot", "traveller", "bot"]


@pytest.mark.parametrize("words", ["", " ", "x" * 2001, "a\x00b"])
async def test_bad_words_are_refused_and_change_nothing(
    handover: Handover, database: Database, waiting: str, words: str
) -> None:
    await handover.take(waiting, MARIE)
    for act in (handover.reply(waiting, MARIE, words, "r1"), handover.hand_back(waiting, MARIE, words)):
        with pytest.raises(IntakeError):
            await act
    assert (await row(database, waiting)).state == "human"


async def test_what_staff_write_is_masked_but_for_how_an_office_is_reached(
    handover: Handover, database: Database, waiting: str
) -> None:
    await handover.take(waiting, MARIE)
    await handover.reply(waiting, MARIE, "Your PASSID 981234567: call 1-800-461-9999 or help@cbsa.gc.ca", "r1")
    assert (await said(database, waiting))[-1][1] == ("Your PASSID •••••••••: call 1-800-461-9999 or help@cbsa.gc.ca")


async def test_a_snoozed_conversation_wakes_by_the_travellers_message(
    service: Conversations, handover: Handover, database: Database, waiting: str, watch: Watch
) -> None:
    await handover.take(waiting, MARIE)
    with pytest.raises(SnoozeError):
        await handover.snooze(waiting, MARIE, watch())
    await handover.snooze(waiting, MARIE, watch() + timedelta(days=1))
    assert (await row(database, waiting)).snoozed_until is not None
    await service.receive(waiting, message("are you there?", "t2"))
    assert (await row(database, waiting)).snoozed_until is None
    await handover.snooze(waiting, MARIE, watch() + timedelta(days=1))
    await handover.wake(waiting, MARIE)
    assert (await happened(database, waiting))[-4:] == [
        "conversation.snoozed",
        "conversation.woken",
        "conversation.snoozed",
        "conversation.woken",
    ]


async def test_nothing_is_snoozed_that_waits_for_nobody(
    service: Conversations, handover: Handover, watch: Watch
) -> None:
    started = await service.start("web", "en")
    with pytest.raises(StateError):
        await handover.snooze(started.conversation_id, MARIE, watch() + timedelta(days=1))


async def test_a_resolved_conversation_asks_once_and_stays_closed_when_it_is_rated(
    service: Conversations, handover: Handover, database: Database, waiting: str
) -> None:
    await handover.resolve(waiting, MARIE)
    assert (await row(database, waiting)).state == "closed"
    rated = await service.receive(waiting, message("In part", "rate"))
    assert rated.state == "closed"
    conversation = await row(database, waiting)
    assert (conversation.state, conversation.rating) == ("closed", "partly")
    with pytest.raises(StateError):
        await handover.take(waiting, MARIE)
    reopened = await service.receive(waiting, message("one more thing", "t3"))
    assert reopened.state == "bot"
    assert (await happened(database, waiting))[-3:] == [
        "handoff.resolved",
        "conversation.rated",
        "conversation.reopened",
    ]


async def test_who_needs_no_person_any_more_leaves_the_queue(
    service: Conversations, database: Database, waiting: str
) -> None:
    assert (await service.receive(waiting, message("what else?", "t2"))).state == "waiting"
    assert (await service.receive(waiting, message("never mind", "t3"))).state == "bot"
    conversation = await row(database, waiting)
    assert (conversation.waiting_since, conversation.handoff_id) == (None, None)
    assert (await handoff(database, waiting)).ended_by == "withdrawn"


async def test_a_conversation_is_given_on_to_another(handover: Handover, database: Database, waiting: str) -> None:
    await handover.assign(waiting, MARIE, PAUL)
    await handover.assign(waiting, PAUL, MARIE)
    await handover.reply(waiting, MARIE, "hello", "r1")
    conversation = await row(database, waiting)
    assert (conversation.state, conversation.assignee_id, conversation.takeovers) == ("human", MARIE.id, 2)
    assert (await handoff(database, waiting)).assignee_id == MARIE.id


async def test_what_somebody_took_first_is_not_assigned_away(
    handover: Handover, database: Database, waiting: str
) -> None:
    assign = handover.assign(waiting, PAUL, PAUL, from_others=False)
    first, second = await asyncio.gather(handover.take(waiting, MARIE), assign, return_exceptions=True)
    (refused,) = [result for result in (first, second) if result is not None]
    conversation = await row(database, waiting)
    assert isinstance(refused, TakenError | NotHeldError)
    assert refused.by is not None and refused.by.id == conversation.assignee_id
    assert conversation.takeovers == 1


async def test_another_text_under_a_used_id_is_refused_and_not_lost_in_silence(
    handover: Handover, database: Database, waiting: str
) -> None:
    await handover.take(waiting, MARIE)
    for say in (handover.reply, handover.add_note):
        await say(waiting, MARIE, "hello", "same")
        assert (await say(waiting, MARIE, "hello", "same")).text == "hello"
        with pytest.raises(IdUsedError, match="another text"):
            await say(waiting, MARIE, "something else", "same")
        with pytest.raises(IntakeError, match="expected 1 to 64 characters, got 65"):
            await say(waiting, MARIE, "hello", "x" * 65)
    assert [text for sender, text in await said(database, waiting) if sender == "staff"] == ["hello"]


async def test_staff_may_step_in_unasked(service: Conversations, handover: Handover, database: Database) -> None:
    started = await service.start("web", "fr")
    await handover.take(started.conversation_id, MARIE)
    assert (await handoff(database, started.conversation_id)).reason == "staff"


async def test_an_answer_from_before_a_take_over_is_dropped_even_when_it_was_given_back(
    service: Conversations, handover: Handover, dialogue: ScriptedDialogue, database: Database
) -> None:
    started = await service.start("web", "en")
    answers = iter(["from before", "from after"])

    async def script(inbound: Inbound) -> Answer:
        words = next(answers)
        if words == "from before":
            await handover.take(started.conversation_id, MARIE)
            await handover.hand_back(started.conversation_id, MARIE, "over to the guide")
        return answer(words)

    dialogue.script = script
    await service.receive(started.conversation_id, message("a question", "t1"))
    await service.finish()
    assert [text for _, text in await said(database, started.conversation_id)][1:] == [
        "a question",
        "over to the guide",
        "from after",
        "Happened: handed_back",
    ]


async def test_signs_reach_the_other_side(
    service: Conversations, handover: Handover, database: Database, waiting: str
) -> None:
    await handover.take(waiting, MARIE)
    with service.broadcast.watch(waiting) as watcher:
        await handover.typing(waiting, PAUL, True)
        await handover.typing(waiting, MARIE, True)
        await handover.read_by_staff(waiting, PAUL, 3)
        await handover.read_by_staff(waiting, MARIE, 99)
        await handover.read_by_staff(waiting, MARIE, 2)
        await service.has_read(waiting, 2)
        service.typing(waiting, True)
        signs: list[Any] = [await watcher.next() for _ in range(4)]
    assert signs == [Typing(True, "staff"), Read("staff", 3), Read("traveller", 2), Typing(True, "traveller")]
    conversation = await row(database, waiting)
    assert (conversation.staff_read_seq, conversation.traveller_read_seq) == (3, 2)


async def test_who_watches_all_hears_which_conversations_changed(
    service: Conversations, handover: Handover, waiting: str
) -> None:
    with service.broadcast.watch_all() as watcher, service.broadcast.watch(waiting) as one:
        await handover.take(waiting, MARIE)
        await handover.reply(waiting, MARIE, "hello", "r1")
        assert await watcher.next() == {waiting}
        assert await one.next() == Changed()
