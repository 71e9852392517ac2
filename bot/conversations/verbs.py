"""What may be done to a conversation: one verb for each change, each with its event.

A verb changes a held conversation; the transaction that holds it stores the change and its event together. Who may do
it, and what is said about it, is decided by the caller.
"""

import uuid
from datetime import datetime

from sqlalchemy import Update, func, insert, update

from bot.audit.actor import Actor
from bot.conversations import event_names
from bot.conversations.held import Held
from bot.conversations.models import Handoff
from bot.conversations.reasons import Ended, Rating, Reason
from bot.conversations.states import State, change
from bot.db.upsert import table_of

_HANDOFFS = table_of(Handoff)


def ask_for_person(conversation: Held, reason: Reason, at: datetime) -> None:
    """The traveller wants a person (bot or closed → waiting); who waits already goes on waiting as before."""
    if conversation.row.state == "waiting":
        return
    _enter(conversation, "waiting", event_names.PERSON_ASKED_FOR, at, reason=reason)
    _open_handoff(conversation, reason, at)
    conversation.row.waiting_since = at


def withdraw(conversation: Held, at: datetime) -> None:
    """The traveller needs no person any more (waiting → bot)."""
    _enter(conversation, "bot", event_names.WITHDRAWN, at)
    _end_handoff(conversation, "withdrawn", at)


def take(conversation: Held, actor: Actor, at: datetime) -> None:
    """A person takes it (bot or waiting → human); from here on no answer of the bot's from before is sent."""
    _give(conversation, actor, at)
    _enter(conversation, "human", event_names.TAKEN, at, by=actor.name)


def assign(conversation: Held, by: Actor, to: Actor, at: datetime) -> None:
    """A person gives it to one of the staff, or on to another (bot, waiting or human → human)."""
    _give(conversation, to, at)
    _enter(conversation, "human", event_names.ASSIGNED, at, by=by.name, to=to.name)


def hand_back(conversation: Held, actor: Actor, at: datetime) -> None:
    """A person gives it back to the guide (human → bot), which owes words about it."""
    _enter(conversation, "bot", event_names.HANDED_BACK, at, pending=True, by=actor.name)
    _end_handoff(conversation, "handed_back", at)


def resolve(conversation: Held, actor: Actor, at: datetime) -> None:
    """A person ends it (bot, waiting or human → closed)."""
    _enter(conversation, "closed", event_names.RESOLVED, at, by=actor.name)
    _end_handoff(conversation, "resolved", at)


def end(conversation: Held, at: datetime) -> None:
    """The guide ends it (bot → closed)."""
    _enter(conversation, "closed", event_names.ENDED, at)


def reopen(conversation: Held, at: datetime) -> None:
    """The traveller writes again after the end (closed → bot)."""
    _enter(conversation, "bot", event_names.REOPENED, at)


def snooze(conversation: Held, actor: Actor, until: datetime, at: datetime) -> None:
    """A person puts it aside until an instant, or until the traveller's next message."""
    conversation.row.snoozed_until = until
    conversation.note(event_names.SNOOZED, at, {"by": actor.name, "until": until.isoformat()})


def wake(conversation: Held, by: str, at: datetime) -> None:
    """It is put aside no more: `by` whom, a name of the staff or `traveller`."""
    conversation.row.snoozed_until = None
    conversation.note(event_names.WOKEN, at, {"by": by})


def rate(conversation: Held, rating: Rating, at: datetime) -> None:
    """The traveller says whether they got what they needed; the last word counts."""
    conversation.row.rating = rating
    conversation.note(event_names.RATED, at, {"rating": rating})


def staff_spoke(conversation: Held, at: datetime) -> None:
    """A person has written to the traveller, who waits no more; the first words of a handoff are measured."""
    conversation.row.waiting_since = None
    first = func.coalesce(_HANDOFFS.c.first_reply_at, at)
    conversation.also(_this_handoff(conversation).values(first_reply_at=first))


def traveller_spoke_to_staff(conversation: Held, at: datetime) -> None:
    """The traveller has written while a person has the conversation, and waits since then."""
    conversation.row.waiting_since = conversation.row.waiting_since or at


def _enter(conversation: Held, state: State, event: str, at: datetime, *, pending: bool = False, **data: str) -> None:
    row = conversation.row
    old, row.state = row.state, change(row.state, state)
    row.touched_at = at
    row.snoozed_until = None
    conversation.note(event, at, {"from": old, "to": state, **data}, pending=pending)


def _give(conversation: Held, to: Actor, at: datetime) -> None:
    row = conversation.row
    if row.handoff_id is None:
        _open_handoff(conversation, "staff", at)
    row.assignee_id, row.assignee_name = to.id, to.name
    row.takeovers += 1
    taken = func.coalesce(_HANDOFFS.c.taken_at, at)
    conversation.also(_this_handoff(conversation).values(taken_at=taken, assignee_id=to.id))


def _open_handoff(conversation: Held, reason: Reason, at: datetime) -> None:
    row = conversation.row
    row.handoff_id, row.handoff_reason = str(uuid.uuid4()), reason
    values = {"id": row.handoff_id, "conversation_id": conversation.id, "reason": reason, "requested_at": at}
    conversation.also(insert(_HANDOFFS).values(values))


def _end_handoff(conversation: Held, ended_by: Ended, at: datetime) -> None:
    row = conversation.row
    if row.handoff_id is not None:
        conversation.also(_this_handoff(conversation).values(ended_at=at, ended_by=ended_by))
    row.handoff_id = row.assignee_id = row.assignee_name = row.waiting_since = None


def _this_handoff(conversation: Held) -> Update:
    return update(_HANDOFFS).where(_HANDOFFS.c.id == conversation.row.handoff_id)
