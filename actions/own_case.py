"""The traveller's case without regard to a particular flight: by file, or by what was said."""

from actions.turn import Turn
from bot.dialogue.told_case import claimed_application, told_trip
from bot.guidance.case import Case


async def own_case(turn: Turn) -> Case:
    """The case on file; for an anonymous traveller what was said, however little that is."""
    home = await turn.residence()
    file = await turn.file()
    if file is not None:
        return Case(turn.now, file.case.application, home, file.case.trips)
    trip = told_trip(turn.told, turn.known.policy)
    application = claimed_application(turn.told, turn.now, turn.known.policy)
    return Case(turn.now, application, home, (trip,) if trip else ())
