"""The desk's lists: who stands in which, in what order, and that pages lose and repeat nobody."""

import msgspec
import pytest

from bot.db.engine import Database
from bot.desk.cursors import cursor_of
from bot.desk.queue import VIEWS, Filters, Page, View, counts, page
from bot.http.problems import Problem
from tests.databases import counted
from tests.desk.inserted import ALEX, BO, ago, conversation, once_held, proved, viewer
from tests.record.scripted import NOON

ALEXS = {"state": "human", "assignee_id": ALEX.id, "assignee_name": ALEX.name}
BOS = {"state": "human", "assignee_id": BO.id, "assignee_name": BO.name}


class _Forged(msgspec.Struct, array_like=True):
    view: str
    at: str
    id: str


async def _page(database: Database, view: View, role: str = "agent", **rest: object) -> Page:
    async with database.read() as session:
        return await page(session, viewer(role=role), view, NOON, **rest)  # type: ignore[arg-type]


async def _ids(database: Database, view: View, role: str = "agent", **rest: object) -> list[str]:
    return [card.id for card in (await _page(database, view, role, **rest)).conversations]


async def _filled(database: Database) -> None:
    waits = {"state": "waiting", "handoff_reason": "asked"}
    await conversation(database, id="short", **waits, waiting_since=ago(5), touched_at=ago(5))
    await conversation(database, id="long", **waits, waiting_since=ago(50), touched_at=ago(4))
    await conversation(database, id="asleep", **waits, waiting_since=ago(90), snoozed_until=ago(-60), touched_at=ago(3))
    await conversation(database, id="awake", **waits, waiting_since=ago(20), snoozed_until=ago(1), touched_at=ago(2))
    await conversation(database, id="quiet", **ALEXS, touched_at=ago(9))
    await conversation(database, id="asks", **ALEXS, waiting_since=ago(2), touched_at=ago(8))
    await conversation(database, id="dozes", **ALEXS, snoozed_until=ago(-5), touched_at=ago(7))
    await conversation(database, id="bos", **BOS, waiting_since=ago(2), touched_at=ago(1))
    await conversation(database, id="ended", state="closed", touched_at=ago(70))
    await conversation(database, id="once", state="closed", touched_at=ago(80))
    await once_held(database, "once", ALEX)
    await conversation(database, id="guides", touched_at=ago(100))


async def test_each_view_has_its_own_in_its_order(database: Database) -> None:
    await _filled(database)
    found = {view: await _ids(database, view, "supervisor") for view in VIEWS}
    assert found == {
        "waiting": ["long", "awake", "short"],
        "mine": ["asks", "quiet"],
        "unassigned": ["asleep", "long", "awake", "short"],
        "snoozed": ["dozes", "asleep"],
        "resolved": ["ended", "once"],
        "all": ["bos", "awake", "asleep", "long", "short", "dozes", "asks", "quiet", "ended", "once", "guides"],
    }


async def test_an_agent_sees_what_waits_what_is_theirs_and_what_they_once_held(database: Database) -> None:
    await _filled(database)
    assert await _ids(database, "all") == ["awake", "asleep", "long", "short", "dozes", "asks", "quiet", "once"]
    assert await _ids(database, "resolved") == ["once"]


@pytest.mark.parametrize("view", VIEWS)
async def test_pages_lose_and_repeat_nobody(sqlite_database: Database, view: View) -> None:
    await _filled(sqlite_database)
    # Of the same instant, so that only the id tells where the page ended.
    for _ in range(3):
        await conversation(sqlite_database, **ALEXS)
        await conversation(sqlite_database, state="waiting", waiting_since=ago(5), touched_at=ago(10))
    whole = await _ids(sqlite_database, view, "supervisor")
    paged: list[str] = []
    cursor = None
    while True:
        with counted(sqlite_database) as statements:
            found = await _page(sqlite_database, view, "supervisor", cursor=cursor, limit=2)
        assert len(statements) == 1
        paged += [card.id for card in found.conversations]
        cursor = found.next
        if cursor is None:
            break
    assert paged == whole


