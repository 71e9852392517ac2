"""What to do next."""

from actions.base import GuideAction
from actions.own_case import own_case
from actions.questions import ask_progress, missing_claim
from actions.turn import Turn


class ActionNextStep(GuideAction):
    """Answers ask_next_step."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_next_step"

    async def answer(self, turn: Turn) -> None:
        """Says the one thing to do next."""
        await next_step(turn)


async def next_step(turn: Turn) -> None:
    """The single best thing to do next; an anonymous traveller is asked how far the application is."""
    turn.pursue("next_step")
    case = await own_case(turn)
    missing = None if await turn.file() else missing_claim(turn)
    if missing is not None:
        return missing(turn)
    if case.application is None:
        return ask_progress(turn)
    ruling = turn.rule(case)
    turn.remember_case(case)
    buttons = [turn.button("button.cbp", "ask_cbp_on_flight"), turn.button("button.options", "ask_interview_options")]
    return turn.reply(ruling.next_step.text, buttons, ruling=ruling, card="step", summary=turn.say("next_step.summary"))
