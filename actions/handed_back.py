"""After staff gave the conversation back: the case ruled on anew, from the file as it is now."""

from actions.base import GuideAction
from actions.cbp_on_flight import GOAL as CBP_ON_FLIGHT
from actions.goals import GOALS
from actions.turn import Turn
from bot.applicants.corrections import trip_added_since
from bot.dialogue.told_case import matching_trip

# The questions whose answer is a ruling, which staff may have changed by correcting the file.
_RULED = frozenset({CBP_ON_FLIGHT, "check_status", "interview_options", "next_step", "renewal"})


class ActionHandedBack(GuideAction):
    """Answers the guide's own event `handed_back`, which no message of a traveller can be."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_handed_back"

    async def answer(self, turn: Turn) -> None:
        """Rules again where something was ruled on; otherwise says that the guide is here."""
        # A flight that was told before the file was ruled on, or put right, is past.
        turn.continuing = not await _is_about_the_file(turn)
        goal = turn.goal
        if goal in _RULED and turn.last_case is not None and (goal != "check_status" or await turn.file()):
            turn.reply(turn.say("handed_back.anew"))
            return await GOALS[goal](turn)
        turn.leave_open()
        offers = [
            turn.button("button.cbp", "ask_cbp_on_flight"),
            turn.button("button.options", "ask_interview_options"),
        ]
        return turn.reply(turn.say("handed_back.here"), offers)


async def _is_about_the_file(turn: Turn) -> bool:
    """Whether flights of the file are meant: the last ruling was on them, or staff have added one since.

    A flight that the traveller described and that is on file is found by its description.
    """
    file, last = await turn.file(), turn.last_case
    if file is None or last is None:
        return False
    on_file = file.case.trips or ()
    if matching_trip(on_file, turn.told, turn.known.policy) is not None:
        return False
    if last.trips and set(last.trips) <= set(on_file):
        return True
    async with turn.known.database.read() as session:
        return await trip_added_since(session, file.applicant_id, last.now)
