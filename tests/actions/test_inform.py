"""Answers of all kinds: corrections, bare words, "no idea"."""

import pytest

from actions.answers import ActionAnswer
from actions.cbp_on_flight import ActionCbpOnFlight
from actions.centres import ActionWhereCentres
from actions.fallback import ActionFallback
from actions.inform import ActionInform
from actions.what_if import ActionWhatIf
from actions.why import ActionWhy
from tests.actions.acting import Scene

ASK, INFORM, SUPPOSE = ActionCbpOnFlight(), ActionInform(), ActionWhatIf()
QUESTION = "on my flight from Calgary to Denver on Friday at 2 pm?"


@pytest.mark.parametrize(
    ("text", "trip"),
    [
        ("no, I meant Ottawa", "Ottawa (YOW) → Denver (DEN), Friday, November 27, 2026, 2:00"),
        ("no wait, Miami", "Calgary (YYC) → Miami (MIA), Friday, November 27, 2026, 2:00"),
        ("sorry, Saturday not Friday", "Calgary (YYC) → Denver (DEN), Saturday, November 28, 2026, 2:00"),
        ("I mean the day after", "Calgary (YYC) → Denver (DEN), Saturday, November 28, 2026, 2:00"),
        ("actually 4 pm", "Calgary (YYC) → Denver (DEN), Friday, November 27, 2026, 4:00"),
    ],
)
async def test_a_correction_is_answered_with_the_fact_put_right(scene: Scene, text: str, trip: str) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", QUESTION)
    said = await scene.play(INFORM, "inform", text)
    assert trip in said.text


