"""A question of the guide's that is interrupted is asked again, short; one that is answered or dropped is not."""

import pytest

from actions.answers import ActionAnswer
from actions.base import GuideAction
from actions.cbp_on_flight import ActionCbpOnFlight
from actions.centres import ActionWhereCentres
from actions.conversation import ActionCancel, ActionChangeLanguage
from actions.handoff import ActionHandoff
from actions.inform import ActionInform
from actions.interview_options import ActionInterviewOptions
from actions.renewal import ActionRenewal
from actions.status import ActionCheckStatus
from actions.what_if import ActionWhatIf
from tests.actions.acting import Scene

ASK, INFORM, ANSWER = ActionCbpOnFlight(), ActionInform(), ActionAnswer()


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        (ANSWER, "ask_fees"),
        (ANSWER, "thank"),
        (ANSWER, "chitchat"),
        (ActionInterviewOptions(), "ask_interview_options"),
        (ActionRenewal(), "ask_renewal"),
        (ActionWhereCentres(), "ask_where_centres"),
    ],
)
async def test_an_interruption_comes_back_to_the_question(scene: Scene, action: GuideAction, intent: str) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle from Vancouver?")
    said = await scene.play(action, intent)
    assert len(said.replies) == 2
    assert said.replies[-1]["text"] == scene.known.wording.say("open.when", "en")
    assert (scene.slots["awaiting"], scene.slots["goal"]) == ("when", "cbp_on_flight")
    said = await scene.play(INFORM, "inform", "Friday")
    assert said.flight["code"] == "no_application_facts"


async def test_the_question_comes_back_with_what_can_be_pressed(scene: Scene) -> None:
    asked = await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle on Friday from Vancouver?")
    said = await scene.play(ANSWER, "thank", "thanks")
    assert said.replies[-1]["buttons"] == asked.replies[-1]["buttons"]


async def test_an_interruption_that_answers_as_well_goes_on(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle?")
    said = await scene.play(ANSWER, "ask_fees", "from Vancouver, but what does it cost?")
    assert said.replies[-1]["text"] == scene.known.wording.say("ask.when", "en")


async def test_between_two_parts_of_a_message_nothing_is_asked_again(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle?")
    said = await scene.play(ANSWER, "ask_fees", "how much is it", more=True)
    assert len(said.replies) == 1
    assert scene.slots["awaiting"] == "origin"


@pytest.mark.parametrize(("action", "intent"), [(ActionHandoff(), "talk_to_human"), (ANSWER, "goodbye")])
async def test_some_turns_leave_it_open_in_silence(scene: Scene, action: GuideAction, intent: str) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle?")
    said = await scene.play(action, intent)
    assert len(said.replies) == 1
    assert scene.slots["awaiting"] == "origin"


async def test_what_is_dropped_does_not_come_back(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle?")
    await scene.play(ActionCancel(), "cancel", "never mind", drops="question")
    assert len((await scene.play(ANSWER, "thank", "thanks")).replies) == 1
    assert scene.slots["destination"] == "SEA"


async def test_a_dropped_flight_is_forgotten_with_its_question(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle?")
    said = await scene.play(ActionInterviewOptions(), "ask_interview_options", "a land centre", drops="trip")
    assert len(said.replies) == 1
    assert (scene.slots["destination"], scene.slots["awaiting"]) == (None, None)


async def test_the_question_comes_back_in_the_new_language(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "on my flight to Seattle?")
    scene.language = "fr"
    said = await scene.play(ActionChangeLanguage(), "change_language", "en français")
    assert said.replies[-1]["text"] == scene.known.wording.say("open.origin", "fr")


async def test_a_question_in_passing_is_answerable_but_not_asked_again(scene: Scene) -> None:
    await scene.play(ActionWhereCentres(), "ask_where_centres", "where are they?")
    assert len((await scene.play(ANSWER, "thank", "thanks")).replies) == 1
    assert "Halifax" in (await scene.play(INFORM, "inform", "Halifax")).text


async def test_after_a_link_to_prove_who_one_is_nothing_is_asked_again(scene: Scene) -> None:
    await scene.play(ActionCheckStatus(), "check_status", "where is my file?")
    assert len((await scene.play(ANSWER, "ask_fees", "how much?")).replies) == 1
    assert scene.slots["goal"] == "check_status"


async def test_a_supposed_flight_asks_how_far_the_application_is_where_that_decides(scene: Scene) -> None:
    await scene.play(ASK, "ask_cbp_on_flight", "from Québec to Boston on Friday")
    said = await scene.play(ActionWhatIf(), "ask_what_if", "and from Montreal?")
    assert said.replies[-1]["text"] == scene.known.wording.say("ask.progress", "en")
    await scene.play(INFORM, "inform", "the Canadian one, yes")
    await scene.play(INFORM, "inform", "Dorval")
    said = await scene.play(INFORM, "affirm", "yes")
    assert (said.flight["verdict"], said.flight["airport"]) == ("yes", "YUL")
