"""Why: the trace of the last ruling."""

from actions.answers import answer_from_policy
from actions.base import GuideAction
from actions.person import offer_person
from actions.turn import Turn
from bot.dialogue.cited import sources_of


class ActionWhy(GuideAction):
    """Answers ask_why."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_why"

    async def answer(self, turn: Turn) -> None:
        """Lists every rule that the last ruling rests on, as it was found."""
        case = turn.last_case
        if case is None and turn.thread.is_open:
            return turn.reply(turn.say("why.asked"))
        if case is None:
            return answer_from_policy(turn, "ask_why", [turn.button("button.cbp", "ask_cbp_on_flight")])
        # The same case gives the same ruling: the engine is pure, so the trace need not be kept.
        ruling = turn.rule(case)
        flight = ruling.cbp_on_next_flight
        lines = [flight.text]
        lines += [f"{'✓' if reason.holds else '✗'} {reason.text}" for reason in flight.reasons]
        lines += [f"{turn.say('why.notice')} {notice.text}" for notice in flight.notices]
        return turn.reply(
            "\n".join(lines),
            offer_person(turn, "cannot_tell" if flight.verdict == "cannot_tell" else "asked"),
            sources=sources_of(ruling, "flight"),
        )
