"""The guide's own questions: one at a time, each with things to press where the answers are few."""

from collections.abc import Callable
from typing import Any

from actions.turn import Turn
from bot.dialogue.elsewhere import which_destination
from bot.dialogue.told import Told

# What is asked for, where the question has a name of its own.
_AWAITED = {"which_airport": "origin", "which_destination": "destination", "clock": "when"}
Ask = Callable[[Turn], None]


def ask_trip_fact(turn: Turn, fact: str, *, in_general: bool = False) -> None:
    """Asks for the origin, which of a city's airports, the destination, which of its namesakes, the day or the hour.

    `in_general` has it said first how it is in general, for someone who may have wanted to know no more than that.
    """
    turn.await_fact(_AWAITED.get(fact, fact))
    if not in_general:
        return turn.reply(turn.say(f"ask.{fact}"), _buttons(turn, fact))
    turn.reply(f"{turn.say('flight.general')}\n{turn.say(f'ask.{fact}')}", _buttons(turn, fact), sources=general(turn))
    return None


def general(turn: Turn) -> list[str]:
    """The sources of how it is in general (`flight.general`)."""
    rules = turn.known.policy.rules
    return [*rules["conditionally_approved"].span.sources, *rules["shared_with_cbp"].span.sources]


def ask_progress(turn: Turn) -> None:
    """Asks an anonymous traveller how far the application is, or to show the file."""
    turn.await_fact("progress")
    turn.reply(turn.say("ask.progress"), _buttons(turn, "progress"))


def ask_shared(turn: Turn) -> None:
    """Asks whether the result of the CBSA interview was shared with CBP."""
    turn.await_fact("shared")
    turn.reply(turn.say("ask.shared"), _buttons(turn, "shared"))


def missing_claim(turn: Turn) -> Ask | None:
    """The question that what the traveller said about the CBSA part leaves open, if one is open."""
    told: Told = turn.told
    if told.claimed_cbsa not in ("completed", "scheduled"):
        return None
    if not told.claimed_cbsa_centre:
        return _asking("cbsa_centre")
    if told.claimed_cbsa == "completed" and told.claimed_shared is None:
        return ask_shared
    if told.claimed_cbsa == "scheduled" and told.claimed_cbsa_at is None:
        return _asking("cbsa_at")
    return None


def come_back(turn: Turn, lead: str = "open") -> None:
    """The open question once more, short, with the same things to press; `lead` is the family of its wording."""
    fact = _asked(turn)
    turn.leave_open()
    if turn.known.wording.has(f"{lead}.{fact}"):
        turn.reply(turn.say(f"{lead}.{fact}"), _buttons(turn, fact))


def buttons_of_open_question(turn: Turn) -> list[dict[str, Any]]:
    """What can be pressed as an answer to the question that is open."""
    return _buttons(turn, _asked(turn))


def _asked(turn: Turn) -> str:
    """The open question by the name of its wording."""
    fact = turn.thread.awaiting or ""
    if fact == "destination" and turn.told.destination:
        return "which_destination"
    if fact == "origin" and "|" in (turn.told.origin or ""):
        return "which_airport"
    if fact == "when" and turn.told.travel_day and not turn.told.travel_time:
        return "clock"
    return fact


def _asking(fact: str) -> Ask:
    def ask(turn: Turn) -> None:
        turn.await_fact(fact)
        turn.reply(turn.say(f"ask.{fact}"), _buttons(turn, fact))

    return ask


def _buttons(turn: Turn, fact: str) -> list[dict[str, Any]]:
    """What can be pressed as an answer."""
    if fact == "which_airport":
        return list(map(turn.airport_button, (turn.told.origin or "").split("|")))
    if fact == "which_destination":
        return list(map(turn.airport_button, which_destination(turn.told, turn.known.policy.countries)))
    if fact == "progress":
        return [
            turn.button("button.verify", "verify_identity"),
            turn.button("button.cbsa_done", "inform", cbsa_interview="completed"),
            turn.button("button.cbsa_booked", "inform", cbsa_interview="scheduled"),
            turn.button(
                "button.approved_only", "inform", application_status="conditionally_approved", cbsa_interview="none"
            ),
            turn.button("button.in_review", "inform", application_status="pending_review"),
        ]
    if fact == "shared":
        return [
            turn.button("button.shared_yes", "inform", shared="yes"),
            turn.button("button.shared_no", "inform", shared="no"),
            turn.button("button.verify", "verify_identity"),
        ]
    return []
