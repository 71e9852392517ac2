"""Can the CBP part be done on a flight: by file, or by what the traveller says, asking only for what is missing."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.base import GuideAction
from actions.flight_reply import reply_with_ruling
from actions.questions import ask_progress, ask_trip_fact, missing_claim
from actions.turn import OnFile, Turn
from bot.dialogue.elsewhere import leads_elsewhere, which_destination
from bot.dialogue.names import named
from bot.dialogue.told import one
from bot.dialogue.told_case import claimed_application, matching_trip, missing_trip_fact, told_trip
from bot.guidance.case import Application, Case, Trip

GOAL = "cbp_on_flight"
# What the flight alone decides, however far the application is.
_FLIGHT_DECIDES = frozenset({"not_air", "not_us_bound", "not_departing_canada", "no_preclearance_airport"})


class ActionCbpOnFlight(GuideAction):
    """Answers ask_cbp_on_flight."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_cbp_on_flight"

    async def answer(self, turn: Turn) -> None:
        """Rules on the flight, or asks for the one thing that is missing."""
        await cbp_on_flight(turn)


async def cbp_on_flight(turn: Turn) -> None:
    """Rules on the traveller's flight, or asks for the one thing that is missing."""
    turn.pursue(GOAL)
    file = await turn.file()
    trips, told = _trips(turn, file)
    if trips is None:
        return _ask_for_the_trip(turn)
    application = file.case.application if file else claimed_application(turn.told, turn.now, turn.known.policy)
    if told and turn.told.clock is None and _hour_matters(turn, trips[0], application):
        return ask_trip_fact(turn, "clock")
    case = Case(now=turn.now, application=application, residence=await turn.residence(), trips=trips)
    missing = None if file else missing_claim(turn)
    ruling = turn.rule(case)
    if missing is not None:
        if ruling.cbp_on_next_flight.code not in _FLIGHT_DECIDES:
            return missing(turn)
        turn.leave_open()
    if ruling.cbp_on_next_flight.code == "no_trip_known":
        return ask_trip_fact(turn, missing_trip_fact(turn.told) or "when")
    turn.remember_case(case)
    reply_with_ruling(turn, case, ruling, as_told=file is None and application is not None)
    if ruling.cbp_on_next_flight.code == "no_application_facts":
        ask_progress(turn)
    return None


def _trips(turn: Turn, file: OnFile | None) -> tuple[tuple[Trip, ...] | None, bool]:
    """The trips to rule on (None: a fact is missing), and whether they are told rather than on file.

    The file's trips answer a question about "my next flight". A flight that the traveller describes is looked for on
    file first, so that its exact hour counts; if it is not there, what was told counts.
    """
    on_file = file.case.trips or () if file else ()
    spoken_of = turn.continuing or turn.heard.refers
    describes = turn.mentioned.has_trip or (spoken_of and turn.told.has_trip)
    if on_file and not describes:
        return on_file, False
    match = matching_trip(on_file, turn.told if spoken_of else turn.mentioned, turn.known.policy)
    if match is not None:
        return (match,), False
    if which_destination(turn.told, turn.known.policy.countries):
        return None, True
    trip = told_trip(turn.told, turn.known.policy)
    return ((trip,) if trip else None), True


def _ask_for_the_trip(turn: Turn) -> None:
    """Asks for the one fact of the trip that is missing; a flight that goes elsewhere is answered without."""
    if leads_elsewhere(turn.told, turn.known.policy.countries):
        return _leads_elsewhere(turn)
    if which_destination(turn.told, turn.known.policy.countries):
        return ask_trip_fact(turn, "which_destination")
    nothing_told = not turn.continuing and not turn.told.has_trip
    return ask_trip_fact(turn, missing_trip_fact(turn.told) or "when", in_general=nothing_told)


def _leads_elsewhere(turn: Turn) -> None:
    """A flight to another country than the United States needs no further question."""
    place = named(turn.known.policy, one(turn.told.destination or ""), turn.language)
    turn.reply(
        turn.say("flight.elsewhere", place=place),
        [turn.button("button.options", "ask_interview_options")],
        sources=turn.known.policy.rules["us_bound"].span.sources,
    )


def _hour_matters(turn: Turn, trip: Trip, application: Application | None) -> bool:
    """Whether the hour of departure could change the answer: on the day itself, or on the day of the CBSA interview."""
    first = trip.segments[0]
    zone = ZoneInfo(turn.known.policy.timezones.get(first.origin, "America/Toronto"))
    days = [turn.now] + [at for at in _interview_times(application) if at is not None]
    return any(first.departs_at.astimezone(zone).date() == at.astimezone(zone).date() for at in days)


def _interview_times(application: Application | None) -> list[datetime | None]:
    return (
        [interview.at for interview in (application.interviews or ()) if interview.state == "scheduled"]
        if (application)
        else []
    )
