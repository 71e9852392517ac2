"""The conversation record against real databases and a scripted dialogue."""

import asyncio

import pytest
from sqlalchemy import select

from bot.audit.actor import Actor
from bot.conversations import record, verbs
from bot.conversations.dialogue_port import Answer, Button, Choice, Inbound, Reply
from bot.conversations.held import locked
from bot.conversations.intake import IntakeError, TextTooLongError
from bot.conversations.limits import RECOVERIES_TRIED
from bot.conversations.models import Conversation, Event, Message
from bot.conversations.service import Conversations
from bot.db.engine import Database
from tests.record.scripted import ScriptedDialogue, Watch, answer, conversations, message


async def stored(database: Database, conversation_id: str) -> list[Message]:
    async with database.read() as session:
        return list(await record.messages_after(session, conversation_id, 0))


async def test_starts_with_a_greeting(service: Conversations) -> None:
    started = await service.start("web", "fr")
    assert [(shown.seq, shown.sender, shown.language) for shown in started.messages] == [(1, "bot", "fr")]
    assert started.state == "bot"
    assert await service.opened_by(started.token) == started.conversation_id
    assert await service.opened_by(started.token + "x") is None


async def test_the_token_itself_is_not_kept(service: Conversations, database: Database) -> None:
    started = await service.start("web", None)
    async with database.read() as session:
        conversation = await session.get_one(Conversation, started.conversation_id)
        assert started.token not in str(vars(conversation))


async def test_gives_the_message_as_stored_and_then_the_replies(service: Conversations) -> None:
    started = await service.start("web", None)
    said = await service.receive(started.conversation_id, message("my PASSID is 981 234 567"))
    assert [(part.seq, part.sender) for part in said.messages] == [(2, "traveller"), (3, "bot"), (4, "bot")]
    assert said.messages[0].text == "my PASSID is •••••••••••"
    assert said.messages[0].language == "en"
    assert said.messages[0].meta["intent"] == "chitchat"
    assert said.messages[1].meta["sources"] == []
    assert said.state == "bot"


async def test_the_message_is_on_disk_before_the_dialogue_hears_it(
    service: Conversations, dialogue: ScriptedDialogue, database: Database
) -> None:
    seen: list[tuple[str, object]] = []

    async def look(inbound: Inbound) -> None:
        rows = await stored(database, inbound.conversation_id)
        seen.append((rows[-1].text, rows[-1].answered_at))

    dialogue.script = look
    started = await service.start("web", "en")
    await service.receive(started.conversation_id, message("first"))
    assert seen == [("first", None)]


async def test_the_same_client_message_id_gives_the_same_answer_and_stores_nothing(
    service: Conversations, dialogue: ScriptedDialogue, database: Database
) -> None:
    started = await service.start("web", "en")
    first = await service.receive(started.conversation_id, message("once"))
    assert await service.receive(started.conversation_id, message("once")) == first
    assert len(dialogue.heard) == 1
    assert len(await stored(database, started.conversation_id)) == 4


async def test_duplicates_at_the_same_time_wait_for_the_one_answer(
    service: Conversations, dialogue: ScriptedDialogue, database: Database
) -> None:
    started = await service.start("web", "en")
    answers = await asyncio.gather(*(service.receive(started.conversation_id, message("once")) for _ in range(8)))
    assert all(each == answers[0] for each in answers)
    assert len(dialogue.heard) == 1
    assert len(await stored(database, started.conversation_id)) == 4


async def test_another_text_under_a_used_id_is_refused(service: Conversations) -> None:
    started = await service.start("web", "en")
    await service.receive(started.conversation_id, message("one"))
    with pytest.raises(IntakeError, match="client_message_id: was used for another text"):
        await service.receive(started.conversation_id, message("two"))


async def test_seq_has_no_gap_under_twenty_messages_at_once(
    service: Conversations, dialogue: ScriptedDialogue, database: Database
) -> None:
    started = await service.start("web", "en")
    answers = await asyncio.gather(
        *(service.receive(started.conversation_id, message(f"number {n}", f"c{n}")) for n in range(20))
    )
    rows = await stored(database, started.conversation_id)
    assert [row.seq for row in rows] == list(range(1, 62))
    for n, each in enumerate(answers):
        assert each.messages[0].text == f"number {n}"
        assert each.messages[1].text == f"You said: number {n}"
    heard = [inbound.text for inbound in dialogue.heard]
    assert heard == [row.text for row in rows if row.sender == "traveller"]


async def test_a_client_that_hangs_up_loses_no_answer(
    service: Conversations, dialogue: ScriptedDialogue, database: Database
) -> None:
    dialogue.hold = asyncio.Event()
    started = await service.start("web", "en")
    call = asyncio.create_task(service.receive(started.conversation_id, message("hello")))
    await dialogue.hearing.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    dialogue.hold.set()
    await service.finish()
    assert [row.sender for row in await stored(database, started.conversation_id)] == ["bot", "traveller", "bot", "bot"]


