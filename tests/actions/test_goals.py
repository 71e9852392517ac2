"""The other goals: status, options, next step, renewal, centres, why, and proving who one is."""

from actions.answers import ActionAnswer
from actions.centres import ActionWhereCentres
from actions.connecting_flight import ActionConnectingFlight
from actions.handoff import ActionHandoff
from actions.identity_proved import ActionIdentityProved
from actions.inform import ActionInform
from actions.interview_options import ActionInterviewOptions
from actions.next_step import ActionNextStep
from actions.renewal import ActionRenewal
from actions.status import ActionCheckStatus
from actions.verify import ActionVerifyIdentity
from actions.why import ActionWhy
from tests.actions.acting import Scene


async def test_status_says_nothing_before_identity_is_proved_but_how_to_prove_it(scene: Scene) -> None:
    said = await scene.play(ActionCheckStatus(), "check_status", "where does my file stand?")
    link = said.replies[0]["custom"]["meta"]["link"]
    assert link["url"].startswith(f"{scene.known.settings.public_url}/verify/")
    assert not said.ruled


async def test_after_the_proof_the_question_that_waited_is_answered(scene: Scene) -> None:
    await scene.play(ActionCheckStatus(), "check_status", "where does my file stand?")
    await scene.prove("SAMPLE-02")
    said = await scene.play(ActionIdentityProved(), "identity_proved")
    assert scene.known.wording.say("status.conditionally_approved", "en") in said.text
    assert scene.known.wording.say("status.not_shared", "en") in said.text


async def test_a_proof_without_a_question_offers_what_the_file_can_tell(scene: Scene) -> None:
    await scene.play(ActionVerifyIdentity(), "verify_identity", "I want to confirm who I am")
    await scene.prove("SAMPLE-01")
    said = await scene.play(ActionIdentityProved(), "identity_proved")
    assert [button["choice"]["intent"] for button in said.buttons] == ["check_status", "ask_cbp_on_flight"]
    again = await scene.play(ActionVerifyIdentity(), "verify_identity", "confirm who I am")
    assert again.text == scene.known.wording.say("verify.already", "en")


async def test_the_event_of_a_proof_says_nothing_where_nothing_was_proved(scene: Scene) -> None:
    assert (await scene.play(ActionIdentityProved(), "identity_proved")).replies == []


async def test_options_by_file_say_why_one_is_closed(scene: Scene) -> None:
    await scene.prove("SAMPLE-01")
    said = await scene.play(ActionInterviewOptions(), "ask_interview_options", "which options do I have?")
    ruling = said.replies[0]["custom"]["meta"]["ruling"]
    assert {option["option"]: option["applies"] for option in ruling["options"]} == {
        "airport_two_step": "yes",
        "us_joint": "no",
        "land_split": "no",
        "no_interview": "no",
    }
    joint = next(option for option in ruling["options"] if option["option"] == "us_joint")
    assert joint["reasons"][-1]["rule"] == "started_at_airport_finish_at_airport"
    assert joint["reasons"][-1]["text"] in said.text


async def test_options_of_a_stranger_wait_for_conditional_approval(scene: Scene) -> None:
    said = await scene.play(ActionInterviewOptions(), "ask_interview_options", "which options are there near Kelowna?")
    assert said.text.startswith(scene.known.wording.say("options.lead_anonymous", "en"))
    assert "no_interview" not in said.text
    assert "km)" in said.text


async def test_the_next_step_comes_from_the_file(scene: Scene) -> None:
    await scene.prove("SAMPLE-05")
    said = await scene.play(ActionNextStep(), "ask_next_step", "what do I do next?")
    assert said.replies[0]["custom"]["meta"]["ruling"]["next_step"]["code"] == "book_cbsa_interview"


async def test_the_next_step_of_a_stranger_asks_how_far_the_application_is(scene: Scene) -> None:
    said = await scene.play(ActionNextStep(), "ask_next_step", "what do I do next?")
    assert said.text == scene.known.wording.say("ask.progress", "en")
    pressed = [{"entity": "application_status", "value": "pending_review"}]
    said = await scene.play(ActionInform(), "inform", "(pressed)", entities=pressed)
    assert said.replies[0]["custom"]["meta"]["ruling"]["next_step"]["code"] == "wait_for_conditional_approval"


async def test_a_renewal_by_file_says_until_when_the_benefits_run_on(scene: Scene) -> None:
    await scene.prove("SAMPLE-06")
    said = await scene.play(ActionRenewal(), "ask_renewal", "do I keep my benefits?")
    assert said.replies[0]["custom"]["meta"]["ruling"]["renewal"]["applies"] is True
    assert said.replies[0]["custom"]["meta"]["card"] == "renewal"


async def test_a_renewal_of_a_stranger_is_what_the_policy_says(scene: Scene) -> None:
    said = await scene.play(ActionRenewal(), "ask_renewal", "do I keep my benefits?")
    assert not said.ruled
    assert "cbsa-cbp-2023-01-25" in [source["id"] for source in said.replies[0]["custom"]["meta"]["sources"]]


async def test_centres_are_listed_from_where_it_is_asked(scene: Scene) -> None:
    said = await scene.play(ActionWhereCentres(), "ask_where_centres", "centres near Kelowna?")
    distances = [line for line in said.text.splitlines() if line.startswith("•")]
    assert len(distances) == 5
    assert "Vancouver International Airport" in distances[0] or "Blaine" in distances[0]


async def test_centres_without_a_place_ask_from_where(scene: Scene) -> None:
    said = await scene.play(ActionWhereCentres(), "ask_where_centres", "where are the centres?")
    assert scene.known.wording.say("ask.home", "en") in said.text
    said = await scene.play(ActionInform(), "inform", "Halifax")
    assert "Halifax Stanfield" in said.text


async def test_why_without_a_ruling_says_so(scene: Scene) -> None:
    said = await scene.play(ActionWhy(), "ask_why", "why?")
    assert said.text.startswith(scene.known.wording.say("answer.ask_why", "en"))


async def test_a_connection_that_is_named_is_ruled_on_as_well(scene: Scene) -> None:
    said = await scene.play(
        ActionConnectingFlight(),
        "ask_connecting_flight",
        "from Saskatoon to Phoenix via Calgary on Friday at 6:40 am, where is it done?",
    )
    assert said.flight["airport"] == "YYC"


async def test_who_asks_for_a_person_waits_for_one(scene: Scene) -> None:
    said = await scene.play(ActionHandoff(), "talk_to_human", "I want a person")
    assert said.asked_for("state") == ["waiting"]
    assert said.replies


async def test_an_answer_in_between_leaves_the_question_open(scene: Scene) -> None:
    scene.slots |= {"awaiting": "when", "goal": "cbp_on_flight"}
    said = await scene.play(ActionAnswer(), "ask_fees", "how much is it?")
    assert "US$120" in said.text.replace("\u00a0", "")
    assert scene.slots["awaiting"] == "when"
