"""Answers to the guide's own questions: a fact, a yes, a no. They lead back to the question that is being pursued."""

import msgspec

from actions.base import GuideAction
from actions.cbp_on_flight import cbp_on_flight, mentions_claims
from actions.goals import GOALS
from actions.turn import Turn

# What a plain yes or no says, by the fact that was asked for.
_MEANS = {("shared", "affirm"): "yes", ("shared", "deny"): "no"}


class ActionInform(GuideAction):
    """Answers inform, affirm and deny."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_inform"

    async def answer(self, turn: Turn) -> None:
        """Takes the fact in and goes on with what the traveller wanted to know."""
        said = _MEANS.get((turn.awaiting or "", turn.intent))
        if said is not None:
            turn.told = msgspec.structs.replace(turn.told, claimed_shared=said)
        says_something = said is not None or turn.told != turn.before
        turn.continuing = True
        if not says_something and turn.awaiting and turn.intent == "inform":
            return await _ask_again(turn)
        if turn.intent == "affirm" and turn.awaiting == "offer_verify":
            return await GOALS["verify_identity"](turn)
        if not says_something:
            turn.reply(turn.say("inform.go_on"), [turn.button("button.cbp", "ask_cbp_on_flight")])
            return None
        if turn.goal in GOALS:
            return await GOALS[turn.goal](turn)
        if turn.mentioned.has_trip or mentions_claims(turn):
            return await cbp_on_flight(turn)
        turn.reply(turn.say("inform.noted"), [turn.button("button.cbp", "ask_cbp_on_flight")])
        return None


async def _ask_again(turn: Turn) -> None:
    """The answer held nothing usable: the same question again, with an example of an answer."""
    key = f"again.{turn.awaiting}"
    turn.await_fact(turn.awaiting)
    if turn.known.wording.has(key):
        turn.reply(turn.say(key), [turn.button("button.person", "talk_to_human")])
    else:
        turn.reply(turn.say("again.other"), [turn.button("button.person", "talk_to_human")])
