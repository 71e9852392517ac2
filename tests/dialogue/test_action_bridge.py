"""Actions run in the process, and their failures are not lost."""

from typing import Any

import pytest

from bot.dialogue.action_bridge import ActionFailedError, InProcessActions


def call(action: str, sender: str = "one") -> dict[str, Any]:
    tracker = {"sender_id": sender, "slots": {}, "latest_message": {}, "events": [], "paused": False}
    return {"next_action": action, "sender_id": sender, "tracker": tracker, "domain": {}}


async def test_every_action_of_the_project_is_registered() -> None:
    actions = InProcessActions()
    assert {"action_answer", "action_cbp_on_flight", "action_restart"} <= set(actions._executor.actions)


async def test_an_action_answers_without_a_port() -> None:
    actions = InProcessActions()

    async def run(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        dispatcher.utter_message(text=f"hello {tracker.sender_id}")
        return []

    actions._executor.actions["action_greet"] = run
    answer = await actions.request(json=call("action_greet"))
    assert [response["text"] for response in answer["responses"]] == ["hello one"]
    actions.raise_failure("one")


async def test_a_failure_is_raised_once_and_only_for_its_conversation() -> None:
    actions = InProcessActions()

    async def run(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        raise LookupError("no such thing")

    actions._executor.actions["action_broken"] = run
    with pytest.raises(LookupError):
        await actions.request(json=call("action_broken", "two"))
    actions.raise_failure("one")
    with pytest.raises(ActionFailedError) as raised:
        actions.raise_failure("two")
    assert isinstance(raised.value.__cause__, LookupError)
    actions.raise_failure("two")
