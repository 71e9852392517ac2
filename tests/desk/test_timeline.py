"""The transcript by pages, with what stands beside it."""

from typing import Any

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from bot.conversations import event_names
from bot.conversations.models import Event
from bot.conversations.outbox.entries import entry
from bot.conversations.outbox.models import OutboxEntry
from bot.db.engine import Database
from bot.desk.timeline import Timeline, page
from tests.desk.inserted import ago, conversation, note


@pytest.fixture
async def talk(database: Database) -> str:
    """Ten messages, a note after the fourth and the last, events before the first and after the fourth."""
    conversation_id = await conversation(database, *[f"t: number {seq}" for seq in range(1, 10)], "s: I am here")
    for seq in (4, 10):
        await note(database, conversation_id, seq, f"after {seq}")
    events = ((event_names.STARTED, 0), (event_names.RECEIVED, 1), (event_names.TAKEN, 4), (event_names.ANSWERED, 4))
    async with database.write() as session:
        for name, seq in events:
            at = {"at": ago(5), "pending": False}
            session.add(Event(conversation_id=conversation_id, name=name, seq=seq, data={}, **at))
    return conversation_id


async def _page(database: Database, talk: str, **rest: int) -> Timeline:
    async with database.read() as session:
        return await page(session, talk, **rest)


def _seqs(timeline: Timeline) -> list[int]:
    return [message.seq for message in timeline.messages]


async def test_the_newest_come_first_and_lead_to_the_earlier(database: Database, talk: str) -> None:
    newest = await _page(database, talk, limit=4)
    assert (_seqs(newest), newest.earlier, newest.later) == ([7, 8, 9, 10], 7, None)
    assert newest.messages[-1].author == "Alex Tremblay"
    assert [each.text for each in newest.notes] == ["after 10"]
    before = await _page(database, talk, before=7, limit=4)
    assert (_seqs(before), before.earlier, before.later) == ([3, 4, 5, 6], 3, 6)
    assert [(each.seq, each.author) for each in before.notes] == [(4, "Alex Tremblay")]
    first = await _page(database, talk, before=3, limit=4)
    assert (_seqs(first), first.earlier, first.later) == ([1, 2], None, 2)


async def test_only_what_staff_are_to_see_of_what_happened(database: Database, talk: str) -> None:
    shown = [(each.seq, each.name) for each in (await _page(database, talk)).events]
    assert shown == [(0, event_names.STARTED), (4, event_names.TAKEN)]


async def test_going_on_gives_also_what_was_added_at_the_same_place(database: Database, talk: str) -> None:
    later = await _page(database, talk, after=4, limit=3)
    assert (_seqs(later), later.later) == ([5, 6, 7], 7)
    assert [each.name for each in later.events] == [event_names.TAKEN]
    assert [each.text for each in later.notes] == ["after 4"]
    end = await _page(database, talk, after=10)
    assert (_seqs(end), [each.text for each in end.notes], end.later) == ([], ["after 10"], None)


@pytest.mark.parametrize(
    ("asked", "seqs"), [({"before": 1}, []), ({"after": 99}, []), ({"before": 99, "limit": 1}, [10])]
)
async def test_a_place_beyond_either_end_is_no_error(
    sqlite_database: Database, asked: dict[str, int], seqs: list[int]
) -> None:
    talk = await conversation(sqlite_database, *["t: hello"] * 10)
    assert _seqs(await _page(sqlite_database, talk, **asked)) == seqs


async def test_staff_see_no_link_to_the_identity_form(sqlite_database: Database) -> None:
    address = "/verify/AbC-123_xyzAbC-123_xyz"
    said = {"sender": "bot", "text": f"Open http://guide.example{address}", "meta": {"link": {"url": address}}}
    talk = await conversation(sqlite_database, said)
    (message,) = (await _page(sqlite_database, talk)).messages
    assert message.text.startswith("Open http://guide.example/verify/•")
    assert "AbC" not in str(message)


async def test_what_was_not_delivered_says_so_with_its_reason(database: Database) -> None:
    talk = await conversation(database, *[f"b: number {seq}" for seq in range(1, 8)], "t: STOP", channel="sms")
    fates: tuple[dict[str, Any], ...] = (
        {"state": "failed", "failure": "blocked", "last_seq": 2},
        {"state": "dead"},
        {"state": "sent"},
        {"state": "sent", "delivered_at": ago(1)},
        {"state": "sent", "delivered_at": ago(1), "read_at": ago(1)},
        {"state": "due"},
    )
    async with database.write() as session:
        for seq, fate in zip((1, 3, 4, 5, 6, 7), fates, strict=True):
            values = entry(talk, "sms", seq, fate.get("last_seq", seq), at=ago(5), page=1, regardless=False)
            session.add(OutboxEntry(**{**values, **fate}))
        more = entry(talk, "sms", 4, 4, at=ago(5), page=2, regardless=False)
        session.add(OutboxEntry(**{**more, "state": "failed"}))
    shown = {each.seq: each.delivery for each in (await _page(database, talk)).messages}
    assert [(each.state, each.failure) for each in shown.values() if not isinstance(each, UnsetType)] == [
        ("failed", "blocked"),
        ("failed", "blocked"),
        ("failed", None),
        ("sent", None),
        ("delivered", None),
        ("read", None),
        ("waiting", None),
    ]
    assert shown[8] is UNSET


async def test_on_the_web_nothing_is_said_of_delivery(sqlite_database: Database) -> None:
    talk = await conversation(sqlite_database, "b: hello")
    (message,) = (await _page(sqlite_database, talk)).messages
    assert b"delivery" not in msgspec.json.encode(message)
