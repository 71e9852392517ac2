"""A complaint about officers, staff, a centre or the guide: it is no question, and goes to a person."""

from actions.base import GuideAction
from actions.person import take_complaint
from actions.turn import Turn


class ActionComplain(GuideAction):
    """Answers complain."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_complain"

    async def answer(self, turn: Turn) -> None:
        """Passes it on, and says when it will be read."""
        turn.leave_open()
        take_complaint(turn)
