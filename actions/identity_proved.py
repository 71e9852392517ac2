"""After the proof succeeded: say so, and answer the question that waited for it."""

from actions.base import GuideAction
from actions.goals import GOALS
from actions.turn import Turn


class ActionIdentityProved(GuideAction):
    """Answers the guide's own event `identity_proved`, which no message of a traveller can be."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_identity_proved"

    async def answer(self, turn: Turn) -> None:
        """Goes on with what was wanted, or offers what the file can tell."""
        if await turn.file() is None:
            return
        turn.continuing = True
        goal = turn.goal if turn.goal != "verify_identity" else None
        if goal in GOALS:
            turn.reply(turn.say("verify.done"))
            await GOALS[goal](turn)
            return
        offers = [turn.button("button.status", "check_status"), turn.button("button.cbp", "ask_cbp_on_flight")]
        turn.reply(turn.say("verify.done_offer"), offers)
