"""What staff correct in a file is in the guide's next ruling on it."""

from typing import Any

from actions.cbp_on_flight import ActionCbpOnFlight
from actions.status import ActionCheckStatus
from bot.applicants.corrections import Correcting
from bot.audit.actor import Actor
from tests.actions.acting import NOW, Said, Scene

ASK, STATUS = ActionCbpOnFlight(), ActionCheckStatus()


async def correct(scene: Scene, applicant_id: str, verb: str, *given: object) -> Any:
    async with scene.known.database.write() as session:
        here = Correcting(session, applicant_id, Actor("staff:1", "Nadia Roy"), NOW, scene.known.policy, {})
        return await getattr(here, verb)(*given)


def cited(said: Said) -> set[str]:
    return {source for reason in said.flight["reasons"] for source in reason["sources"]}


async def test_marked_as_shared_not_yet_becomes_yes_and_back_with_its_sources(scene: Scene) -> None:
    scene.language = "fr"
    await scene.prove("SAMPLE-02")
    before = await scene.play(ASK, "ask_cbp_on_flight", "puis-je le faire avant mon prochain vol?")
    assert (before.flight["verdict"], before.flight["code"]) == ("not_yet", "not_shared_yet")

    made = await correct(scene, "SAMPLE-02", "mark_cbsa_shared")
    after = await scene.play(ASK, "ask_cbp_on_flight", "puis-je le faire avant mon prochain vol?")
    assert (after.flight["verdict"], after.flight["code"]) == ("yes", "shared_and_precleared")
    assert cited(after) >= cited(before) > set()
    assert after.replies[0]["custom"]["meta"]["sources"]
    status = await scene.play(STATUS, "check_status", "où en est mon dossier?")
    assert scene.known.wording.say("status.not_shared", "fr") not in status.text

    await correct(scene, "SAMPLE-02", "withdraw", made.id)
    again = await scene.play(ASK, "ask_cbp_on_flight", "puis-je le faire avant mon prochain vol?")
    assert again.flight["code"] == "not_shared_yet"


async def test_an_added_trip_that_leaves_sooner_is_the_next_one(scene: Scene) -> None:
    await scene.prove("SAMPLE-01")
    leg = {"flight": "WS 1", "origin": "YYC", "destination": "LAX", "departs_at": "2026-11-23T08:00:00-07:00"}
    await correct(scene, "SAMPLE-01", "add_trip", [leg])
    said = await scene.play(ASK, "ask_cbp_on_flight", "can I do it on my next flight?")
    assert (said.flight["airport"], said.flight["verdict"]) == ("YYC", "yes")
