"""Not understood: ask again with the two likeliest readings to press; the second time offer a person."""

from actions.base import GuideAction
from actions.goals import GOALS
from actions.turn import Turn

CHOICES = 2


class ActionFallback(GuideAction):
    """Answers nlu_fallback and whatever no rule covers."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_fallback"

    async def answer(self, turn: Turn) -> None:
        """A fact given in odd words still counts; then what was meant is asked, then a person is offered."""
        if turn.awaiting and turn.told != turn.before and turn.goal in GOALS:
            turn.continuing = True
            return await GOALS[turn.goal](turn)
        turn.await_fact(turn.awaiting)
        unsure = int(turn.slot("unsure") or 0) + 1
        turn.keep(unsure=unsure)
        if unsure > 1:
            turn.keep(unsure=0)
            offers = [turn.button("button.person", "talk_to_human"), turn.button("button.help", "help")]
            return turn.reply(turn.say("fallback.person"), offers)
        likeliest = [entry["name"] for entry in turn.ranking if turn.known.wording.has(f"meant.{entry['name']}")]
        buttons = [turn.button(f"meant.{name}", name) for name in likeliest[:CHOICES]]
        words = turn.say("fallback.again" if buttons else "fallback.no_guess")
        return turn.reply(words, [*buttons, turn.button("button.person", "talk_to_human")])
