"""Rasa's tracker, kept in our database.

It differs from Rasa's stores in three ways, each with a reason:
- it is asynchronous, so a turn never blocks the other conversations;
- it keeps a bounded window of events and carries the slots forward, so turn 400 costs what turn 5 costs;
- `save` only stages what is new. The conversation record writes it in the transaction that stores the replies, so a
  crash never leaves a tracker that remembers a turn the traveller got no reply to.
"""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.dialogue.tracker_models import TrackerEvent, TrackerWindow

# Rules look at the last turn; a handful of turns leaves room for policies that look further back.
KEPT_TURNS = 5
# Trimming rewrites the window, so it happens now and then and not at every turn.
TRIM_AT_TURNS = 15

Write = Callable[[AsyncSession], Awaitable[None]]


class WindowTrackerStore(TrackerStore):
    """Keeps trackers in `database`; `staged` hands over what the last turn of a conversation added."""

    def __init__(self, database: Database, domain: Any = None) -> None:
        super().__init__(domain)
        self._database = database
        self._loaded: dict[str, tuple[int, int]] = {}
        self._staged: dict[str, Write] = {}

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of a conversation; None for a new one."""
        async with self._database.read() as session:
            window = await session.get(TrackerWindow, sender_id)
            rows = (
                await session.execute(
                    select(TrackerEvent.position, TrackerEvent.event)
                    .where(TrackerEvent.conversation_id == sender_id)
                    .order_by(TrackerEvent.position)
                )
            ).all()
        if window is None and not rows:
            self._loaded[sender_id] = (0, 0)
            return None
        carried: list[Event] = []
        if window is not None:
            carried = [SlotSet(name, value) for name, value in sorted(window.slots.items())]
            # Policies expect a history that begins where the guide was listening.
            carried.append(ActionExecuted(ACTION_LISTEN_NAME))
        events = carried + [_revived(event) for _, event in rows]
        next_position = rows[-1].position + 1 if rows else (window.start if window else 0)
        self._loaded[sender_id] = (len(events), next_position)
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots, domain=self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stages what the tracker has more than when it was retrieved; nothing is written yet."""
        known, position = self._loaded.get(tracker.sender_id, (0, 0))
        events = list(tracker.events)
        rows = [
            {"conversation_id": tracker.sender_id, "position": position + index, "event": event.as_dict()}
            for index, event in enumerate(events[known:])
        ]
        cut = _cut(events)
        kept_after = position + len(rows) - (len(events) - cut) if cut else None
        slots = {name: value for name, value in tracker.current_slot_values().items() if value is not None}

        async def write(session: AsyncSession) -> None:
            if rows:
                await session.execute(insert(TrackerEvent), rows)
            if kept_after is not None:
                await _move_window(session, tracker.sender_id, kept_after, slots)

        self._staged[tracker.sender_id] = write

    def staged(self, sender_id: str) -> Write:
        """What the last turn staged, taken out; a write of nothing if it staged nothing."""
        self._loaded.pop(sender_id, None)
        return self._staged.pop(sender_id, _nothing)

    def drop(self, sender_id: str) -> None:
        """Forgets what a failed turn may have left behind."""
        self.staged(sender_id)


@lru_cache(maxsize=64)
def _event_class(name: str) -> type[Event]:
    # Rasa walks all its classes for every event it reads; the answer never changes.
    found: type[Event] = Event.resolve_by_type(name)
    return found


def _revived(event: dict[str, Any]) -> Event:
    return _event_class(event["event"])._from_parameters(event)


async def _nothing(session: AsyncSession) -> None:
    """A turn that changed no dialogue state."""


async def _move_window(session: AsyncSession, sender_id: str, start: int, slots: dict[str, Any]) -> None:
    await session.execute(
        delete(TrackerEvent).where(TrackerEvent.conversation_id == sender_id, TrackerEvent.position < start)
    )
    window = await session.get(TrackerWindow, sender_id)
    if window is None:
        session.add(TrackerWindow(conversation_id=sender_id, start=start, slots=slots))
    else:
        window.start, window.slots = start, slots


def _cut(events: list[Event]) -> int:
    """How many events from the front may go: 0 until the window is full, then all before the last kept turns."""
    turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    return turns[-KEPT_TURNS] if len(turns) > TRIM_AT_TURNS else 0
