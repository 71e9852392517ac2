"""Opening a database and its two ways of use, on SQLite and PostgreSQL alike."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.applicants.models import Identity, IdentityFailure
from bot.db.engine import Database, DatabaseError, open_database

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def _failure(subject: str, at: datetime = NOW) -> IdentityFailure:
    return IdentityFailure(subject=subject, failures=1, last_at=at)


async def _subjects(database: Database) -> list[str]:
    async with database.read() as session:
        return list((await session.execute(text("SELECT subject FROM identity_failures ORDER BY 1"))).scalars())


async def test_write_commits(database: Database) -> None:
    async with database.write() as session:
        session.add(_failure("a"))
    assert await _subjects(database) == ["a"]


async def test_write_takes_everything_back_when_the_block_raises(database: Database) -> None:
    with pytest.raises(LookupError):
        async with database.write() as session:
            session.add(_failure("a"))
            await session.flush()
            raise LookupError
    assert await _subjects(database) == []


async def test_read_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with database.read() as session:
            await session.execute(text("DELETE FROM identity_failures"))
    async with database.write() as session:
        session.add(_failure("a"))


async def test_read_once_sees_what_is_written_and_cannot_write(database: Database) -> None:
    for subject in ("a", "b"):
        async with database.write() as session:
            session.add(_failure(subject))
        async with database.read_once() as session:
            seen = (await session.execute(text("SELECT count(*) FROM identity_failures"))).scalar_one()
        assert seen == ord(subject) - ord("a") + 1
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with database.read_once() as session:
            await session.execute(text("DELETE FROM identity_failures"))
    assert await _subjects(database) == ["a", "b"]


async def test_many_writers_lose_no_count(database: Database) -> None:
    async with database.write() as session:
        session.add(_failure("a"))

    async def one_more() -> None:
        async with database.write() as session:
            row = await session.get_one(IdentityFailure, "a", with_for_update=True)
            await asyncio.sleep(0)
            row.failures += 1

    await asyncio.gather(*(one_more() for _ in range(20)))
    async with database.read() as session:
        assert (await session.get_one(IdentityFailure, "a")).failures == 21


async def test_two_open_databases_wait_for_each_other(database: Database, database_url: str) -> None:
    other = await open_database(database_url)

    async def add(where: Database, subject: str) -> None:
        async with where.write() as session:
            session.add(_failure(subject))

    await asyncio.gather(*(add(where, f"{number:02}") for number, where in enumerate([database, other] * 10)))
    await other.close()
    assert len(await _subjects(database)) == 20


async def test_an_instant_comes_back_in_utc(database: Database) -> None:
    async with database.write() as session:
        session.add(_failure("a", NOW.astimezone(timezone(timedelta(hours=-8)))))
    async with database.read() as session:
        last_at = (await session.get_one(IdentityFailure, "a")).last_at
    assert last_at == NOW
    assert last_at.tzinfo is UTC


async def test_a_time_of_nowhere_is_not_stored(database: Database) -> None:
    with pytest.raises(StatementError, match="has no offset from UTC"):
        async with database.write() as session:
            session.add(_failure("a", NOW.replace(tzinfo=None)))


async def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        async with database.write() as session:
            session.add(Identity(conversation_id="c", applicant_id="nobody", proved_at=NOW))


async def test_a_sqlite_commit_is_on_disk_before_it_is_answered(sqlite_database: Database) -> None:
    async with sqlite_database.write() as session:
        assert (await session.execute(text("PRAGMA synchronous"))).scalar() == 2  # FULL
        assert (await session.execute(text("PRAGMA journal_mode"))).scalar() == "wal"


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "guide.sqlite3"
    await (await open_database(f"sqlite:///{file}")).close()
    assert file.exists()


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, whatever its name" * 100, encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"notes\.txt cannot be opened \(file is not a database\); set"):
        await open_database(f"sqlite+aiosqlite:///{file}")


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match=r"cannot be opened \(.+\); set DATABASE_URL or DATA_DIR"):
        await open_database(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'guide.sqlite3'}")


async def test_a_server_that_is_not_there_and_no_password_in_the_sentence() -> None:
    with pytest.raises(DatabaseError, match=r"cannot be opened \(.+\); check that it is running") as refused:
        await open_database("postgresql://guide:hunter2@127.0.0.1:9/guide")
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)
