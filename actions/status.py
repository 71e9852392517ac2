"""Where the traveller's own file stands."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.base import GuideAction
from actions.person import offer_person
from actions.turn import DEFAULT_ZONE, Turn
from actions.verify import send_link
from bot.guidance.case import Application, Interview


class ActionCheckStatus(GuideAction):
    """Answers check_status."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_check_status"

    async def answer(self, turn: Turn) -> None:
        """Says what the file says, or asks who is asking."""
        await check_status(turn)


async def check_status(turn: Turn) -> None:
    """The application's status, its interviews, and the next step; by file only."""
    turn.pursue("check_status")
    file = await turn.file()
    if file is None:
        turn.await_fact("proof")
        return await send_link(turn, "status.verify_first")
    application = file.case.application
    if application is None:
        return turn.reply(turn.say("status.no_application"), offer_person(turn, "cannot_tell"))
    turn.remember_case(file.case)
    ruling = turn.rule(file.case)
    lines = [*_lines(turn, application), turn.say("flight.next", step=ruling.next_step.text)]
    buttons = [turn.button("button.cbp", "ask_cbp_on_flight"), turn.button("button.options", "ask_interview_options")]
    return turn.reply("\n".join(lines), buttons, ruling=ruling, card="step", summary="\n".join(lines[:-1]))


def _lines(turn: Turn, application: Application) -> Iterator[str]:
    yield turn.say(f"status.{application.status}")
    for interview in application.interviews or ():
        yield turn.say(
            f"status.interview.{interview.state}",
            agency=turn.say(f"agency.{interview.agency}"),
            centre=_centre(turn, interview),
            at=_local(turn, interview.at, interview.centre) if interview.at else turn.say("status.no_time"),
        )
    done = [i for i in application.interviews or () if i.agency == "CBSA" and i.state == "completed"]
    if done:
        shared = application.shared_with_cbp_at
        if shared is not None and shared <= turn.now:
            yield turn.say("status.shared", at=_local(turn, shared, done[-1].centre))
        else:
            yield turn.say("status.not_shared")


def _centre(turn: Turn, interview: Interview) -> str:
    if interview.centre is None:
        return turn.say("status.no_centre")
    centre = turn.known.policy.centres.get(interview.centre)
    if centre is None:
        return interview.centre
    return centre.name.fr if turn.language == "fr" else centre.name.en


def _local(turn: Turn, instant: datetime, centre: str | None) -> datetime:
    held = turn.known.policy.centres.get(centre or "")
    return instant.astimezone(ZoneInfo(held.timezone if held else DEFAULT_ZONE))
