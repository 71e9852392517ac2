"""A route with a connection: at which airport the CBP part is done."""

from actions.answers import answer_from_policy
from actions.base import GuideAction
from actions.cbp_on_flight import cbp_on_flight
from actions.turn import Turn


class ActionConnectingFlight(GuideAction):
    """Answers ask_connecting_flight."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_connecting_flight"

    async def answer(self, turn: Turn) -> None:
        """What the policy says of connections; a route that is named is ruled on as well."""
        answer_from_policy(turn, "ask_connecting_flight")
        if turn.mentioned.origin or turn.mentioned.via:
            await cbp_on_flight(turn)
