"""Answers to the guide's own questions: a fact, a yes, a no, "no idea". They lead back to what is being pursued."""

from typing import Any

import msgspec

from actions.base import GuideAction
from actions.cbp_on_flight import GOAL as CBP_ON_FLIGHT
from actions.goals import GOALS
from actions.person import hand_over, offer_person
from actions.questions import buttons_of_open_question, come_back, general
from actions.turn import Turn
from actions.what_if import what_if
from bot.dialogue.heard import changed_facts, only_of_the_trip
from bot.dialogue.told import CLAIMS
from bot.dialogue.told_case import missing_trip_fact, told_as

# What a plain yes or no says, by the fact that was asked for; who does not know whether it was shared says no.
_SHARED = {"affirm": "yes", "deny": "no"}
# What a traveller says answers none of these.
_BY_FILE_ALONE = frozenset({"verify_identity", "check_status"})
_TRIP = frozenset({"origin", "destination", "when"})
# What `unsure` counts: not understood twice, or asked twice in vain; either way a person was offered.
_PERSON_OFFERED = 2
_NOT_INSISTED = 3


class ActionInform(GuideAction):
    """Answers inform, affirm and deny."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_inform"

    async def answer(self, turn: Turn) -> None:
        """Takes the fact in and goes on with what the traveller wanted to know."""
        turn.continuing = True
        if turn.heard.corrects and turn.mentioned.has_trip and (turn.supposing or _ruled_by_file(turn)):
            return await what_if(turn)
        _take_yes_or_no(turn)
        changed = changed_facts(turn.before, turn.told)
        if not changed:
            return await _nothing_told(turn)
        await _keep_what_was_supposed(turn, changed)
        goal = _goal(turn, changed)
        if goal is not None:
            return await GOALS[goal](turn)
        return turn.reply(turn.say("inform.noted"), [turn.button("button.cbp", "ask_cbp_on_flight")])


async def _keep_what_was_supposed(turn: Turn, changed: list[str]) -> None:
    """An answer about the application, after "and from Montreal?", is about the flight that was spoken of last."""
    last = turn.last_case
    if not turn.supposing or turn.mentioned.has_trip or not CLAIMS.issuperset(changed):
        return
    if last is not None and last.trips and not await turn.file():
        turn.told = told_as(last.trips[0], turn.told, turn.known.policy)


def _ruled_by_file(turn: Turn) -> bool:
    """Whether the last ruling was on a flight that is on file, so that nothing was told that could be put right."""
    last = turn.last_case
    return last is not None and bool(last.trips) and missing_trip_fact(turn.told) in ("origin", "destination")


def _take_yes_or_no(turn: Turn) -> None:
    """A yes, a no or "no idea" where the guide asked whether the result was shared."""
    if turn.awaiting != "shared" or turn.told.claimed_shared != turn.before.claimed_shared:
        return
    said = "no" if turn.heard.unknown else _SHARED.get(turn.heard.answer or turn.intent)
    if said is not None:
        turn.told = msgspec.structs.replace(turn.told, claimed_shared=said)


def _goal(turn: Turn, changed: list[str]) -> str | None:
    """The question that the facts that changed belong to."""
    flight = only_of_the_trip(changed)
    if turn.goal == CBP_ON_FLIGHT or (turn.goal in GOALS and not flight and turn.goal not in _BY_FILE_ALONE):
        return turn.goal
    if flight or turn.told.has_trip:
        return CBP_ON_FLIGHT
    if any(name.startswith("claimed_") for name in changed):
        return "next_step"
    return None


async def _nothing_told(turn: Turn) -> None:
    """No fact in it: a yes to an offer, "no idea", thanks for nothing, or words that held no usable answer."""
    if turn.intent == "affirm" and int(turn.slot("unsure") or 0) > 1:
        return hand_over(turn, "unsure")
    if not turn.thread.is_open:
        turn.leave_open()
        return turn.reply(turn.say("inform.go_on"), [turn.button("button.cbp", "ask_cbp_on_flight")])
    if turn.heard.unknown:
        return _help_out(turn)
    if turn.heard.both and "|" in (turn.told.origin or ""):
        return come_back(turn, "both")
    if turn.intent == "inform":
        return _ask_again(turn)
    return _not_said(turn)


def _help_out(turn: Turn) -> None:
    """The traveller does not know: where it says so, and what can be said without it. The question stays open."""
    fact = turn.thread.awaiting
    turn.leave_open()
    lines = [turn.say(f"unknown.{fact}")]
    sources: list[str] = []
    if fact in _TRIP:
        lines.append(turn.say("flight.general"))
        sources = general(turn)
    buttons: list[dict[str, Any]] = []
    if fact in ("progress", "cbsa_centre", "cbsa_at"):
        buttons.append(turn.button("button.verify", "verify_identity"))
    buttons.append(turn.button("button.options", "ask_interview_options"))
    turn.reply("\n".join(lines), buttons, sources=sources)


def _not_said(turn: Turn) -> None:
    """A yes or a no where a fact was asked: asked once more, then a person is offered and nobody insists."""
    unsure = int(turn.slot("unsure") or 0)
    if unsure == _PERSON_OFFERED:
        return come_back(turn)
    turn.leave_open()
    if unsure == _NOT_INSISTED:
        return turn.reply(turn.say("inform.go_on"), [turn.button("button.options", "ask_interview_options")])
    if unsure == 0:
        turn.keep(unsure=1)
        return come_back(turn)
    turn.keep(unsure=_NOT_INSISTED)
    offers = [*offer_person(turn, "unsure"), turn.button("button.options", "ask_interview_options")]
    return turn.reply(turn.say("inform.not_said"), offers)


def _ask_again(turn: Turn) -> None:
    """The answer held nothing usable: the same question again, with an example of an answer."""
    fact = turn.thread.awaiting
    turn.leave_open()
    key = f"again.{fact}"
    offers = buttons_of_open_question(turn) or offer_person(turn, "asked")
    turn.reply(turn.say(key) if turn.known.wording.has(key) else turn.say("again.other"), offers)
