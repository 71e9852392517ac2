"""A person instead of the guide: offered with its reason, asked for with it, and what the traveller may expect then."""

from typing import Any

from actions.answers import sourced
from actions.turn import Turn
from bot.conversations.reasons import REASONS, Reason
from bot.dialogue.staffed_words import when_read

# The entity in which a button carries why a person was offered.
WHY = "handoff_reason"


def offer_person(turn: Turn, reason: Reason) -> list[dict[str, Any]]:
    """A button that asks for a person because of `reason`; none to who waits for one already."""
    return [] if turn.state == "waiting" else [turn.button("button.person", "talk_to_human", **{WHY: reason})]


def offered_for(turn: Turn) -> Reason:
    """The reason that a pressed button carries; `asked` where the traveller asked unprompted."""
    carried = [entity["value"] for entity in turn.entities if entity["entity"] == WHY]
    return next((reason for reason in REASONS if reason in carried), "asked")


def hand_over(turn: Turn, reason: Reason) -> None:
    """Has the conversation wait for a person, and says when one will read it."""
    already = turn.state == "waiting"
    lead = turn.say("handoff.already" if already else "answer.talk_to_human")
    contact, sources = sourced(turn, "talk_to_human")
    _wait(turn, reason)
    lines = [lead, _when(turn), *([] if already else contact)]
    turn.reply("\n".join(lines), [_no_person(turn)], sources=[] if already else sources)


def take_complaint(turn: Turn) -> None:
    """Hands a complaint over; whatever follows while it waits is added to it."""
    if turn.state == "waiting" and turn.slot(WHY) == "complaint":
        return turn.reply(turn.say("complain.more"), [_no_person(turn)])
    lines = [turn.say("answer.complain"), _when(turn), turn.say("complain.tell")]
    _wait(turn, "complaint")
    return turn.reply("\n".join(lines), [_no_person(turn)])


def leave_queue(turn: Turn) -> None:
    """Has the conversation wait for nobody any more, and says so."""
    turn.ask_host(leaves_queue=True)
    turn.reply(turn.say("handoff.left"), [turn.button("button.cbp", "ask_cbp_on_flight")])


def offer_to_leave_queue(turn: Turn) -> list[dict[str, Any]]:
    """The button for who waits and needs no person any more."""
    return [_no_person(turn)] if turn.state == "waiting" else []


def _wait(turn: Turn, reason: Reason) -> None:
    turn.leave_open()
    turn.keep(**{WHY: reason})
    turn.ask_host(state="waiting", handoff=reason)


def _when(turn: Turn) -> str:
    return when_read(turn.known.staffed, turn.now, turn.known.wording, turn.language)


def _no_person(turn: Turn) -> dict[str, Any]:
    return turn.button("button.no_person", "cancel", leaves_queue="yes")