async def test_what_a_message_could_have_meant_is_kept_and_not_shown(
    service: Conversations, dialogue: ScriptedDialogue, database: Database
) -> None:
    async def unsure(_inbound: Inbound) -> Answer:
        guesses = tuple((f"ask_{n}", round(0.4 - n / 10, 1)) for n in range(5))
        return answer("Which one?", intent="nlu_fallback", confidence=0.3, guesses=guesses)

    dialogue.script = unsure
    started = await service.start("web", "en")
    answered = await service.receive(started.conversation_id, message("the border thing"))
    assert answered.messages[0].meta == {"intent": "nlu_fallback", "sources": [], "confidence": 0.3}
    rows = await stored(database, started.conversation_id)
    assert rows[1].meta["guesses"] == [["ask_0", 0.4], ["ask_1", 0.3], ["ask_2", 0.2]]


async def test_a_crash_between_message_and_reply_loses_and_doubles_nothing(
    database: Database, dialogue: ScriptedDialogue, service: Conversations, watch: Watch
) -> None:
    started = await service.start("web", "en")
    async with database.write() as session:
        for n in (1, 2):
            await record.take_in(
                session, started.conversation_id, text=f"lost {n}", client_message_id=f"c{n}", at=watch()
            )

    restarted = conversations(database, dialogue, watch)
    assert await restarted.recover() == 1
    assert await restarted.recover() == 0
    assert [inbound.text for inbound in dialogue.heard] == ["lost 1", "lost 2"]
    texts = [row.text for row in await stored(database, started.conversation_id)]
    assert texts[1:] == [
        "lost 1",
        "lost 2",
        "You said: lost 1",
        "Anything else?",
        "You said: lost 2",
        "Anything else?",
    ]
    repeated = await restarted.receive(started.conversation_id, message("lost 1"))
    assert [part.text for part in repeated.messages] == ["lost 1", "You said: lost 1", "Anything else?"]


async def test_a_message_that_ends_the_process_each_time_does_not_keep_the_guide_from_starting(
    database: Database, dialogue: ScriptedDialogue, service: Conversations, watch: Watch
) -> None:
    started = await service.start("web", "en")
    async with database.write() as session:
        for n, words in enumerate(["deadly", "harmless"]):
            await record.take_in(session, started.conversation_id, text=words, client_message_id=f"c{n}", at=watch())

    class ProcessEnds(BaseException):
        """What no handler sees, as when the process is gone."""

    async def die(inbound: Inbound) -> None:
        if inbound.text == "deadly":
            raise ProcessEnds

    dialogue.script = die
    for _ in range(RECOVERIES_TRIED):
        with pytest.raises(ProcessEnds):
            await conversations(database, dialogue, watch).recover()
    restarted = conversations(database, dialogue, watch)
    assert await restarted.recover() == 1
    rows = await stored(database, started.conversation_id)
    assert [row.text for row in rows[1:3]] == ["deadly", "harmless"]
    assert "sorry" in rows[3].text
    assert [row.text for row in rows[4:]] == ["You said: harmless", "Anything else?"]
    assert [row.seq for row in rows] == list(range(1, 7))
    assert await restarted.recover() == 0


