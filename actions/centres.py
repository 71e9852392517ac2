"""Where the enrolment centres are: nearest first, where it is known from where."""

from actions.answers import answer_from_policy
from actions.base import GuideAction
from actions.interview_options import centre_name
from actions.turn import Turn
from bot.dialogue.positions import position
from bot.guidance.case import Case, Residence
from bot.guidance.ruling import CentreChoice, Ruling

NEAREST = 5


class ActionWhereCentres(GuideAction):
    """Answers ask_where_centres."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_where_centres"

    async def answer(self, turn: Turn) -> None:
        """Lists the nearest centres, or says where they are and asks from where."""
        await where_centres(turn)


async def where_centres(turn: Turn) -> None:
    """The nearest centres of each kind; without a place, what the policy lists, and the question from where."""
    turn.pursue("where_centres")
    home = _named_place(turn) or await turn.residence()
    if home is None:
        answer_from_policy(turn, "ask_where_centres")
        if turn.thread.is_open:
            return None
        turn.await_fact("home")
        return turn.reply(turn.say("ask.home"))
    # Where the centres are does not depend on the application, so the case says nothing of it.
    ruling = turn.rule(Case(turn.now, None, home, ()))
    lines = [turn.say("centres.lead")]
    lines += [f"• {centre_name(turn, centre)}" for centre in _nearest(ruling)]
    sources = [source for option in ruling.options for reason in option.reasons for source in reason.sources]
    return turn.reply("\n".join(lines), [turn.button("button.options", "ask_interview_options")], sources=sources)


def _named_place(turn: Turn) -> Residence | None:
    """A place this very message names, whatever part it plays in the sentence: "centres in Vancouver?"."""
    for entity in turn.entities:
        if entity["entity"] in ("city", "airport", "centre"):
            return position(turn.known.known, f"{entity['entity']}:{entity['value']}")
    return None


def _nearest(ruling: Ruling) -> list[CentreChoice]:
    found = {centre.centre_id: centre for option in ruling.options for centre in option.centres}
    return sorted(found.values(), key=lambda centre: centre.distance_km or 0.0)[:NEAREST]
