"""What if: another airport, date or destination on the same case. Nothing supposed is remembered as a fact."""

import msgspec

from actions.base import GuideAction
from actions.cbp_on_flight import cbp_on_flight
from actions.centres import where_centres
from actions.flight_reply import reply_with_ruling
from actions.turn import Turn
from bot.dialogue.told import Told
from bot.dialogue.told_case import changed_trip, with_claims
from bot.guidance.case import Case


class ActionWhatIf(GuideAction):
    """Answers ask_what_if."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_what_if"

    async def answer(self, turn: Turn) -> None:
        """Rules on the last case with the differences this message names."""
        if turn.mentioned.home:
            return await where_centres(turn)  # "and near Winnipeg?"
        last = turn.last_case
        if last is None or not last.trips:
            return await cbp_on_flight(turn)
        index = turn.rule(last).cbp_on_next_flight.trip or 0
        case = _supposed(turn, last, index)
        turn.told = turn.before
        turn.keep(awaiting=turn.awaiting)
        if case is None:
            return turn.reply(turn.say("what_if.of_what"))
        turn.remember_case(case)
        as_told = await turn.file() is None and case.application is not None
        return reply_with_ruling(turn, case, turn.rule(case), as_told=as_told)


def _supposed(turn: Turn, last: Case, index: int) -> Case | None:
    """The last case with its trip and application changed as supposed; None where nothing is supposed."""
    supposed = turn.mentioned
    if supposed == Told():
        return None
    trips = last.trips or ()
    trip = changed_trip(trips[index], supposed, turn.known.policy)
    application = with_claims(last.application, supposed, turn.now, turn.known.policy)
    return msgspec.structs.replace(last, now=turn.now, trips=(trip,), application=application)