async def test_pages_go_on_in_postgresql_too(database: Database) -> None:
    await _filled(database)
    first = await _page(database, "mine", limit=1)
    assert await _ids(database, "mine", cursor=first.next) == ["quiet"]
    second = await _page(database, "all", limit=3)
    assert (await _ids(database, "all", cursor=second.next))[0] == "short"


async def test_filters_narrow_a_view(sqlite_database: Database) -> None:
    for reason, language, channel in (("asked", "en", "web"), ("unsure", "fr", "web"), ("unsure", "fr", "sms")):
        columns = {"handoff_reason": reason, "language": language, "channel": channel}
        await conversation(sqlite_database, id=f"{reason}-{channel}", state="waiting", waiting_since=ago(1), **columns)
    assert await _ids(sqlite_database, "waiting", filters=Filters(reason="unsure")) == ["unsure-sms", "unsure-web"]
    assert await _ids(sqlite_database, "waiting", filters=Filters(language="en")) == ["asked-web"]
    assert await _ids(sqlite_database, "waiting", filters=Filters(channel="sms", language="fr")) == ["unsure-sms"]


async def test_a_card_says_what_a_list_needs(database: Database) -> None:
    said = ["t: hello", "b: Hello.", "t: a person", "t: please " + "x" * 300, "b: Somebody will come."]
    who = {"assignee_id": ALEX.id, "assignee_name": ALEX.name, "handoff_reason": "asked"}
    await conversation(database, *said, id="one", state="human", staff_read_seq=2, rating="partly", **who)
    await proved(database, "one")
    card = (await _page(database, "mine")).conversations[0]
    assert card.preview is not None
    assert (card.preview.sender, len(card.preview.text), card.preview.text[:8]) == ("traveller", 160, "please x")
    assert (card.unread, card.proved, card.rating, card.reason, card.last_seq) == (2, True, "partly", "asked", 5)
    assert card.assignee is not None
    assert card.assignee.name == "Alex Tremblay"


async def test_counts_are_of_what_the_viewer_sees(database: Database) -> None:
    await _filled(database)
    async with database.read() as session:
        found = await counts(session, viewer(), NOON)
    assert (found.waiting, found.mine, found.unassigned, found.snoozed, found.more) == (3, 2, 4, 2, [])


async def test_a_count_stops_at_its_bound_and_says_so(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.queue.MOST_COUNTED", 2)
    await _filled(sqlite_database)
    async with sqlite_database.read() as session:
        found = await counts(session, viewer(), NOON)
    assert (found.waiting, found.mine, found.unassigned, found.more) == (2, 2, 2, ["waiting", "unassigned"])


@pytest.mark.parametrize("cursor", ["", "x", "é", "AAAA", "k6N0d28", "a" * 500, "gqNhbGw", "\x00"])
async def test_a_cursor_that_is_none_is_refused(sqlite_database: Database, cursor: str) -> None:
    with pytest.raises(Problem, match="422 wrong-field: cursor"):
        await _page(sqlite_database, "waiting", cursor=cursor)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("view", VIEWS)
async def test_a_cursor_of_an_instant_that_utc_has_not_is_refused(
    sqlite_database: Database, view: View, at: str
) -> None:
    with pytest.raises(Problem, match="422 wrong-field: cursor"):
        await _page(sqlite_database, view, cursor=cursor_of(_Forged(view, at, "c")))


async def test_a_cursor_of_another_view_is_refused(sqlite_database: Database) -> None:
    await _filled(sqlite_database)
    cursor = (await _page(sqlite_database, "waiting", limit=1)).next
    with pytest.raises(Problem, match="422 wrong-field: cursor"):
        await _page(sqlite_database, "all", cursor=cursor)
