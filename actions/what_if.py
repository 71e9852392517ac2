"""What if: another airport, date or destination on the same case. Nothing supposed is remembered as a fact."""

import msgspec

from actions.base import GuideAction
from actions.cbp_on_flight import cbp_on_flight
from actions.centres import where_centres
from actions.flight_reply import reply_with_ruling
from actions.questions import ask_progress, ask_shared
from actions.turn import SUPPOSED, Turn
from bot.dialogue.heard import changed_facts
from bot.dialogue.phrases import PLACES
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
        await what_if(turn)


async def what_if(turn: Turn) -> None:
    """The ruling on the last case with the differences this message names; "and near Winnipeg?" asks for centres."""
    places = {entity["entity"] for entity in turn.entities} & PLACES
    if turn.mentioned.home or (turn.goal == "where_centres" and places and not turn.mentioned.day):
        return await where_centres(turn)
    last = turn.last_case or await _on_file(turn)
    if last is None or not last.trips:
        return await cbp_on_flight(turn)
    index = turn.rule(last).cbp_on_next_flight.trip or 0
    case = _supposed(turn, last, index)
    turn.told = turn.before
    if case is None:
        return turn.reply(turn.say("what_if.of_what"))
    turn.keep(lately=[*changed_facts(Told(), turn.mentioned), SUPPOSED])
    turn.remember_case(case)
    as_told = await turn.file() is None and case.application is not None
    ruling = turn.rule(case)
    reply_with_ruling(turn, case, ruling, as_told=as_told)
    if ruling.cbp_on_next_flight.code == "not_shared_yet" and as_told and turn.told.claimed_shared is None:
        return ask_shared(turn)
    if ruling.cbp_on_next_flight.code != "no_application_facts":
        return turn.leave_open()  # how far the application is does not decide this one
    return None if turn.thread.is_open else ask_progress(turn)


async def _on_file(turn: Turn) -> Case | None:
    """The case on file of a traveller who supposes something before anything was ruled on; None without a file."""
    file = await turn.file()
    return file.case if file else None


def _supposed(turn: Turn, last: Case, index: int) -> Case | None:
    """The last case with its trip and application changed as supposed; None where nothing is supposed."""
    supposed = turn.mentioned
    if supposed == Told():
        return None
    trips = last.trips or ()
    trip = changed_trip(trips[index], supposed, turn.known.policy)
    application = with_claims(last.application, supposed, turn.now, turn.known.policy)
    return msgspec.structs.replace(last, now=turn.now, trips=(trip,), application=application)
