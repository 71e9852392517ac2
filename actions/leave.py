"""Taking leave, with the one optional question at the end: whether the traveller got what they needed."""

from typing import Any

from actions.turn import Turn
from bot.conversations.reasons import Rating
from bot.conversations.satisfaction import RATE, RATINGS


def take_leave(turn: Turn) -> None:
    """Says goodbye, and asks the question where it was not asked yet and nothing is going on."""
    if turn.slot("rating_asked") or turn.state != "bot":
        return turn.reply(turn.say("answer.goodbye"))
    turn.keep(rating_asked=True)
    return turn.reply(f"{turn.say('answer.goodbye')}\n{turn.say('system_rate')}", [_button(turn, r) for r in RATINGS])


def _button(turn: Turn, rating: Rating) -> dict[str, Any]:
    return turn.button(f"system_rate_{rating}", RATE, rating=rating)
