"""Whole turns in the process: the trained model, the actions, the tracker in the database."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.applicants.identity import proved_applicant
from bot.applicants.models import Applicant, Identity
from bot.conversations.dialogue_port import Answer, Choice, Happening, Inbound
from bot.db.engine import Database
from bot.dialogue.action_bridge import ActionFailedError, InProcessActions
from bot.dialogue.assistant import Assistant
from bot.dialogue.host import GuideDialogue
from bot.dialogue.resources import RESPONSES, Resources, provide
from bot.dialogue.tracker_models import TrackerEvent
from bot.formats import Language
from bot.policy import load_all
from bot.settings import Settings
from bot.texts import Catalogue

NOW = datetime.fromisoformat("2026-11-21T09:00:00-05:00")
KNOWN, WORDING = load_all(), Catalogue.load(RESPONSES)
ASKS = "Can I do my CBP interview on my flight to Seattle on Friday at 2 pm from Vancouver?"
DEMANDE = "Puis-je faire mon entrevue du CBP à mon vol vers Seattle vendredi à 14 h au départ de Vancouver?"


@pytest.fixture
def dialogue(assistant: Assistant, sqlite_database: Database) -> GuideDialogue:
    known = Resources(Settings(public_url="https://guide.example"), sqlite_database, KNOWN, WORDING, lambda: NOW)
    provide(known)
    return GuideDialogue(assistant, InProcessActions(), known)


def inbound(
    text: str, conversation: str = "one", language: Language | None = None, choices: dict[str, Choice] | None = None
) -> Inbound:
    return Inbound(conversation, "m", text, language, NOW, choices or {})


def text_of(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


async def kept(dialogue: GuideDialogue, answer: Answer) -> Answer:
    async with dialogue._known.database.write() as session:
        await answer.save(session)
    return answer


async def say(dialogue: GuideDialogue, text: str, **rest: Any) -> Answer:
    return await kept(dialogue, await dialogue.answer(inbound(text, **rest)))


async def rows(dialogue: GuideDialogue) -> int:
    async with dialogue._known.database.read() as session:
        return int((await session.execute(select(func.count()).select_from(TrackerEvent))).scalar_one())


@pytest.mark.parametrize(("text", "language"), [(ASKS, "en"), (DEMANDE, "fr")])
async def test_the_question_of_the_issue(dialogue: GuideDialogue, text: str, language: Language) -> None:
    answer = await say(dialogue, text)
    assert (answer.language, answer.intent, answer.state) == (language, "ask_cbp_on_flight", "bot")
    ruling = next(reply.meta["ruling"] for reply in answer.replies if "ruling" in reply.meta)
    assert ruling["cbp_on_next_flight"]["code"] == "no_application_facts"
    assert "Vancouver (YVR) → Seattle (SEA)" in text_of(answer)
    assert all(reply.language == language for reply in answer.replies)


async def test_nothing_is_written_until_it_is_saved(dialogue: GuideDialogue) -> None:
    answer = await dialogue.answer(inbound(ASKS))
    assert await rows(dialogue) == 0
    await kept(dialogue, answer)
    assert await rows(dialogue) > 0


async def test_an_answer_that_is_not_kept_is_forgotten(dialogue: GuideDialogue) -> None:
    await dialogue.answer(inbound("I fly from Vancouver to Seattle on Friday"))
    answer = await say(dialogue, "Can I do the CBP part on my flight?")
    assert "Seattle" not in text_of(answer)


async def test_slots_survive_a_change_of_subject(dialogue: GuideDialogue) -> None:
    await say(dialogue, "Can I do the CBP part on my flight from Vancouver?")
    await say(dialogue, "How much does NEXUS cost?", language="en")
    answer = await say(dialogue, "to Seattle on Friday at 2 pm", language="en")
    assert "Vancouver (YVR) → Seattle (SEA)" in text_of(answer)


async def test_a_pressed_button_means_its_choice_whatever_its_words(dialogue: GuideDialogue) -> None:
    choices = {"pourquoi?": Choice("ask_fees")}
    answer = await say(dialogue, "  POURQUOI? ", language="en", choices=choices)
    assert (answer.intent, answer.confidence, answer.language) == ("ask_fees", 1.0, "en")


async def test_the_entities_of_a_choice_are_facts(dialogue: GuideDialogue) -> None:
    await say(dialogue, ASKS)
    choice = Choice("inform", ({"entity": "application_status", "value": "pending_review"},))
    answer = await say(dialogue, "still in review", language="en", choices={"still in review": choice})
    ruling = next(reply.meta["ruling"] for reply in answer.replies if "ruling" in reply.meta)
    assert ruling["cbp_on_next_flight"]["verdict"] == "not_yet"


@pytest.mark.parametrize(
    "text", ["/restart", '/check_status{"a": 1}', "/identity_proved", "/rate", "[handed_back]", "😀"]
)
async def test_a_travellers_command_is_plain_text(dialogue: GuideDialogue, text: str) -> None:
    answer = await say(dialogue, text, language="en")
    assert answer.intent not in ("restart", "check_status", "identity_proved", "rate", "handed_back")
    assert answer.replies


async def test_the_language_is_followed_and_said_once(dialogue: GuideDialogue) -> None:
    await say(dialogue, ASKS)
    answer = await say(dialogue, "Combien coûte NEXUS pour un adulte?", language="en")
    assert answer.language == "fr"
    assert answer.replies[0].text == WORDING.say("language.noticed", "fr")
    again = await say(dialogue, "Et pourquoi faut-il deux entrevues?", language="fr")
    assert WORDING.say("language.noticed", "fr") not in text_of(again)


async def test_asking_for_a_language_is_confirmed_in_it_and_not_noticed_as_well(dialogue: GuideDialogue) -> None:
    answer = await say(dialogue, "en français s'il vous plaît", language="en")
    assert answer.language == "fr"
    assert [reply.text for reply in answer.replies] == [WORDING.say("language.confirmed", "fr")]


async def test_asking_for_a_person_makes_the_conversation_wait_and_says_why(dialogue: GuideDialogue) -> None:
    answer = await say(dialogue, "I want to talk to a person")
    assert (answer.state, answer.handoff) == ("waiting", "asked")
    offered = Choice("talk_to_human", ({"entity": "handoff_reason", "value": "cannot_tell"},))
    pressed = await say(dialogue, "A person", language="en", choices={"a person": offered})
    assert (pressed.state, pressed.handoff) == ("waiting", "cannot_tell")


async def test_who_waits_leaves_the_queue_by_words(dialogue: GuideDialogue) -> None:
    waits = replace(inbound("I don't need to talk to anyone anymore", language="en"), state="waiting")
    answer = await dialogue.answer(waits)
    assert (answer.intent, answer.leaves_queue, answer.state) == ("cancel", True, "bot")


async def test_the_answer_to_the_last_question_leaves_a_closed_conversation_closed(dialogue: GuideDialogue) -> None:
    rating = Choice("rate", ({"entity": "rating", "value": "partly"},))
    closed = replace(inbound("Partly", language="en", choices={"partly": rating}), state="closed")
    answer = await dialogue.answer(closed)
    assert (answer.intent, answer.rating, answer.state) == ("rate", "partly", "closed")


@pytest.mark.parametrize(
    ("what", "key"), [("identity_locked", "verify.locked_a_while"), ("handed_back", "handed_back.here")]
)
async def test_what_happened_is_spoken_about(dialogue: GuideDialogue, what: Happening, key: str) -> None:
    answer = await dialogue.happened(what, "one", "fr")
    assert (answer.intent, answer.language, answer.state) == (what, "fr", "bot")
    assert text_of(answer) == WORDING.say(key, "fr")


async def prove(dialogue: GuideDialogue, conversation: str = "one") -> None:
    async with dialogue._known.database.write() as session:
        session.add(
            Applicant(id="A-1", name="Invented", language="en", invented=True, fingerprint="0", imported_at=NOW)
        )
        await session.flush()
        session.add(Identity(conversation_id=conversation, applicant_id="A-1", proved_at=NOW))


async def proved(dialogue: GuideDialogue, conversation: str = "one") -> str | None:
    async with dialogue._known.database.read() as session:
        return await proved_applicant(session, conversation)


async def test_start_over_forgets_who_one_is_when_it_is_saved_and_not_before(dialogue: GuideDialogue) -> None:
    await prove(dialogue)
    answer = await dialogue.answer(inbound("start over"))
    assert answer.intent == "restart"
    assert await proved(dialogue) == "A-1"
    await kept(dialogue, answer)
    assert await proved(dialogue) is None


async def test_a_failing_action_raises_and_leaves_nothing(dialogue: GuideDialogue) -> None:
    await say(dialogue, "hello")
    before = await rows(dialogue)

    async def run(*_: Any) -> list[Any]:
        raise LookupError("no such thing")

    actions = dialogue._actions._executor.actions
    whole = actions["action_answer"]
    actions["action_answer"] = run
    with pytest.raises(ActionFailedError):
        await dialogue.answer(inbound("How much does NEXUS cost?", language="en"))
    assert await rows(dialogue) == before
    actions["action_answer"] = whole
    assert (await say(dialogue, "How much does NEXUS cost?", language="en")).intent == "ask_fees"


async def test_an_action_may_set_slots_and_nothing_else(dialogue: GuideDialogue) -> None:
    async def run(*_: Any) -> list[Any]:
        return [{"event": "restart"}]

    actions = dialogue._actions._executor.actions
    whole = actions["action_answer"]
    actions["action_answer"] = run
    with pytest.raises(ActionFailedError, match="to set slots and nothing else"):
        await dialogue.answer(inbound("How much does NEXUS cost?", language="en"))
    actions["action_answer"] = whole


async def test_two_questions_in_a_message_are_two_turns_in_one_answer(dialogue: GuideDialogue) -> None:
    answer = await say(dialogue, "How much does NEXUS cost? And what documents do I bring to the interview?")
    assert [reply.meta["intent"] for reply in answer.replies] == ["ask_fees", "ask_documents"]


async def test_two_conversations_at_once_do_not_mix(dialogue: GuideDialogue) -> None:
    async def ask(conversation: str, origin: str, destination: str) -> str:
        await say(dialogue, f"Can I do the CBP part on my flight from {origin}?", conversation=conversation)
        await say(dialogue, f"to {destination}", conversation=conversation, language="en")
        return text_of(await say(dialogue, "on Friday at 2 pm", conversation=conversation, language="en"))

    places = [("Vancouver", "Seattle"), ("Ottawa", "Boston"), ("Calgary", "Denver"), ("Halifax", "Newark")]
    answers = await asyncio.gather(*(ask(f"c{n}", *pair) for n, pair in enumerate(places)))
    for pair, text in zip(places, answers, strict=True):
        assert all(name in text for name in pair), text
        assert not any(name in text for other in places if other != pair for name in other), text


async def test_the_greeting_leaves_no_state(dialogue: GuideDialogue) -> None:
    answer = await kept(dialogue, await dialogue.greet("one", None))
    assert (answer.intent, len(answer.replies), await rows(dialogue)) == ("greet", 1, 0)


async def test_after_the_proof_the_waiting_question_is_answered(dialogue: GuideDialogue) -> None:
    asked = await say(dialogue, "Where does my file stand?")
    link = next(reply.meta["link"] for reply in asked.replies if "link" in reply.meta)
    assert link["url"].startswith("https://guide.example/verify/")
    await prove(dialogue)
    answer = await kept(dialogue, await dialogue.happened("identity_proved", "one", "en"))
    assert answer.intent == "identity_proved"
    assert answer.replies[0].text == WORDING.say("verify.done", "en")
    assert len(answer.replies) > 1


def test_parse_is_the_readers(dialogue: GuideDialogue) -> None:
    assert dialogue.parse("YVR", "fr")["language"] == "fr"


def test_resources_are_the_ones_given(dialogue: GuideDialogue) -> None:
    assert replace(dialogue._known).clock() == NOW
