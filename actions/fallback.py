"""Not sure what was meant: one question with at most three readings to press; the second time a person is offered."""

from actions.base import GuideAction
from actions.goals import GOALS
from actions.person import offer_person, offer_to_leave_queue
from actions.turn import Turn
from bot.dialogue.choices import worth_offering


class ActionFallback(GuideAction):
    """Answers nlu_fallback and whatever no rule covers."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_fallback"

    async def answer(self, turn: Turn) -> None:
        """A fact given in odd words still counts; then what was meant is asked, then a person is offered."""
        if turn.awaiting and turn.told != turn.before and turn.goal in GOALS and "?" not in turn.text:
            turn.continuing = True
            return await GOALS[turn.goal](turn)
        turn.leave_open()
        unsure = int(turn.slot("unsure") or 0) + 1
        turn.keep(unsure=unsure)
        if turn.state == "waiting":  # it may well be meant for the person who reads it
            return turn.reply(turn.say("fallback.waiting"), offer_to_leave_queue(turn))
        if unsure > 1:
            offers = [*offer_person(turn, "unsure"), turn.button("button.help", "help")]
            return turn.reply(turn.say("fallback.person"), offers)
        wording = turn.known.wording
        likeliest = worth_offering(turn.ranking, lambda intent: wording.has(f"meant.{intent}"))
        # What was said along with it counts for the reading that is chosen.
        buttons = [turn.choice(f"meant.{intent}", intent, turn.entities) for intent in likeliest]
        if buttons:
            return turn.reply(turn.say("fallback.again"), buttons)
        return turn.reply(turn.say("fallback.no_guess"), [turn.button("button.help", "help")])
