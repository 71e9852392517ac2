"""How a ruling about a flight is said: the trip as it was read, the verdict, why, and what to do next."""

from zoneinfo import ZoneInfo

from actions.turn import Turn
from bot import formats
from bot.guidance.case import Case, Trip
from bot.guidance.ruling import FlightRuling, Ruling


def reply_with_ruling(turn: Turn, case: Case, ruling: Ruling, *, time_known: bool = True) -> None:
    """Says the ruling on the next flight. Where the hour of departure was not told, none is said."""
    flight = ruling.cbp_on_next_flight
    lines = [flight.text]
    if flight.trip is not None and case.trips:
        lines.append(turn.say("flight.trip", trip=_described(turn, case.trips[flight.trip], time_known=time_known)))
    if flight.verdict != "yes":
        lines.append(turn.say("flight.why", reason=flight.reasons[-1].text))
    lines += [turn.say("flight.next", step=step.text) for step in flight.next_steps[:1]]
    turn.reply("\n".join(lines), _buttons(turn, flight), ruling=ruling)


def _described(turn: Turn, trip: Trip, *, time_known: bool) -> str:
    first = trip.segments[0]
    stops = " → ".join([first.origin, *(leg.destination for leg in trip.segments)])
    zone = turn.known.policy.timezones.get(first.origin)
    if zone is None:
        return stops
    local = first.departs_at.astimezone(ZoneInfo(zone))
    when = formats.moment(local, turn.language) if time_known else formats.day(local.date(), turn.language)
    return f"{stops}, {when}"


def _buttons(turn: Turn, flight: FlightRuling) -> list[dict[str, object]]:
    buttons = [turn.button("button.why", "ask_why")]
    if flight.verdict == "cannot_tell":
        buttons.append(turn.button("button.person", "talk_to_human"))
    elif flight.verdict != "yes":
        buttons.append(turn.button("button.options", "ask_interview_options"))
    return buttons
