"""The one question at the end: asked once, optional, and answered by its buttons."""

from typing import Any

import pytest

from actions.answers import ActionAnswer
from actions.conversation import ActionRestart
from actions.rate import ActionRate
from tests.actions.acting import Scene


def pressed(rating: str) -> dict[str, Any]:
    return {"entities": [{"entity": "rating", "value": rating}]}


async def test_a_goodbye_asks_once(scene: Scene) -> None:
    said = await scene.play(ActionAnswer(), "goodbye", "bye")
    assert [button["choice"]["entities"][0]["value"] for button in said.buttons] == ["yes", "partly", "no"]
    assert {button["choice"]["intent"] for button in said.buttons} == {"rate"}
    await scene.play(ActionRestart(), "restart", "start over")
    again = await scene.play(ActionAnswer(), "goodbye", "bye now")
    assert (again.text, again.buttons) == (scene.known.wording.say("answer.goodbye", "en"), [])


@pytest.mark.parametrize("state", ["waiting", "closed"])
async def test_who_waits_or_was_asked_by_staff_is_not_asked(scene: Scene, state: str) -> None:
    scene.state = state
    assert (await scene.play(ActionAnswer(), "goodbye", "bye")).buttons == []


@pytest.mark.parametrize(("rating", "offers"), [("yes", 0), ("partly", 1), ("no", 1)])
async def test_the_answer_is_kept_and_who_lacks_something_is_offered_a_person(
    scene: Scene, rating: str, offers: int
) -> None:
    said = await scene.play(ActionRate(), "rate", "(pressed)", **pressed(rating))
    assert (said.asked_for("rating"), said.asked_for("state")) == ([rating], [])
    assert len(said.buttons) == offers
    assert (await scene.play(ActionAnswer(), "goodbye", "bye")).buttons == []


async def test_what_is_closed_stays_closed(scene: Scene) -> None:
    scene.state = "closed"
    said = await scene.play(ActionRate(), "rate", "(pressed)", **pressed("yes"))
    assert said.asked_for("state") == ["closed"]


async def test_a_rating_that_is_none_is_not_kept(scene: Scene) -> None:
    said = await scene.play(ActionRate(), "rate", "(pressed)", **pressed("eleven"))
    assert said.asked_for("rating") == []
