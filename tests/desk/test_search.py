"""Search: what is found, by whom, and that what is typed stays words."""

import pytest
from sqlalchemy import delete, update

from bot.conversations.models import Conversation, Message
from bot.db.engine import Database
from bot.desk.search import Hits, marks_in, search, words_of
from bot.http.problems import Problem
from bot.staff.roles import Role
from tests.desk.inserted import BO, conversation, note, once_held, viewer

NASTY = [
    '"',
    "'",
    "a OR b",
    'entrevue" OR "x',
    "words:hello",
    "hel*lo",
    "NEAR(a b)",
    "-x",
    "^a",
    "(",
    "a & !b",
    ":*",
    "%",
]


async def _search(
    database: Database, asked: str, role: Role = "supervisor", cursor: str | None = None, who: str = ""
) -> Hits:
    async with database.read() as session:
        seen_by = viewer(BO, role) if who == "bo" else viewer(role=role)
        return await search(session, seen_by, asked, cursor)


async def _places(database: Database, asked: str, role: Role = "supervisor") -> list[tuple[str, int, str]]:
    return [(hit.conversation_id, hit.seq, hit.sender) for hit in (await _search(database, asked, role)).hits]


async def test_accents_capitals_and_ligatures_do_not_matter(database: Database) -> None:
    await conversation(database, "t: Où est le bureau d’inscription À ÉTÉ ?", "b: Le cœur du centre", id="a")
    for asked in ("été", "ETE", "inscription bureau", "a ete", "Été où"):
        assert await _places(database, asked) == [("a", 1, "traveller")], asked
    for asked in ("coeur", "CŒUR centre", "cœ"):
        assert await _places(database, asked) == [("a", 2, "bot")], asked
    assert await _places(database, "bureau centre") == []


async def test_only_the_last_word_may_be_a_beginning(database: Database) -> None:
    await conversation(database, "t: my interview at Vancouver", id="a")
    assert await _places(database, "interview vanc") == [("a", 1, "traveller")]
    assert await _places(database, "inter vancouver") == []


async def test_notes_are_found_and_the_newest_comes_first(database: Database) -> None:
    await conversation(database, "t: lost passport", "b: Lost? Come in.", id="a")
    await note(database, "a", 2, "says it was lost twice")
    assert await _places(database, "lost") == [("a", 2, "note"), ("a", 2, "bot"), ("a", 1, "traveller")]


async def test_what_may_not_be_seen_is_not_found(database: Database) -> None:
    await conversation(database, "t: secret garden", id="theirs", state="human", assignee_id=BO.id, assignee_name="Bo")
    await note(database, "theirs", 1, "secret note")
    await conversation(database, "t: secret word", id="waits", state="waiting")
    await conversation(database, "t: secret past", id="past")
    await once_held(database, "past", BO)
    assert await _places(database, "secret", "agent") == [("waits", 1, "traveller")]
    assert {hit.conversation_id for hit in (await _search(database, "secret", "agent", who="bo")).hits} == {
        "theirs",
        "waits",
        "past",
    }
    assert len(await _places(database, "secret")) == 4


async def test_what_is_changed_or_removed_is_found_as_it_is(database: Database) -> None:
    await conversation(database, "t: first words", "t: second words", id="a")
    await note(database, "a", 1, "third words")
    async with database.write() as session:
        await session.execute(update(Message).where(Message.id == "a-1").values(text="erased"))
    assert await _places(database, "words") == [("a", 1, "note"), ("a", 2, "traveller")]
    assert await _places(database, "erased") == [("a", 1, "traveller")]
    async with database.write() as session:
        await session.execute(delete(Conversation).where(Conversation.id == "a"))
        left = await (await session.connection()).exec_driver_sql("SELECT count(*) FROM search_entries")
        assert left.scalar_one() == 0
    assert await _places(database, "words") == []


@pytest.mark.parametrize("limit", [2_000, 3])
async def test_pages_lose_and_repeat_nothing(database: Database, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr("bot.desk.search.PAGE", 2)
    monkeypatch.setattr("bot.desk.search.LOOKED_AT", limit)
    await conversation(database, *["t: same words"] * 4, id="mine", state="waiting")
    await conversation(database, *["t: same words"] * 4, id="other")
    await conversation(database, "t: same words", id="last", state="waiting")
    found: list[tuple[str, int]] = []
    cursor = None
    for _ in range(9):
        hits = await _search(database, "same", "agent", cursor)
        found += [(hit.conversation_id, hit.seq) for hit in hits.hits]
        cursor = hits.next
        if cursor is None:
            break
    assert found == [("last", 1), *[("mine", seq) for seq in (4, 3, 2, 1)]]


async def test_what_is_typed_never_reaches_the_syntax_of_the_search(database: Database) -> None:
    await conversation(database, "t: hello there", id="a")
    for asked in NASTY:
        try:
            hits = await _search(database, asked)
        except Problem as problem:
            assert problem.details.status == 422, asked
        else:
            assert hits.hits == [], asked
    assert await _places(database, 'hello" "there') == [("a", 1, "traveller")]


def test_marks_count_as_browsers_do() -> None:
    text = "🙂 Été à l’aéroport, été"
    marks = marks_in(text, words_of("aero ete"))
    units = text.encode("utf-16-le")
    assert [units[2 * start : 2 * end].decode("utf-16-le") for start, end in marks] == ["Été", "été"]
    assert [units[2 * a : 2 * b].decode("utf-16-le") for a, b in marks_in(text, words_of("ete aero"))] == [
        "Été",
        "aéroport",
        "été",
    ]


@pytest.mark.parametrize("asked", ["", " ", "?!", "x" * 201, "_"])
def test_a_search_without_words_is_refused(asked: str) -> None:
    with pytest.raises(Problem, match="422 wrong-field: q"):
        words_of(asked)


@pytest.mark.parametrize("cursor", ["", "x", "kQ", "kf8", "gqNhbGw"])
async def test_a_cursor_that_is_none_is_refused(sqlite_database: Database, cursor: str) -> None:
    with pytest.raises(Problem, match="422 wrong-field: cursor"):
        await _search(sqlite_database, "hello", cursor=cursor)
