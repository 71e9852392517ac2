"""The traveller's answer to the one question at the end, whether they got what they needed."""

from actions.base import GuideAction
from actions.person import offer_person
from actions.turn import Turn
from bot.conversations.reasons import Rating
from bot.conversations.satisfaction import RATINGS


class ActionRate(GuideAction):
    """Answers the pressed buttons of that question; no message is read as it."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_rate"

    async def answer(self, turn: Turn) -> None:
        """Keeps the answer; a conversation that is closed stays so. Who did not get everything is offered a person."""
        turn.leave_open()
        rating = _rating(turn)
        if rating is None:
            return turn.reply(turn.say("inform.go_on"), [turn.button("button.cbp", "ask_cbp_on_flight")])
        turn.keep(rating_asked=True)
        turn.ask_host(rating=rating)
        if turn.state == "closed":
            turn.ask_host(state="closed")
        if rating == "yes":
            return turn.reply(turn.say("rate.thanks"))
        return turn.reply(turn.say("rate.sorry"), offer_person(turn, "asked"))


def _rating(turn: Turn) -> Rating | None:
    carried = [entity["value"] for entity in turn.entities if entity["entity"] == "rating"]
    return next((rating for rating in RATINGS if rating in carried), None)
