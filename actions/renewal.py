"""Renewing: do the benefits run on, and until when."""

from actions.answers import answer_from_policy
from actions.base import GuideAction
from actions.turn import Turn


class ActionRenewal(GuideAction):
    """Answers ask_renewal."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_renewal"

    async def answer(self, turn: Turn) -> None:
        """By file where it is open to this conversation, else what the policy says."""
        await renewal(turn)


async def renewal(turn: Turn) -> None:
    """The traveller's own renewal, or what the policy says of renewals in general."""
    turn.pursue("renewal")
    file = await turn.file()
    if file is None or file.case.application is None:
        return answer_from_policy(turn, "ask_renewal", [turn.button("button.verify", "verify_identity")])
    turn.remember_case(file.case)
    ruling = turn.rule(file.case)
    lines = [ruling.renewal.text, *(reason.text for reason in ruling.renewal.reasons)]
    lines += [notice.text for notice in ruling.renewal.notices]
    return turn.reply(
        "\n".join(dict.fromkeys(lines)),
        [turn.button("button.status", "check_status")],
        ruling=ruling,
        card="renewal",
        summary=ruling.renewal.text,
    )