async def test_a_correction_in_the_middle_of_the_questions_goes_on_with_the_next(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight?")
    await scene.play(INFORM, "inform", "Toronto Pearson")
    said = await scene.play(INFORM, "inform", "no, I meant Ottawa")
    assert said.text == scene.known.wording.say("ask.destination", "en")
    assert (scene.slots["origin"], scene.slots.get("destination")) == ("YOW", None)


async def test_a_correction_of_the_centre_is_none_of_the_flight(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", QUESTION)
    await scene.play(INFORM, "inform", "", entities=[{"entity": "cbsa_interview", "value": "completed"}])
    await scene.play(INFORM, "inform", "Edmonton")
    await scene.play(INFORM, "inform", "sorry, I meant Winnipeg")
    assert (scene.slots["claimed_cbsa_centre"], scene.slots["origin"]) == ("YWG", "YYC")


async def test_a_correction_of_a_supposition_supposes_something_else(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", QUESTION)
    await scene.play(SUPPOSE, "ask_what_if", "what if I left from Kelowna?")
    said = await scene.play(INFORM, "inform", "no, I meant Vancouver")
    assert "Vancouver (YVR) → Denver (DEN)" in said.text
    assert scene.slots["origin"] == "YYC"


async def test_a_correction_of_a_flight_on_file_supposes_another(scene: Scene) -> None:
    await scene.prove("SAMPLE-01")
    await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my next flight?")
    said = await scene.play(INFORM, "inform", "sorry, I meant from Kelowna")
    assert said.flight["code"] == "no_preclearance_airport"


async def test_the_place_of_the_centres_can_be_put_right(scene: Scene) -> None:
    await scene.play(ActionWhereCentres(), "ask_where_centres", "where are they?")
    await scene.play(INFORM, "inform", "Halifax")
    assert "Pembina" in (await scene.play(INFORM, "inform", "no, I meant Winnipeg")).text
    assert "Sweetgrass" in (await scene.play(SUPPOSE, "ask_what_if", "and near Calgary?")).text


async def test_there_is_the_place_named_last(scene: Scene) -> None:
    await scene.play(ActionWhereCentres(), "ask_where_centres", "centres near Calgary?")
    said = await scene.play(ASK, "ask_cbp_on_flight", "can I fly from there to Denver on Friday?")
    assert "Calgary (YYC) → Denver (DEN)" in said.text


@pytest.mark.parametrize("fact", ["origin", "destination", "when", "progress", "cbsa_centre", "cbsa_at"])
async def test_who_does_not_know_is_told_where_it_says_so_and_may_answer_later(scene: Scene, fact: str) -> None:
    scene.slots |= {"goal": "cbp_on_flight", "awaiting": fact}
    said = await scene.play(INFORM, "inform", "I don't know")
    assert said.text.startswith(scene.known.wording.say(f"unknown.{fact}", "en"))
    assert len(said.replies) == 1
    assert scene.slots["awaiting"] == fact


async def test_who_does_not_know_whether_it_was_shared_gets_the_answer_that_holds_then(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", QUESTION)
    await scene.play(INFORM, "inform", "the Canadian one, yes")
    await scene.play(INFORM, "inform", "Calgary")
    assert (await scene.play(INFORM, "inform", "dunno")).flight["code"] == "not_shared_yet"


async def test_both_airports_are_answered_one_after_the_other(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight from Toronto to Boston on Friday?")
    said = await scene.play(INFORM, "inform", "both")
    assert said.text == scene.known.wording.say("both.which_airport", "en")
    assert len(said.buttons) == 2


async def test_a_flight_to_another_country_is_answered_without_a_question(scene: Scene) -> None:
    said = await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my flight to Cancun?")
    assert said.text.startswith("No: only flights from Canada to the United States count, and Cancun")
    assert scene.slots.get("awaiting") is None
    said = await scene.play(INFORM, "inform", "via Chicago")
    assert said.text == scene.known.wording.say("ask.origin", "en")


async def test_a_name_of_two_countries_is_asked_about(scene: Scene) -> None:
    said = await scene.play(ASK, "ask_cbp_on_flight", "can I do it when I fly to Naples?")
    assert said.text == scene.known.wording.say("ask.which_destination", "en")
    florida = next(button for button in said.buttons if "RSW" in button["title"])
    said = await scene.play(INFORM, "inform", "", entities=florida["choice"]["entities"])
    assert said.text == scene.known.wording.say("ask.origin", "en")
    assert scene.slots["destination"] == "RSW"


RANKING = [
    {"name": "nlu_fallback", "confidence": 0.7},
    {"name": "ask_cbp_on_flight", "confidence": 0.2},
    {"name": "ask_fees", "confidence": 0.18},
    {"name": "ask_card", "confidence": 0.17},
    {"name": "ask_denial", "confidence": 0.16},
]


async def test_unsure_asks_one_question_with_at_most_three_choices_and_the_choice_answers_the_message(
    scene: Scene,
) -> None:
    said = await scene.play(
        ActionFallback(), "nlu_fallback", "thing from Calgary to Denver on Friday", intent_ranking=RANKING
    )
    assert [button["choice"]["intent"] for button in said.buttons] == ["ask_cbp_on_flight", "ask_fees", "ask_card"]
    said = await scene.play(ASK, "ask_cbp_on_flight", "", entities=said.buttons[0]["choice"]["entities"])
    assert "Calgary (YYC) → Denver (DEN), Friday" in said.text


async def test_yes_to_the_offer_of_a_person_asks_for_one(scene: Scene) -> None:
    await scene.play(ActionFallback(), "nlu_fallback", "hm", intent_ranking=RANKING)
    await scene.play(ActionFallback(), "nlu_fallback", "hm hm", intent_ranking=RANKING)
    said = await scene.play(INFORM, "affirm", "yes")
    assert said.asked_for("state") == ["waiting"]


async def test_yes_after_being_unsure_once_asks_for_nobody(scene: Scene) -> None:
    await scene.play(ActionFallback(), "nlu_fallback", "hm", intent_ranking=RANKING)
    assert (await scene.play(INFORM, "affirm", "yes")).asked_for("state") == []


async def test_a_state_told_where_the_file_was_asked_for_is_answered_by_what_is_told(scene: Scene) -> None:
    scene.slots |= {"goal": "check_status", "awaiting": "proof"}
    said = await scene.play(INFORM, "inform", "still in review")
    assert not any("link" in reply["custom"]["meta"] for reply in said.replies)
    assert scene.slots["claimed_status"] == "pending_review"


async def test_others_are_told_that_each_has_their_own(scene: Scene) -> None:
    said = await scene.play(ActionAnswer(), "ask_family", "what about my wife?")
    assert said.text.startswith(scene.known.wording.say("answer.ask_family", "en"))


async def test_an_unsure_question_is_no_answer_even_where_it_holds_a_fact(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", QUESTION)
    text = "no interview at the airport so the other one?"
    said = await scene.play(ActionFallback(), "nlu_fallback", text, intent_ranking=RANKING)
    assert said.text == scene.known.wording.say("fallback.again", "en")


async def test_a_place_without_a_centre_is_asked_about_again(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", f"I did my CBSA interview, can I do the CBP part {QUESTION}")
    said = await scene.play(INFORM, "inform", "Hamilton")
    assert said.text == scene.known.wording.say("again.cbsa_centre", "en")
    said = await scene.play(INFORM, "inform", "no, Calgary")
    assert said.text == scene.known.wording.say("ask.shared", "en")


async def test_done_is_an_answer_and_no_goodbye_while_the_progress_is_asked(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", QUESTION)
    said = await scene.play(ActionAnswer(), "goodbye", "done")
    assert said.text == scene.known.wording.say("ask.cbsa_centre", "en")
    assert scene.slots["claimed_cbsa"] == "completed"


async def test_one_of_a_citys_airports_put_right_is_the_one_to_leave_from(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "from Toronto to Boston on Friday at 2 pm?")
    said = await scene.play(INFORM, "inform", "wait no it's the Billy Bishop airport")
    assert "Toronto (YTZ) → Boston (BOS)" in said.text


async def test_who_asks_why_a_question_is_asked_is_told_and_asked_again(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight?")
    said = await scene.play(ActionWhy(), "ask_why", "why do you need to know")
    say = scene.known.wording.say
    assert said.text == f"{say('why.asked', 'en')}\n{say('open.origin', 'en')}"


async def test_who_will_not_say_is_asked_twice_and_offered_a_person(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight?")
    first = await scene.play(INFORM, "deny", "I'd rather not say")
    assert first.text == scene.known.wording.say("open.origin", "en")
    second = await scene.play(INFORM, "deny", "no")
    assert second.text == scene.known.wording.say("inform.not_said", "en")
    assert second.buttons[0]["choice"]["intent"] == "talk_to_human"
    third = await scene.play(INFORM, "deny", "no")
    assert third.text == scene.known.wording.say("inform.go_on", "en")
    fourth = await scene.play(INFORM, "inform", "Calgary")
    assert fourth.text == scene.known.wording.say("ask.destination", "en")
