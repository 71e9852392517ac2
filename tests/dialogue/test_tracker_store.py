"""Rasa's tracker in our database: a bounded window, slots carried on, nothing written but in the given transaction."""

from typing import Any

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import func, select

from bot.db.engine import Database
from bot.dialogue.tracker_models import TrackerEvent, TrackerWindow
from bot.dialogue.tracker_store import KEPT_TURNS, TRIM_AT_TURNS, WindowTrackerStore
from tests.databases import counted


@pytest.fixture
def store(database: Database, domain: Domain) -> WindowTrackerStore:
    return WindowTrackerStore(database, domain)


async def turn(store: WindowTrackerStore, conversation: str, number: int, **slots: Any) -> None:
    """One turn as the host lets it happen: the tracker grows, and what it grew by is written."""
    tracker = await store.retrieve(conversation)
    tracker.update(UserUttered(f"message {number}", intent={"name": "inform", "confidence": 1.0}))
    tracker.update(ActionExecuted("action_inform"))
    for name, value in slots.items():
        tracker.update(SlotSet(name, value))
    tracker.update(BotUttered(f"reply {number}"))
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    async with store._database.write() as session:
        await store.added(tracker)(session)


async def rows(database: Database, conversation: str) -> int:
    async with database.read() as session:
        counted = select(func.count()).select_from(TrackerEvent).where(TrackerEvent.conversation_id == conversation)
        return int((await session.execute(counted)).scalar_one())


def messages(tracker: DialogueStateTracker) -> list[str]:
    return [str(each.text) for each in tracker.events if isinstance(each, UserUttered)]


async def test_a_new_conversation_has_no_tracker(store: WindowTrackerStore) -> None:
    tracker = await store.retrieve("new")
    assert not tracker.events
    assert tracker.position == 0


async def test_what_was_said_is_there_again_in_order(store: WindowTrackerStore) -> None:
    for number in range(3):
        await turn(store, "one", number, origin="YVR", last_case={"now": "x", "trips": [1]})
    await turn(store, "other", 9)
    tracker = await store.retrieve("one")
    assert messages(tracker) == ["message 0", "message 1", "message 2"]
    assert tracker.get_slot("origin") == "YVR"
    assert tracker.get_slot("last_case") == {"now": "x", "trips": [1]}
    assert tracker.latest_message is not None
    assert tracker.latest_message.text == "message 2"
    assert messages(await store.retrieve("other")) == ["message 9"]


async def test_the_window_is_bounded_and_slots_are_carried_over_400_turns(
    store: WindowTrackerStore, database: Database
) -> None:
    await turn(store, "long", 0, origin="YVR", home="city:Calgary")
    most = 0
    for number in range(1, 401):
        await turn(store, "long", number, destination=f"D{number}")
        most = max(most, await rows(database, "long"))
    per_turn = 5
    assert most <= (TRIM_AT_TURNS + 1) * (per_turn + 1)
    tracker = await store.retrieve("long")
    kept = messages(tracker)
    assert KEPT_TURNS <= len(kept) <= TRIM_AT_TURNS
    assert kept[-1] == "message 400"
    assert kept == [f"message {number}" for number in range(401 - len(kept), 401)]
    assert tracker.get_slot("origin") == "YVR"
    assert tracker.get_slot("home") == "city:Calgary"
    assert tracker.get_slot("destination") == "D400"


async def test_a_slot_that_was_cleared_stays_cleared_after_the_window_moves(store: WindowTrackerStore) -> None:
    await turn(store, "one", 0, origin="YVR")
    await turn(store, "one", 1, origin=None)
    for number in range(2, 3 * TRIM_AT_TURNS):
        await turn(store, "one", number)
    assert (await store.retrieve("one")).get_slot("origin") is None


async def test_turn_400_costs_what_turn_5_costs(store: WindowTrackerStore, database: Database) -> None:
    costs: dict[int, int] = {}
    with counted(database) as statements:
        for number in range(1, 401):
            statements.clear()
            await turn(store, "long", number)
            costs[number] = len(statements)
    # The tracker is one statement to read and one to write.
    assert costs[5] == costs[400] == 2
    # The turns that move the window cost a few statements more, whatever their number.
    assert max(costs.values()) <= costs[5] + 3
    assert max(list(costs.values())[300:]) == max(list(costs.values())[:100])


async def test_saving_writes_nothing_before_its_transaction(store: WindowTrackerStore, database: Database) -> None:
    tracker = await store.retrieve("one")
    tracker.update(UserUttered("hello"))
    write = store.added(tracker)
    assert await rows(database, "one") == 0
    with pytest.raises(RuntimeError, match="the machine stops"):
        async with database.write() as session:
            await write(session)
            raise RuntimeError("the machine stops")
    assert await rows(database, "one") == 0
    assert not (await store.retrieve("one")).events


async def test_a_dropped_turn_leaves_nothing(store: WindowTrackerStore, database: Database) -> None:
    await turn(store, "one", 0)
    before = await rows(database, "one")
    tracker = await store.retrieve("one")
    tracker.update(UserUttered("lost"))
    store.added(tracker)
    assert await rows(database, "one") == before
    await turn(store, "one", 1)
    assert messages(await store.retrieve("one")) == ["message 0", "message 1"]


async def test_text_in_any_script_comes_back_whole(store: WindowTrackerStore) -> None:
    tracker = await store.retrieve("one")
    tracker.update(UserUttered("é 😀 \u200f مرحبا ’"))
    async with store._database.write() as session:
        await store.added(tracker)(session)
    assert messages(await store.retrieve("one")) == ["é 😀 \u200f مرحبا ’"]


async def test_the_window_remembers_where_it_begins(store: WindowTrackerStore, database: Database) -> None:
    for number in range(TRIM_AT_TURNS + 1):
        await turn(store, "one", number)
    async with database.read() as session:
        window = await session.get(TrackerWindow, "one")
        positions = select(TrackerEvent.position).where(TrackerEvent.conversation_id == "one")
        kept = sorted((await session.execute(positions)).scalars())
    assert window is not None
    assert kept == list(range(window.start, window.start + len(kept)))
