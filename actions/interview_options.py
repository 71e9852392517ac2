"""Which ways of being interviewed are open to this traveller, and where."""

from collections.abc import Iterator

from actions.base import GuideAction
from actions.own_case import own_case
from actions.turn import Turn
from bot.guidance.ruling import CentreChoice, OptionRuling

NEAREST = 3
# Kilometres below which a distance says nothing: a city lies where its airport does.
NOT_FAR = 1.0


class ActionInterviewOptions(GuideAction):
    """Answers ask_interview_options."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_interview_options"

    async def answer(self, turn: Turn) -> None:
        """Lists the options, best first."""
        await interview_options(turn)


async def interview_options(turn: Turn) -> None:
    """Lists the options, best first, each with its nearest centres."""
    turn.pursue("interview_options")
    case = await own_case(turn)
    ruling = turn.rule(case)
    turn.remember_case(case)
    known = case.application is not None
    blocks = [turn.say("options.lead_known" if known else "options.lead_anonymous")]
    blocks += ["\n".join(_block(turn, option)) for option in ruling.options if _worth_saying(option, known=known)]
    buttons = [turn.button("button.centres", "ask_where_centres")]
    buttons += [] if await turn.file() else [turn.button("button.verify", "verify_identity")]
    turn.reply("\n\n".join(blocks), buttons, ruling=ruling, card="options", summary=blocks[0])


def _worth_saying(option: OptionRuling, *, known: bool) -> bool:
    # "No interview" is an option only for those it applies to; to others it would read as a promise.
    return option.option != "no_interview" or (known and option.applies == "yes")


def _block(turn: Turn, option: OptionRuling) -> Iterator[str]:
    yield turn.say("options.title", title=option.title, text=option.text)
    if option.applies == "no":
        yield f"  {option.reasons[-1].text}"
    elif option.centres and option.centres[0].distance_km is not None:
        names = (centre_name(turn, centre) for centre in option.centres[:NEAREST])
        yield turn.say("options.centres", centres="; ".join(names))


def centre_name(turn: Turn, centre: CentreChoice) -> str:
    """A centre as a reader sees it, with its distance where that is known."""
    if centre.distance_km is None or centre.distance_km < NOT_FAR:
        return centre.name
    return turn.say("centre.with_distance", name=centre.name, distance_km=centre.distance_km)
