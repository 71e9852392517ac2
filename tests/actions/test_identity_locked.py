"""After too many wrong tries: until when, whom to ask, and not a word of what was typed."""

from datetime import timedelta

from actions.identity_locked import ActionIdentityLocked
from bot.applicants.models import IdentityFailure
from tests.actions.acting import CONVERSATION, NOW, Scene


async def test_it_is_said_until_when_and_a_person_is_offered(scene: Scene) -> None:
    async with scene.known.database.write() as session:
        until = NOW + timedelta(minutes=15)
        subject = f"conversation:{CONVERSATION}"
        session.add(IdentityFailure(subject=subject, failures=5, last_at=NOW, locked_until=until))
    said = await scene.play(ActionIdentityLocked(), "identity_locked")
    assert "9:15 a.m. (Toronto time)" in " ".join(said.text.split())
    (button,) = said.buttons
    assert button["choice"]["entities"] == [{"entity": "handoff_reason", "value": "identity_locked"}]


async def test_a_lock_of_the_number_alone_gives_no_time(scene: Scene) -> None:
    said = await scene.play(ActionIdentityLocked(), "identity_locked")
    assert said.text == scene.known.wording.say("verify.locked_a_while", "en")


async def test_the_question_that_waited_for_the_proof_stays_open(scene: Scene) -> None:
    scene.slots |= {"goal": "check_status", "awaiting": "proof"}
    await scene.play(ActionIdentityLocked(), "identity_locked")
    assert (scene.slots["goal"], scene.slots["awaiting"]) == ("check_status", "proof")
