"""A conversation as it stands in the desk's lists."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, func, select
from sqlalchemy.orm import aliased

from bot.applicants.models import Identity
from bot.conversations.models import Conversation, Message
from bot.conversations.reasons import Rating, Reason
from bot.conversations.states import State
from bot.conversations.transcript import Sender
from bot.formats import Language

LONGEST_PREVIEW = 160
"""Characters of the last message: what a list can show in two lines."""

MOST_UNREAD = 100
"""Messages looked at for the number of unread ones; a list shows "99+" beyond, and costs the same however many."""


class Named(msgspec.Struct, frozen=True):
    """One of the staff."""

    id: str
    name: str


class Preview(msgspec.Struct, frozen=True):
    """The beginning of the last thing a person said, masked: the guide's own last words tell staff least."""

    sender: Sender
    text: str


class Card(msgspec.Struct, frozen=True):
    """A conversation in a list.

    `unread` counts the traveller's messages among the `MOST_UNREAD` after the last that staff have read. `proved` says
    that the traveller has proved who they are.
    """

    id: str
    channel: str
    language: Language | None
    state: State
    reason: Reason | None
    assignee: Named | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    touched_at: datetime
    last_seq: int
    unread: int
    preview: Preview | None
    proved: bool
    rating: Rating | None


def cards(chosen: FromClause) -> Select[Any]:
    """Selects what `card` needs of the conversations whose `id` stands in `chosen`, which is not ordered."""
    return (
        select(
            Conversation,
            Message.sender,
            func.substr(Message.text, 1, LONGEST_PREVIEW),
            _unread(),
            select(Identity.conversation_id).where(Identity.conversation_id == Conversation.id).exists(),
        )
        .join(chosen, chosen.c.id == Conversation.id)
        .outerjoin(Message, and_(Message.conversation_id == Conversation.id, Message.seq == _last_of_a_person()))
    )


def card(row: Row[Any]) -> Card:
    """The card of one row of `cards`."""
    conversation, sender, text, unread, proved = tuple(row)
    assignee = None
    if conversation.assignee_id is not None:
        assignee = Named(conversation.assignee_id, conversation.assignee_name or "")
    return Card(
        id=conversation.id,
        channel=conversation.channel,
        language=conversation.language,
        state=conversation.state,
        reason=conversation.handoff_reason,
        assignee=assignee,
        waiting_since=conversation.waiting_since,
        snoozed_until=conversation.snoozed_until,
        touched_at=conversation.touched_at,
        last_seq=conversation.last_seq,
        unread=unread,
        preview=Preview(sender, text) if sender is not None else None,
        proved=bool(proved),
        rating=conversation.rating,
    )


def _last_of_a_person() -> ColumnElement[int]:
    said = aliased(Message)
    newest = (
        select(said.seq)
        .where(said.conversation_id == Conversation.id, said.sender != "bot")
        .order_by(said.seq.desc())
        .limit(1)
    )
    return newest.correlate(Conversation).scalar_subquery()


def _unread() -> ColumnElement[int]:
    after = Conversation.staff_read_seq
    counted = select(func.count()).where(
        Message.conversation_id == Conversation.id,
        Message.seq > after,
        Message.seq <= after + MOST_UNREAD,
        Message.sender == "traveller",
    )
    return counted.correlate(Conversation).scalar_subquery()
