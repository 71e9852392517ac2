"""A traveller who wants a person: the conversation waits for one, and the guide says when one will read it."""

from actions.base import GuideAction
from actions.person import hand_over, offered_for
from actions.turn import Turn


class ActionHandoff(GuideAction):
    """Answers talk_to_human."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_handoff"

    async def answer(self, turn: Turn) -> None:
        """Asks for the state `waiting`, with the reason that the offer carried."""
        hand_over(turn, offered_for(turn))
