"""Sourced answers straight from the policy, for every question that needs no case."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from actions.base import GuideAction
from actions.leave import take_leave
from actions.turn import DEFAULT_ZONE, Turn
from bot.dialogue.heard import changed_facts
from bot.policy.statements import Statement


class ActionAnswer(GuideAction):
    """Answers every intent that `policy/answers.yml` has statements for, and the small talk."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_answer"

    async def answer(self, turn: Turn) -> None:
        """Says the lead and the statements in force today; a question that is open stays so."""
        offering = turn.intent in _OFFERING and not turn.thread.is_open
        buttons = [turn.button("button.cbp", "ask_cbp_on_flight")] if offering else []
        if turn.intent == "goodbye":
            if turn.thread.answered_by(changed_facts(turn.before, turn.told)):
                return None  # "done", to "how far is your application?": what was open goes on
            turn.leave_open()
            return take_leave(turn)
        return answer_from_policy(turn, turn.intent, buttons)


_OFFERING = frozenset({"greet", "help", "bot_challenge", "out_of_scope", "chitchat"})


def answer_from_policy(turn: Turn, intent: str, buttons: Sequence[dict[str, Any]] = ()) -> None:
    """The answer to `intent`: its lead, then the statements of the policy in force, with their sources."""
    lines, sources = sourced(turn, intent)
    turn.reply("\n".join([turn.say(f"answer.{intent}"), *lines]), buttons, sources=sources)


def sourced(turn: Turn, intent: str) -> tuple[list[str], list[str]]:
    """The statements in force that answer `intent`, a line each, and their sources."""
    statements = _in_force(turn, intent)
    french = turn.language == "fr"
    lines = [f"• {statement.text.fr if french else statement.text.en}" for statement in statements]
    return lines, [name for statement in statements for name in statement.span.sources]


def _in_force(turn: Turn, intent: str) -> list[Statement]:
    today: date = turn.now.astimezone(ZoneInfo(DEFAULT_ZONE)).date()
    listed = (turn.known.known.statements[name] for name in turn.known.known.answers.get(intent, ()))
    return [statement for statement in listed if statement.in_force(today)]
