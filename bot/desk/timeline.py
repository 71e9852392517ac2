"""A stretch of a conversation: its messages, notes and what happened, paged by `seq` in both directions.

`seq` has no gaps, so a page is a range of it. A note or an event stands after the message of its `seq`.
"""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import event_names
from bot.conversations.models import Conversation, Event, Message, Note
from bot.conversations.outbox.entries import is_delivered
from bot.conversations.transcript import Sender, ShownButton, shown
from bot.desk.deliveries import DeskDelivery, deliveries
from bot.formats import Language
from bot.privacy.links import without_links

SHOWN_EVENTS = (
    event_names.STARTED,
    event_names.ANSWER_FAILED,
    event_names.ANSWER_DROPPED,
    event_names.ENDED,
    event_names.IDENTITY_PROVED,
    event_names.IDENTITY_LOCKED,
    event_names.PERSON_ASKED_FOR,
    event_names.WITHDRAWN,
    event_names.TAKEN,
    event_names.ASSIGNED,
    event_names.HANDED_BACK,
    event_names.RESOLVED,
    event_names.REOPENED,
    event_names.SNOOZED,
    event_names.WOKEN,
    event_names.RATED,
    event_names.FILE_CORRECTED,
    event_names.CORRECTION_WITHDRAWN,
    event_names.DELIVERY_FAILED,
)
"""What staff are shown of what happened; that a message came and was answered, they see."""

MOST_BESIDE = 200
"""Notes, and events, shown beside one page of messages: the newest, if there are more."""


class DeskMessage(msgspec.Struct, frozen=True):
    """A message as the traveller is shown it, and who of the staff wrote it.

    `delivery` is there where it was said on a messaging channel.
    """

    id: str
    seq: int
    sender: Sender
    text: str
    language: Language | None
    buttons: list[ShownButton]
    created_at: datetime
    meta: dict[str, Any]
    author: str | None
    delivery: DeskDelivery | msgspec.UnsetType = msgspec.UNSET


class DeskNote(msgspec.Struct, frozen=True):
    """A private note."""

    id: str
    seq: int
    author: str
    text: str
    created_at: datetime


class DeskEvent(msgspec.Struct, frozen=True):
    """Something that happened; `name` is one of `SHOWN_EVENTS`."""

    id: int
    seq: int
    name: str
    at: datetime
    data: dict[str, Any]


class Timeline(msgspec.Struct, frozen=True):
    """A page, in order. `earlier` is the `before` of the page before it, `later` the `after` of the one after it."""

    messages: list[DeskMessage]
    notes: list[DeskNote]
    events: list[DeskEvent]
    earlier: int | None
    later: int | None


async def page(
    session: AsyncSession,
    conversation_id: str,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = 50,
) -> Timeline:
    """The `limit` messages before `before`, or after `after`, or the newest, with what stands beside them.

    After `after` come also the notes and events at that very `seq`, some of which were there already: they are told by
    their id. The conversation must exist.
    """
    wanted = select(Conversation.last_seq, Conversation.channel).where(Conversation.id == conversation_id)
    last_seq, channel = (await session.execute(wanted)).one()
    if after is not None:
        first, last = min(after, last_seq) + 1, min(after + limit, last_seq)
        beside = first - 1
    else:
        last = last_seq if before is None else min(before - 1, last_seq)
        first = max(1, last - limit + 1)
        # What happened before the first message stands on the first page.
        beside = 0 if first == 1 else first
    messages = await session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.seq >= first, Message.seq <= last)
        .order_by(Message.seq)
    )
    notes = await session.scalars(
        select(Note)
        .where(Note.conversation_id == conversation_id, Note.seq >= beside, Note.seq <= last)
        .order_by(Note.seq.desc(), Note.created_at.desc(), Note.id.desc())
        .limit(MOST_BESIDE)
    )
    events = await session.scalars(
        select(Event)
        .where(_is_shown(conversation_id), Event.seq >= beside, Event.seq <= last)
        .order_by(Event.seq.desc(), Event.id.desc())
        .limit(MOST_BESIDE)
    )
    stored = messages.all()
    known = await deliveries(session, conversation_id, first, last) if stored and is_delivered(channel) else {}
    return Timeline(
        messages=[shown_message(message, known.get(message.seq)) for message in stored],
        notes=[shown_note(note) for note in reversed(notes.all())],
        events=[_event(event) for event in reversed(events.all())],
        earlier=first if 1 < first <= last else None,
        later=last if last < last_seq else None,
    )


def _is_shown(conversation_id: str) -> ColumnElement[bool]:
    return (Event.conversation_id == conversation_id) & Event.name.in_(SHOWN_EVENTS)


def shown_message(message: Message, delivery: DeskDelivery | None = None) -> DeskMessage:
    """A stored message as the desk shows it."""
    outside = shown(message)
    author = outside.meta.get("author", {}).get("name")
    return DeskMessage(
        outside.id,
        outside.seq,
        outside.sender,
        without_links(outside.text),
        outside.language,
        outside.buttons,
        outside.created_at,
        {name: value for name, value in outside.meta.items() if name != "link"},
        author,
        delivery or msgspec.UNSET,
    )


def shown_note(note: Note) -> DeskNote:
    """A stored note as the desk shows it."""
    return DeskNote(note.id, note.seq, note.author_name, note.text, note.created_at)


def _event(event: Event) -> DeskEvent:
    return DeskEvent(event.id, event.seq, event.name, event.at, event.data)
