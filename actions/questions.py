"""The guide's own questions: one at a time, each with things to press where the answers are few."""

from collections.abc import Callable

from actions.turn import Turn
from bot.dialogue.told import Told

_APPROVED_ONLY = {"application_status": "conditionally_approved", "cbsa_interview": "none"}

Ask = Callable[[Turn], None]


def ask_trip_fact(turn: Turn, fact: str, *, in_general: bool = False) -> None:
    """Asks for the origin, which of a city's airports, the destination, the day (`when`) or the hour (`clock`).

    `in_general` has it said first how it is in general, for someone who may have wanted to know no more than that.
    """
    buttons = []
    if fact == "which_airport":
        for code in (turn.told.origin or "").split("|"):
            airport = turn.known.policy.airports.get(code)
            name = (airport.name.fr if turn.language == "fr" else airport.name.en) if airport else code
            buttons.append(turn.place_button(code, f"{name} ({code})"))
    turn.await_fact("origin" if fact == "which_airport" else "when" if fact == "clock" else fact)
    if not in_general:
        return turn.reply(turn.say(f"ask.{fact}"), buttons)
    rules = turn.known.policy.rules
    sources = [*rules["conditionally_approved"].span.sources, *rules["shared_with_cbp"].span.sources]
    return turn.reply(f"{turn.say('flight.general')}\n{turn.say(f'ask.{fact}')}", buttons, sources=sources)


def ask_progress(turn: Turn) -> None:
    """Asks an anonymous traveller how far the application is, or to show the file."""
    turn.await_fact("progress")
    turn.reply(
        turn.say("ask.progress"),
        [
            turn.button("button.verify", "verify_identity"),
            turn.button("button.cbsa_done", "inform", cbsa_interview="completed"),
            turn.button("button.cbsa_booked", "inform", cbsa_interview="scheduled"),
            turn.button(
                "button.approved_only", "inform", application_status="conditionally_approved", cbsa_interview="none"
            ),
            turn.button("button.in_review", "inform", application_status="pending_review"),
        ],
    )


def missing_claim(turn: Turn) -> Ask | None:
    """The question that what the traveller said about the CBSA part leaves open, if one is open."""
    told: Told = turn.told
    if told.claimed_cbsa not in ("completed", "scheduled"):
        return None
    if not told.claimed_cbsa_centre:
        return _ask_centre
    if told.claimed_cbsa == "completed" and told.claimed_shared is None:
        return _ask_shared
    if told.claimed_cbsa == "scheduled" and told.claimed_cbsa_at is None:
        return _ask_interview_time
    return None


def _ask_centre(turn: Turn) -> None:
    turn.await_fact("cbsa_centre")
    turn.reply(turn.say("ask.cbsa_centre"))


def _ask_shared(turn: Turn) -> None:
    turn.await_fact("shared")
    turn.reply(
        turn.say("ask.shared"),
        [
            turn.button("button.shared_yes", "inform", shared="yes"),
            turn.button("button.shared_no", "inform", shared="no"),
            turn.button("button.verify", "verify_identity"),
        ],
    )


def _ask_interview_time(turn: Turn) -> None:
    turn.await_fact("cbsa_at")
    turn.reply(turn.say("ask.cbsa_at"))
