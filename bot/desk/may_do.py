"""What a staff member may do with a conversation as it is: what the desk offers, computed in one place.

Whoever does it is held to it again where it is done (`bot.conversations.handover`): it may have changed meanwhile.
"""

from datetime import datetime
from typing import Literal

from bot.conversations.states import State
from bot.desk.signed_in import SignedIn

Act = Literal["take", "assign", "reply", "note", "snooze", "wake", "resolve", "hand_back", "correct"]


def may_do(
    viewer: SignedIn,
    *,
    state: State,
    assignee_id: str | None,
    snoozed_until: datetime | None,
    proved: bool,
    now: datetime,
) -> list[Act]:
    """The acts open to `viewer`, who may see the conversation."""
    mine, free, over = assignee_id == viewer.actor.id, assignee_id is None, state == "closed"
    snoozed = snoozed_until is not None and snoozed_until > now
    open_to: dict[Act, bool] = {
        "take": free and not over,
        "assign": not over and may_assign(viewer, assignee_id),
        "reply": mine,
        "note": True,
        "snooze": state in ("waiting", "human") and (mine or free),
        "wake": snoozed and (mine or free),
        "resolve": not over and (mine or free),
        "hand_back": mine,
        "correct": proved and (mine or viewer.may("supervisor")),
    }
    return [act for act, is_open in open_to.items() if is_open]


def may_assign(viewer: SignedIn, assignee_id: str | None) -> bool:
    """Whether `viewer` may give the conversation to somebody: what somebody else has, a supervisor only."""
    return assignee_id in (None, viewer.actor.id) or viewer.may("supervisor")