async def test_what_happened_and_ends_the_process_each_time_gets_an_apology(
    database: Database,
    dialogue: ScriptedDialogue,
    service: Conversations,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class ProcessEnds(BaseException):
        pass

    async def die(*_happening: object) -> Answer:
        raise ProcessEnds

    started = await service.start("web", "en")
    async with database.write() as session, locked(session, started.conversation_id) as conversation:
        verbs.take(conversation, Actor("staff:1", "Marie"), watch())
        verbs.hand_back(conversation, Actor("staff:1", "Marie"), watch())
    monkeypatch.setattr(dialogue, "happened", die)
    for _ in range(RECOVERIES_TRIED):
        with pytest.raises(ProcessEnds):
            await conversations(database, dialogue, watch).recover()
    restarted = conversations(database, dialogue, watch)
    assert await restarted.recover() == 1
    assert "sorry" in (await stored(database, started.conversation_id))[-1].text
    assert await restarted.recover() == 0


async def test_two_processes_that_answer_the_same_message_store_one_answer(
    database: Database, dialogue: ScriptedDialogue, service: Conversations, watch: Watch
) -> None:
    started = await service.start("web", "en")
    async with database.write() as session:
        await record.take_in(session, started.conversation_id, text="lost", client_message_id="c", at=watch())
    other = conversations(database, dialogue, watch)
    await asyncio.gather(service.recover(), other.recover())
    assert len(await stored(database, started.conversation_id)) == 4
    assert len(dialogue.saved) == 1


async def test_an_answer_that_fails_becomes_an_apology_and_the_conversation_goes_on(
    service: Conversations, dialogue: ScriptedDialogue, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(inbound: Inbound) -> None:
        if "fail" in inbound.text:
            raise RuntimeError(f"cannot read {inbound.text}")

    dialogue.script = fail
    started = await service.start("web", None)
    failed = await service.receive(started.conversation_id, message("fail, says Jeanne"))
    assert [part.language for part in failed.messages] == [None, "en", "fr"]
    assert "sorry" in failed.messages[1].text
    assert "excuses" in failed.messages[2].text
    assert "Jeanne" not in caplog.text
    assert "RuntimeError" in caplog.text
    again = await service.receive(started.conversation_id, message("works", "c2"))
    assert again.messages[1].text == "You said: works"


async def test_a_save_that_fails_takes_its_replies_back(service: Conversations, dialogue: ScriptedDialogue) -> None:
    async def bad(inbound: Inbound) -> Answer:
        async def save(session: object) -> None:
            raise RuntimeError("no")

        return answer("never seen", save=save)

    dialogue.script = bad
    started = await service.start("web", "fr")
    said = await service.receive(started.conversation_id, message("x"))
    assert [part.seq for part in said.messages] == [2, 3]
    assert "excuses" in said.messages[1].text


async def test_choices_of_the_newest_bot_message_are_offered(
    service: Conversations, dialogue: ScriptedDialogue
) -> None:
    async def offer(inbound: Inbound) -> Answer | None:
        if inbound.text != "offer":
            return None
        reply = Reply("Which?", "en", (Button("Yes please", "yes", Choice("affirm", ({"entity": "a"},))),))
        return Answer((reply,), "en", "bot", "help", 1.0, answer().save)

    dialogue.script = offer
    started = await service.start("web", "en")
    said = await service.receive(started.conversation_id, message("offer"))
    assert [(button.title, button.payload) for button in said.messages[1].buttons] == [("Yes please", "yes")]
    await service.receive(started.conversation_id, message("YES PLEASE", "c2"))
    expected = Choice("affirm", ({"entity": "a"},))
    assert dialogue.heard[1].choices == {"yes": expected, "yes please": expected}
    await service.receive(started.conversation_id, message("more", "c3"))
    assert dialogue.heard[2].choices == {}


async def test_the_bot_is_silent_while_a_person_has_the_conversation(
    service: Conversations, dialogue: ScriptedDialogue, database: Database, watch: Watch
) -> None:
    started = await service.start("web", "en")
    async with database.write() as session, locked(session, started.conversation_id) as conversation:
        verbs.take(conversation, Actor("staff:1", "Marie"), watch())
    said = await service.receive(started.conversation_id, message("hello"))
    assert [part.sender for part in said.messages] == ["traveller"]
    assert said.state == "human"
    assert dialogue.heard == []


async def test_an_answer_computed_before_a_take_over_is_dropped(
    service: Conversations, dialogue: ScriptedDialogue, database: Database, watch: Watch
) -> None:
    async def take_over(inbound: Inbound) -> None:
        async with database.write() as session, locked(session, inbound.conversation_id) as conversation:
            verbs.take(conversation, Actor("staff:1", "Marie"), watch())

    dialogue.script = take_over
    started = await service.start("web", "en")
    said = await service.receive(started.conversation_id, message("hello"))
    assert [part.sender for part in said.messages] == ["traveller"]
    assert dialogue.saved == []
    async with database.read() as session:
        names = (await session.scalars(select(Event.name).order_by(Event.id))).all()
    assert names[-1] == "message.answer_dropped"


async def test_state_and_its_event_are_written_together(
    service: Conversations, dialogue: ScriptedDialogue, database: Database
) -> None:
    async def hand_over(inbound: Inbound) -> Answer:
        return answer("A person will answer.", state="waiting", intent="talk_to_human")

    dialogue.script = hand_over
    started = await service.start("web", "en")
    assert (await service.receive(started.conversation_id, message("a person please"))).state == "waiting"
    async with database.read() as session:
        event = (await session.scalars(select(Event).where(Event.name == "handoff.asked_for"))).one()
    assert event.data == {"from": "bot", "to": "waiting", "reason": "asked"}


async def test_catching_up_gives_what_came_after(service: Conversations) -> None:
    started = await service.start("web", "en")
    await service.receive(started.conversation_id, message("hello"))
    said = await service.catch_up(started.conversation_id, 2)
    assert [part.seq for part in said.messages] == [3, 4]
    assert (await service.catch_up(started.conversation_id, 99)).messages == []


@pytest.mark.parametrize(
    ("words", "kind", "field"),
    [
        ("", IntakeError, "text"),
        (" \n\u200b\u200f ", IntakeError, "text"),
        ("x" * 2001, TextTooLongError, "text"),
        ("a\x00b", IntakeError, "text"),
        ("\ud800", IntakeError, "text"),
    ],
)
async def test_what_cannot_be_taken_is_refused_and_not_stored(
    service: Conversations, database: Database, words: str, kind: type[IntakeError], field: str
) -> None:
    started = await service.start("web", "en")
    with pytest.raises(kind) as caught:
        await service.receive(started.conversation_id, message(words))
    assert caught.value.field == field
    assert len(await stored(database, started.conversation_id)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "😀" * 2000,
        "\u202eright to left",
        "<script>alert(1)</script>",
        "/restart",
        '/check_status{"a":1}',
        "🤷🏽‍♀️\ufe0f",
    ],
)
async def test_unusual_text_is_kept_as_it_is(service: Conversations, words: str) -> None:
    started = await service.start("web", "en")
    said = await service.receive(started.conversation_id, message(words))
    assert said.messages[0].text == words
