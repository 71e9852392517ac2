"""How a ruling about a flight is said: the verdict, the trip as it was read, why, and what to do next."""

from typing import Any
from zoneinfo import ZoneInfo

from actions.person import offer_person
from actions.turn import Turn
from bot import formats
from bot.dialogue.names import named
from bot.guidance.case import Case, Trip
from bot.guidance.ruling import FlightRuling, Ruling


def reply_with_ruling(turn: Turn, case: Case, ruling: Ruling, *, as_told: bool) -> None:
    """Says the ruling on the next flight; to someone whose file is unknown, on what it depends.

    `as_told` says that the application is known from the traveller's words alone, and not from a file.
    """
    flight = ruling.cbp_on_next_flight
    lines = [flight.text]
    if flight.trip is not None and case.trips:
        lines.append(turn.say("flight.trip", trip=_described(turn, case.trips[flight.trip])))
    # Beside a card, which says the verdict itself, only what the card does not say is worth saying.
    summary = flight.text
    if flight.code == "no_application_facts":
        summary = turn.say("flight.conditional")
        lines.append(summary)
    else:
        lines += [] if flight.verdict == "yes" else [turn.say("flight.why", reason=flight.reasons[-1].text)]
        lines += [turn.say("flight.next", step=step.text) for step in flight.next_steps[:1]]
    if as_told and flight.verdict != "cannot_tell":
        summary = turn.say("flight.as_told")
        lines.append(summary)
    turn.reply("\n".join(lines), _buttons(turn, flight), ruling=ruling, summary=summary)


def _described(turn: Turn, trip: Trip) -> str:
    first = trip.segments[0]
    codes = [first.origin, *(leg.destination for leg in trip.segments)]
    stops = " → ".join(named(turn.known.policy, code, turn.language) for code in codes)
    zone = turn.known.policy.timezones.get(first.origin)
    if zone is None:
        return stops
    local = first.departs_at.astimezone(ZoneInfo(zone))
    known = first.time_known
    when = formats.moment(local, turn.language) if known else formats.day(local.date(), turn.language)
    return f"{stops}, {when}"


def _buttons(turn: Turn, flight: FlightRuling) -> list[dict[str, Any]]:
    if flight.code == "no_application_facts":
        return []  # the question that follows has its own
    buttons = [turn.button("button.why", "ask_why")]
    if flight.verdict == "cannot_tell":
        buttons += offer_person(turn, "cannot_tell")
    elif flight.verdict != "yes":
        buttons.append(turn.button("button.options", "ask_interview_options"))
    return buttons
