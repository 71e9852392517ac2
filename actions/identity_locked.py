"""After too many wrong tries: until when the form is locked, and who can help besides."""

from zoneinfo import ZoneInfo

from actions.base import GuideAction
from actions.person import offer_person
from actions.turn import DEFAULT_ZONE, Turn
from bot.applicants.identity import locked_until


class ActionIdentityLocked(GuideAction):
    """Answers the guide's own event `identity_locked`, which no message of a traveller can be."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_identity_locked"

    async def answer(self, turn: Turn) -> None:
        """Says until when, and nothing of what was typed; what was wanted stays open."""
        turn.leave_open()
        async with turn.known.database.read() as session:
            until = await locked_until(session, turn.conversation_id, turn.now)
        offers = offer_person(turn, "identity_locked")
        if until is None:  # the number is locked, and not this conversation
            return turn.reply(turn.say("verify.locked_a_while"), offers)
        return turn.reply(turn.say("verify.locked", at=until.astimezone(ZoneInfo(DEFAULT_ZONE))), offers)
