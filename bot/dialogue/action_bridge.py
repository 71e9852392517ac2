"""Runs custom actions in this process, where Rasa would call an action server over HTTP.

The executor is that of `rasa_sdk`, so an action is written as for any Rasa project. There is no second port, and an
action server that answers anyone is not there to be found.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from rasa_sdk.executor import ActionExecutor


class ActionFailedError(RuntimeError):
    """A custom action raised; the cause says what. The traveller gets an apology and can go on."""


class ActionResult(NamedTuple):
    """What an action gave: events and responses in the form of Rasa's action server."""

    events: list[dict[str, Any]]
    responses: list[dict[str, Any]]


class InProcessActions:
    """All actions of a package."""

    def __init__(self, package: str = "actions") -> None:
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def run(self, action: str, tracker: Mapping[str, Any], domain: Mapping[str, Any]) -> ActionResult:
        """Runs `action` on a tracker and a domain as Rasa would send them.

        Raises:
            ActionFailedError: the action raised, or there is none of that name (the cause is attached); or it gave
                another event than a slot to set, which the host does not carry out.
        """
        call: Any = {"next_action": action, "sender_id": tracker["sender_id"], "tracker": tracker, "domain": domain}
        try:
            result = await self._executor.run(call)
        except Exception as error:
            raise ActionFailedError(f"{action} failed; its cause is attached") from error
        assert result is not None  # only a call without an action gives none
        for event in result["events"]:
            if event["event"] != "slot":
                raise ActionFailedError(f"expected {action} to set slots and nothing else, got {event}")
        return ActionResult(result["events"], result["responses"])
