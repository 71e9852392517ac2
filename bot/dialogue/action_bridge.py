"""Runs custom actions in this process where Rasa would call an action server over HTTP.

Rasa asks its `action_endpoint` to run an action; this one hands the call to the executor of `rasa_sdk`. So there is no
second port, and an action server that answers anyone is not there to be found.
"""

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class ActionFailedError(RuntimeError):
    """A custom action raised; the cause says what. The traveller gets an apology and can go on."""


class InProcessActions(EndpointConfig):
    """An `action_endpoint` without an address. Failures are kept, since Rasa itself only logs them."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__()
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._failures: dict[str, Exception] = {}
        # Rasa checks what an action server sends against a schema, and the schema against its own schema, at every
        # action, while no other conversation moves; it took longer than anything else in a turn. What comes from this
        # process is no stranger's.
        RemoteAction._validate_action_result = _accept

    async def request(self, method: str = "post", **kwargs: Any) -> Any:
        """Runs the action that `json` names and gives back its events and responses."""
        call = kwargs["json"]
        try:
            return await self._executor.run(call)
        except Exception as error:
            self._failures[call["sender_id"]] = error
            raise

    def raise_failure(self, sender_id: str) -> None:
        """Raises what an action of this conversation's turn raised, if one did.

        Raises:
            ActionFailedError: with the action's own exception as its cause.
        """
        failure = self._failures.pop(sender_id, None)
        if failure is not None:
            raise ActionFailedError("a custom action failed; its cause is attached") from failure


def _accept(_: RemoteAction, result: dict[str, Any]) -> bool:
    """Stands in for the check of a foreign server's answer."""
    return True
