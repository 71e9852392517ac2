"""A traveller who wants a person: the conversation waits for one, and says honestly what that means."""

from actions.answers import answer_from_policy
from actions.base import GuideAction
from actions.turn import Turn


class ActionHandoff(GuideAction):
    """Answers talk_to_human."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_handoff"

    async def answer(self, turn: Turn) -> None:
        """Asks for the state `waiting`."""
        turn.ask_state("waiting")
        turn.leave_open()
        answer_from_policy(turn, "talk_to_human")
