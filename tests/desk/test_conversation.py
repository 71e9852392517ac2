"""One conversation, what may be done with it, and the last ruling in it."""

from typing import Any

import pytest
from sqlalchemy import event

from bot.db.engine import Database
from bot.desk.conversation import OpenedConversation, last_ruling, opened
from bot.staff.roles import Role
from tests.desk.inserted import ALEX, BO, ago, conversation, proved, viewer
from tests.record.scripted import NOON

MINE = {"state": "human", "assignee_id": ALEX.id, "assignee_name": ALEX.name}
BOS = {"state": "human", "assignee_id": BO.id, "assignee_name": BO.name}


async def _opened(database: Database, talk: str, role: Role = "agent") -> OpenedConversation:
    async with database.read() as session:
        found = await opened(session, viewer(role=role), talk, NOON)
    assert found is not None
    return found


async def test_it_says_where_everybody_is(database: Database) -> None:
    talk = await conversation(database, "t: hello", staff_read_seq=1, traveller_read_seq=1, **MINE)
    found = await _opened(database, talk)
    assert (found.id, found.started_at, found.staff_read_seq, found.last_ruling) == (talk, ago(600), 1, None)
    async with database.read() as session:
        assert await opened(session, viewer(), "no-such", NOON) is None


@pytest.mark.parametrize(
    ("columns", "role", "can"),
    [
        ({"state": "bot"}, "agent", "take assign note resolve"),
        ({"state": "waiting"}, "agent", "take assign note snooze resolve"),
        ({"state": "waiting", "snoozed_until": ago(-5)}, "agent", "take assign note snooze wake resolve"),
        (MINE, "agent", "assign reply note snooze resolve hand_back correct"),
        (BOS, "agent", "note"),
        (BOS, "supervisor", "assign note correct"),
        ({"state": "closed"}, "supervisor", "note correct"),
    ],
)
async def test_what_may_be_done_follows_from_state_assignee_and_role(
    sqlite_database: Database, columns: dict[str, Any], role: Role, can: str
) -> None:
    talk = await conversation(sqlite_database, **columns)
    await proved(sqlite_database, talk)
    assert " ".join((await _opened(sqlite_database, talk, role)).can) == can


async def test_the_last_ruling_is_found_by_an_index_however_long_ago(database: Database) -> None:
    ruling = {"sender": "bot", "text": "Yes.", "meta": {"ruling": {"n": 1}, "card": "flight"}}
    newer = {**ruling, "meta": {"ruling": {"n": 2}}}
    talk = await conversation(database, ruling, newer, {**newer, "sender": "traveller"}, *["b: more"] * 50)
    statements: list[tuple[str, Any]] = []
    engine = database._readers.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *happening: statements.append(happening[2:4]))
    async with database.read() as session:
        found = await last_ruling(session, talk)
        assert found is not None
        assert (found.ruling, found.seq) == ({"n": 2}, 2)
        sqlite = session.get_bind().dialect.name == "sqlite"
        said, values = statements[-1]
        connection = await session.connection()
        if not sqlite:
            # So small a table is read whole unless this is dear.
            await connection.exec_driver_sql("SET enable_seqscan = off")
            await connection.exec_driver_sql("SET enable_bitmapscan = off")
        explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
        plan = (await connection.exec_driver_sql(f"{explain} {said}", values)).all()
    assert "ix_messages_ruling" in str(plan), plan
