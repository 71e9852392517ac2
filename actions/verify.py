"""Proving who one is: a single-use link to a form outside the transcript, and going on once it succeeded."""

from datetime import timedelta

from actions.base import GuideAction
from actions.turn import Turn
from bot.applicants.identity import issue_link

MINUTES = timedelta(minutes=1)


class ActionVerifyIdentity(GuideAction):
    """Answers verify_identity."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_verify_identity"

    async def answer(self, turn: Turn) -> None:
        """Sends the link, or says that it is not needed any more."""
        turn.leave_open()
        await verify_identity(turn)


async def verify_identity(turn: Turn) -> None:
    """Sends a link to the form, unless this conversation is proved already."""
    if await turn.file():
        turn.reply(turn.say("verify.already"), [turn.button("button.status", "check_status")])
        return
    await send_link(turn, "verify.link")


async def send_link(turn: Turn, key: str) -> None:
    """Says the text of `key`, or `key`_short beside a button, with a new link; older links of this conversation die."""
    async with turn.known.database.write() as session:
        link = await issue_link(session, turn.conversation_id, turn.now)
    url = f"{turn.known.settings.public_url}/verify/{link.token}?lang={turn.language}"
    minutes = int((link.expires_at - turn.now) / MINUTES)
    turn.reply(
        turn.say(key, url=url, minutes=minutes),
        summary=turn.say(f"{key}_short"),
        link={"url": url, "title": turn.say("verify.link_title"), "expires_at": link.expires_at.isoformat()},
    )
