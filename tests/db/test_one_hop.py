"""aiosqlite with one hop a statement: nothing is begun, ended or kept that SQLAlchemy did not ask for."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.db import one_hop, sqlite
from bot.db.engine import Database

INSERT = text("INSERT INTO identity_failures (subject, failures, last_at) VALUES (:subject, 1, '2026-11-21')")
COUNT = text("SELECT count(*) FROM identity_failures")


@pytest.fixture
def hops(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the thread of a connection."""
    seen: list[str] = []
    execute = one_hop.OneHopConnection._execute

    async def counted(self: one_hop.OneHopConnection, work: Any, *rest: Any, **more: Any) -> Any:
        seen.append(getattr(work, "__name__", None) or work.func.__name__)
        return await execute(self, work, *rest, **more)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(one_hop.OneHopConnection, "_execute", counted)
    return seen


async def subjects(database: Database) -> int:
    async with database.read() as session:
        return int((await session.execute(COUNT)).scalar_one())


async def test_a_statement_is_one_hop_and_the_end_another(sqlite_database: Database, hops: list[str]) -> None:
    await subjects(sqlite_database)
    hops.clear()
    await subjects(sqlite_database)
    assert hops == ["_run", "rollback"]
    hops.clear()
    async with sqlite_database.read_once() as session:
        await session.execute(COUNT)
    assert hops == ["_run"]
    async with sqlite_database.write() as session:
        await session.execute(INSERT, {"subject": "a"})
    hops.clear()
    async with sqlite_database.write() as session:
        await session.execute(INSERT, [{"subject": "b"}, {"subject": "c"}])
        assert (await session.execute(COUNT)).scalar_one() == 3
    assert hops == ["_run", "_run", "commit"]
    hops.clear()
    async with sqlite_database.write():
        pass
    assert hops == []


async def test_what_a_statement_gives_back(sqlite_database: Database) -> None:
    async with sqlite_database.write() as session:
        await session.execute(INSERT, [{"subject": "a"}, {"subject": "b"}])
        returned = await session.execute(text("DELETE FROM identity_failures RETURNING subject"))
        assert list(returned.keys()) == ["subject"]
        assert sorted(returned.scalars()) == ["a", "b"]
        await session.execute(INSERT, {"subject": "a"})
        changed: Any = await session.execute(text("UPDATE identity_failures SET failures = 2"))
        assert changed.rowcount == 1


async def test_a_statement_that_fails_leaves_its_transaction_to_be_taken_back(sqlite_database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with sqlite_database.write() as session:
            await session.execute(INSERT, {"subject": "a"})
            await session.execute(INSERT, {"subject": "a"})
    assert await subjects(sqlite_database) == 0


@pytest.mark.parametrize("steps", range(6))
async def test_a_write_that_is_cancelled_anywhere_is_taken_back(sqlite_database: Database, steps: int) -> None:
    async def write() -> None:
        async with sqlite_database.write() as session:
            await session.execute(INSERT, {"subject": "a"})
            await session.execute(INSERT, {"subject": "b"})
            await asyncio.sleep(60)

    async with sqlite_database.write() as session:
        await session.execute(COUNT)
    task = asyncio.create_task(write())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert await subjects(sqlite_database) == 0
    async with sqlite_database.write() as session:
        await session.execute(INSERT, {"subject": "c"})
    assert await subjects(sqlite_database) == 1


async def test_who_could_not_begin_writes_nothing_outside_a_transaction(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 10)
    impatient = Database(
        sqlite_database.address, sqlite.writer(sqlite_database.address), sqlite.reader(sqlite_database.address)
    )
    other = sqlite3.connect(Path(str(sqlite_database.address.database)), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LookupError):
        async with impatient.write() as session:
            with pytest.raises(OperationalError, match="locked"):
                await session.execute(INSERT, {"subject": "a"})
            other.execute("ROLLBACK")
            await session.execute(INSERT, {"subject": "b"})
            raise LookupError
    other.close()
    await impatient.close()
    assert await subjects(sqlite_database) == 0
