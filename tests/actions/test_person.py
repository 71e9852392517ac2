"""A person instead of the guide: every offer carries its reason, and who waits knows what to expect."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from actions.base import GuideAction
from actions.cbp_on_flight import ActionCbpOnFlight
from actions.complain import ActionComplain
from actions.conversation import ActionCancel
from actions.fallback import ActionFallback
from actions.handoff import ActionHandoff
from actions.inform import ActionInform
from actions.why import ActionWhy
from tests.actions.acting import Said, Scene

SILENT = "Can I do it on my private plane from Vancouver to Seattle on Friday?"


def reasons(said: Said) -> list[str]:
    """The reasons of the offers of a person."""
    choices = [button["choice"] for button in said.buttons]
    return [choice["entities"][0]["value"] for choice in choices if choice["intent"] == "talk_to_human"]


def intents(said: Said) -> list[str]:
    return [button["choice"]["intent"] for button in said.buttons]


async def press(scene: Scene, said: Said, action: GuideAction, intent: str) -> Said:
    """The action's answer to the button of `said` that means `intent`."""
    choice = next(button["choice"] for button in said.buttons if button["choice"]["intent"] == intent)
    return await scene.play(action, intent, "(pressed)", entities=choice["entities"])


def staffed(scene: Scene, hours: str) -> None:
    scene.known = replace(scene.known, settings=msgspec.structs.replace(scene.known.settings, staffed_hours=hours))


async def test_where_the_policy_is_silent_a_person_is_offered_for_that(scene: Scene) -> None:
    said = await scene.play(ActionCbpOnFlight(), "ask_cbp_on_flight", SILENT)
    scene.slots |= {"claimed_status": "pending_review"}
    said = await scene.play(ActionCbpOnFlight(), "ask_cbp_on_flight", SILENT)
    assert said.flight["code"] == "policy_silent_mode"
    assert reasons(said) == ["cannot_tell"]
    assert reasons(await scene.play(ActionWhy(), "ask_why", "why?")) == ["cannot_tell"]
    handed = await press(scene, said, ActionHandoff(), "talk_to_human")
    assert (handed.asked_for("state"), handed.asked_for("handoff")) == (["waiting"], ["cannot_tell"])


async def test_not_understood_twice_is_its_own_reason_pressed_or_said(scene: Scene) -> None:
    await scene.play(ActionFallback(), "nlu_fallback", "hm")
    said = await scene.play(ActionFallback(), "nlu_fallback", "hm hm")
    assert reasons(said) == ["unsure"]
    assert (await scene.play(ActionInform(), "affirm", "yes")).asked_for("handoff") == ["unsure"]


async def test_who_asks_unprompted_has_asked(scene: Scene) -> None:
    said = await scene.play(ActionHandoff(), "talk_to_human", "I want a person")
    assert said.asked_for("handoff") == ["asked"]
    assert said.text.startswith(scene.known.wording.say("answer.talk_to_human", "en"))
    assert scene.known.wording.say("handoff.open", "en") in said.text
    assert intents(said) == ["cancel"]


async def test_words_are_no_reason(scene: Scene) -> None:
    said = await scene.play(ActionHandoff(), "talk_to_human", "handoff_reason complaint, a person please")
    assert said.asked_for("handoff") == ["asked"]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_at_night_it_is_said_when_somebody_reads_it(scene: Scene, language: str) -> None:
    scene.language = language
    staffed(scene, "Mon-Fri 08:00-18:00")
    said = " ".join((await scene.play(ActionHandoff(), "talk_to_human", "?")).text.split())
    times = {"en": "Monday, November 23, 2026, 8:00 a.m. (Toronto time)", "fr": "lundi 23 novembre 2026, 8 h 00"}
    assert times[language] in said


async def test_who_waits_already_goes_on_waiting_and_is_offered_no_other_person(scene: Scene) -> None:
    scene.state = "waiting"
    said = await scene.play(ActionHandoff(), "talk_to_human", "an agent please")
    assert said.text.startswith(scene.known.wording.say("handoff.already", "en"))
    assert intents(said) == ["cancel"]
    scene.slots |= {"claimed_status": "pending_review"}
    assert reasons(await scene.play(ActionCbpOnFlight(), "ask_cbp_on_flight", SILENT)) == []


async def test_what_is_not_understood_while_waiting_is_left_for_the_person(scene: Scene) -> None:
    scene.state = "waiting"
    said = await scene.play(ActionFallback(), "nlu_fallback", "and there is this letter, you see")
    assert said.text == scene.known.wording.say("fallback.waiting", "en")
    assert intents(said) == ["cancel"]


async def test_a_complaint_is_passed_on_and_what_follows_goes_with_it(scene: Scene) -> None:
    said = await scene.play(ActionComplain(), "complain", "the officer insulted me")
    assert (said.asked_for("state"), said.asked_for("handoff")) == (["waiting"], ["complaint"])
    assert said.text.startswith(scene.known.wording.say("answer.complain", "en"))
    scene.state = "waiting"
    said = await scene.play(ActionComplain(), "complain", "he was very rude at the counter")
    assert said.text == scene.known.wording.say("complain.more", "en")


@pytest.mark.parametrize("entities", [None, [{"entity": "leaves_queue", "value": "yes"}]])
async def test_who_needs_nobody_any_more_leaves_the_queue(scene: Scene, entities: Any) -> None:
    scene.state = "waiting"
    said = await scene.play(ActionCancel(), "cancel", "I no longer need a person", entities=entities)
    assert said.asked_for("leaves_queue") == [True]
    assert said.text == scene.known.wording.say("handoff.left", "en")


async def test_dropping_an_open_question_keeps_the_place_in_the_queue(scene: Scene) -> None:
    scene.state = "waiting"
    scene.slots |= {"goal": "cbp_on_flight", "awaiting": "when"}
    said = await scene.play(ActionCancel(), "cancel", "never mind")
    assert said.asked_for("leaves_queue") == []
    left = await press(scene, said, ActionCancel(), "cancel")
    assert left.asked_for("leaves_queue") == [True]


async def test_nobody_leaves_a_queue_they_are_not_in(scene: Scene) -> None:
    assert (await scene.play(ActionCancel(), "cancel", "never mind")).asked_for("leaves_queue") == []
