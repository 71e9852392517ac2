"""After staff gave the conversation back: the file as it is now is ruled on."""

from datetime import timedelta

from sqlalchemy import update

from actions.cbp_on_flight import ActionCbpOnFlight
from actions.handed_back import ActionHandedBack
from actions.status import ActionCheckStatus
from bot.applicants.models import Application
from tests.actions.acting import NOW, Scene
from tests.actions.test_corrected_file import correct


async def test_the_file_as_it_is_now_is_ruled_on(scene: Scene) -> None:
    await scene.prove("SAMPLE-02")
    before = await scene.play(ActionCbpOnFlight(), "ask_cbp_on_flight", "can I do it on my next flight?")
    assert before.flight["code"] == "not_shared_yet"
    async with scene.known.database.write() as session:
        shared = update(Application).where(Application.applicant_id == "SAMPLE-02")
        await session.execute(shared.values(shared_with_cbp_at=NOW - timedelta(hours=1)))
    said = await scene.play(ActionHandedBack(), "handed_back")
    assert said.replies[0]["text"] == scene.known.wording.say("handed_back.anew", "en")
    assert said.flight["code"] == "shared_and_precleared"


async def test_the_flight_on_file_is_ruled_on_and_not_one_told_before(scene: Scene) -> None:
    told = "can I do it at Billy Bishop airport before my flight to Newark on Friday at 2 pm?"
    before = await scene.play(ActionCbpOnFlight(), "ask_cbp_on_flight", told)
    assert before.flight["code"] == "policy_silent_airport"
    await scene.prove("SAMPLE-02")
    said = await scene.play(ActionHandedBack(), "handed_back")
    assert said.flight["code"] == "policy_silent_airport"
    before = await scene.play(ActionCbpOnFlight(), "ask_cbp_on_flight", "can I do it on my next flight?")
    said = await scene.play(ActionHandedBack(), "handed_back")
    assert said.flight["code"] == before.flight["code"] == "not_shared_yet"


async def test_a_trip_that_staff_added_is_ruled_on(scene: Scene) -> None:
    await scene.prove("SAMPLE-10")
    told = "can I do it at Billy Bishop airport before my flight to Newark on Friday at 2 pm?"
    before = await scene.play(ActionCbpOnFlight(), "ask_cbp_on_flight", told)
    assert before.flight["code"] == "policy_silent_airport"
    leg = {"flight": "WS 1", "origin": "YYC", "destination": "LAX", "departs_at": "2026-11-26T08:00:00-07:00"}
    added = await correct(scene, "SAMPLE-10", "add_trip", [leg])
    said = await scene.play(ActionHandedBack(), "handed_back")
    assert (said.flight["code"], said.flight["airport"]) == ("shared_and_precleared", "YYC")
    await correct(scene, "SAMPLE-10", "withdraw", added.id)
    said = await scene.play(ActionHandedBack(), "handed_back")
    assert said.flight["code"] == "policy_silent_airport"


async def test_what_was_told_is_ruled_on_where_there_is_no_file(scene: Scene) -> None:
    scene.slots |= {"claimed_status": "pending_review"}
    asked = "can I do it on my flight from Vancouver to Seattle on Friday at 2 pm?"
    before = await scene.play(ActionCbpOnFlight(), "ask_cbp_on_flight", asked)
    said = await scene.play(ActionHandedBack(), "handed_back")
    assert said.flight["code"] == before.flight["code"]


async def test_nothing_is_said_of_a_file_that_was_never_proved(scene: Scene) -> None:
    await scene.play(ActionCheckStatus(), "check_status", "where does my file stand?")
    said = await scene.play(ActionHandedBack(), "handed_back")
    assert said.text == scene.known.wording.say("handed_back.here", "en")
    assert said.buttons


async def test_without_a_ruling_the_guide_says_that_it_is_here(scene: Scene) -> None:
    said = await scene.play(ActionHandedBack(), "handed_back")
    assert said.text == scene.known.wording.say("handed_back.here", "en")
