"""Actions run in the process, and their failures are not lost."""

from typing import Any

import pytest

from bot.dialogue.action_bridge import ActionFailedError, InProcessActions


def tracker(sender: str = "one") -> dict[str, Any]:
    return {"sender_id": sender, "slots": {}, "latest_message": {}, "events": [], "paused": False}


async def test_every_action_of_the_project_is_registered() -> None:
    actions = InProcessActions()
    assert {"action_answer", "action_cbp_on_flight", "action_restart"} <= set(actions._executor.actions)


async def test_an_action_answers_without_a_port() -> None:
    actions = InProcessActions()

    async def run(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        dispatcher.utter_message(text=f"hello {tracker.sender_id}")
        return [{"event": "slot", "name": "origin", "value": domain["place"]}]

    actions._executor.actions["action_greet"] = run
    answer = await actions.run("action_greet", tracker(), {"place": "YVR"})
    assert [response["text"] for response in answer.responses] == ["hello one"]
    assert answer.events == [{"event": "slot", "name": "origin", "value": "YVR"}]


async def test_a_failure_is_raised_with_its_cause() -> None:
    actions = InProcessActions()

    async def run(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        raise LookupError("no such thing")

    actions._executor.actions["action_broken"] = run
    with pytest.raises(ActionFailedError, match="action_broken") as raised:
        await actions.run("action_broken", tracker(), {})
    assert isinstance(raised.value.__cause__, LookupError)


async def test_an_action_that_does_not_exist_fails() -> None:
    with pytest.raises(ActionFailedError, match="action_unheard_of"):
        await InProcessActions().run("action_unheard_of", tracker(), {})
