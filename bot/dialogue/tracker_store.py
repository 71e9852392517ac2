"""Rasa's tracker, kept in our database.

It differs from Rasa's stores, each time with a reason:
- it is asynchronous, so a turn never blocks the other conversations;
- it keeps a bounded window of events and carries the slots forward, so turn 400 costs what turn 5 costs;
- `added` writes nothing. The conversation record writes it in the transaction that stores the replies, so a crash
  never leaves a tracker that remembers a turn the traveller got no reply to;
- of a message it keeps the text, the intent and the entities; what was said back is in the conversation record.
"""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import CompoundSelect, bindparam, delete, desc, false, insert, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.upsert import insert_into, table_of
from bot.dialogue.tracker_models import TrackerEvent, TrackerWindow

# Rules look at the last turn; what an action needs from longer ago is in the slots.
KEPT_TURNS = 2
# Trimming rewrites the window, so it happens now and then and not at every turn.
TRIM_AT_TURNS = 6

Write = Callable[[AsyncSession], Awaitable[None]]


class WindowTrackerStore:
    """Keeps trackers in `database`."""

    def __init__(self, database: Database, domain: Domain) -> None:
        self.domain = domain
        self._database = database

    async def retrieve(self, sender_id: str) -> "WindowTracker":
        """The tracker of a conversation, empty for a new one."""
        async with self._database.read_once() as session:
            rows = (await session.execute(_KEPT, {"conversation_id": sender_id})).all()
        # The window's own row comes first, where there is one.
        window, events = (rows[0], rows[1:]) if rows and rows[0].is_window else (None, rows)
        carried: list[Event] = []
        if window is not None:
            carried = [SlotSet(name, value) for name, value in sorted(window.kept.items())]
            # Policies expect a history that begins where the guide was listening.
            carried.append(ActionExecuted(ACTION_LISTEN_NAME))
        tracker = WindowTracker(sender_id, self.domain.slots)
        for event in [*carried, *(_revived(row.kept) for row in events)]:
            tracker.update(event)
        tracker.known = len(tracker.events)
        tracker.position = events[-1].position + 1 if events else (window.position if window else 0)
        return tracker

    def added(self, tracker: "WindowTracker") -> Write:
        """Writes, when it is called in a transaction, what the tracker has more than when it was retrieved."""
        events = list(tracker.events)
        rows = [
            {"conversation_id": tracker.sender_id, "position": tracker.position + index, "event": event.as_dict()}
            for index, event in enumerate(events[tracker.known :])
        ]
        cut = _cut(events)
        kept_after = tracker.position + len(rows) - (len(events) - cut) if cut else None
        slots = {name: value for name, value in tracker.current_slot_values().items() if value is not None}

        async def write(session: AsyncSession) -> None:
            if rows:
                await session.execute(_ADD, rows)
            if kept_after is not None:
                await _move_window(session, tracker.sender_id, kept_after, slots)

        return write


class WindowTracker(DialogueStateTracker):
    """A tracker that knows where its window ends: `known` events were read, the next is written at `position`."""

    known = 0
    position = 0


@lru_cache(maxsize=64)
def _event_class(name: str) -> type[Event]:
    # Rasa walks all its classes for every event it reads; the answer never changes.
    found: type[Event] = Event.resolve_by_type(name)
    return found


def _kept() -> CompoundSelect[Any]:
    """A window and its events in one statement, since each is a way to the database and back."""
    of_conversation: dict[str, Any] = {"conversation_id": bindparam("conversation_id")}
    return (
        select(TrackerWindow.start.label("position"), TrackerWindow.slots.label("kept"), true().label("is_window"))
        .filter_by(**of_conversation)
        .union_all(
            select(TrackerEvent.position, TrackerEvent.event, false()).filter_by(**of_conversation),
        )
        .order_by(desc("is_window"), "position")
    )


_KEPT = _kept()
_ADD = insert(table_of(TrackerEvent))


def _revived(event: dict[str, Any]) -> Event:
    return _event_class(event["event"])._from_parameters(event)


async def _move_window(session: AsyncSession, sender_id: str, start: int, slots: dict[str, Any]) -> None:
    await session.execute(
        delete(TrackerEvent).where(TrackerEvent.conversation_id == sender_id, TrackerEvent.position < start)
    )
    values = {"start": start, "slots": slots}
    statement = insert_into(session, TrackerWindow).values(conversation_id=sender_id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["conversation_id"], set_=values))


def _cut(events: list[Event]) -> int:
    """How many events from the front may go: 0 until the window is full, then all before the last kept turns."""
    turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    return turns[-KEPT_TURNS] if len(turns) > TRIM_AT_TURNS else 0
