"""The audit is append-only, and neither it nor the act it speaks of is there without the other."""

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.audit.actor import Actor
from bot.audit.log import note
from bot.audit.models import AuditEntry
from bot.db.engine import Database, open_database
from bot.db.upsert import insert_into
from tests.databases import PostgresServer
from tests.record.scripted import NOON

ALEX = Actor("staff:alex", "Alex Tremblay")


async def _write(database: Database) -> None:
    async with database.write() as session:
        await note(session, ALEX, "conversation.taken", "conversation", "c1", NOON, {"reason": "asked"})


async def _count(database: Database) -> int | None:
    async with database.read_once() as session:
        return await session.scalar(select(func.count()).select_from(AuditEntry))


async def test_an_entry_says_who_did_what_to_what_and_when(database: Database) -> None:
    await _write(database)
    async with database.read_once() as session:
        entry = (await session.scalars(select(AuditEntry))).one()
    assert (entry.at, entry.actor_id, entry.actor_name) == (NOON, "staff:alex", "Alex Tremblay")
    assert (entry.action, entry.object_kind, entry.object_id) == ("conversation.taken", "conversation", "c1")
    assert entry.data == {"reason": "asked"}


@pytest.mark.parametrize(
    "act", [update(AuditEntry).values(actor_name="Bo"), delete(AuditEntry)], ids=["update", "delete"]
)
async def test_the_audit_cannot_be_changed_or_emptied(database: Database, act: object) -> None:
    await _write(database)
    with pytest.raises(DBAPIError, match="the audit is append-only"):
        async with database.write() as session:
            await session.execute(act)  # type: ignore[call-overload]
    assert await _count(database) == 1


async def test_an_entry_cannot_be_written_over(database: Database) -> None:
    await _write(database)
    other = {"at": NOON, "actor_id": "x", "actor_name": "x", "action": "x", "object_kind": "x", "object_id": "x"}
    async with database.read_once() as session:
        taken = await session.scalar(select(AuditEntry.id))
    row = {"id": taken, "data": {}, **other}
    ways = [insert_into(session, AuditEntry).values(row).on_conflict_do_update(index_elements=["id"], set_=other)]
    if database.engine.dialect.name == "sqlite":
        ways.append(insert(AuditEntry).prefix_with("OR REPLACE").values(row))
    for way in ways:
        with pytest.raises(DBAPIError, match="the audit is append-only"):
            async with database.write() as session:
                await session.execute(way)
    async with database.read_once() as session:
        assert await session.scalar(select(AuditEntry.actor_id)) == "staff:alex"


async def test_the_audit_cannot_be_truncated(postgres: PostgresServer) -> None:
    database = await open_database(postgres.database())
    await _write(database)
    with pytest.raises(DBAPIError, match="the audit is append-only"):
        async with database.write() as session:
            await session.execute(text("TRUNCATE audit"))
    assert await _count(database) == 1
    await database.close()


async def test_an_act_that_fails_leaves_no_entry(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.write() as session:
            await note(session, ALEX, "conversation.taken", "conversation", "c1", NOON)
            raise RuntimeError
    assert await _count(database) == 0
