"""The tables: made once, by whoever comes first, and exactly as the models say."""

import asyncio
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.db import migrate
from bot.db.engine import Database, DatabaseError, open_database
from bot.db.models import metadata

# Tables for search are each database's own, kept by triggers; no model could describe them on both (0009_search).
_WITHOUT_MODELS = "search_"


def _has_model(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith(_WITHOUT_MODELS))


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True, "include_name": _has_model}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata()))


async def test_models_and_migrations_agree(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_upgrade_makes_the_tables_once(empty_database_url: str) -> None:
    database = await open_database(empty_database_url)
    assert not await migrate.is_current(database)
    await database.close()

    assert await migrate.upgrade(empty_database_url)
    assert not await migrate.upgrade(empty_database_url)

    database = await open_database(empty_database_url)
    assert await migrate.is_current(database)
    await database.close()


async def test_two_upgrades_at_once_do_the_work_once(empty_database_url: str) -> None:
    done = await asyncio.gather(*(migrate.upgrade(empty_database_url) for _ in range(3)))
    assert sorted(done) == [False, False, True]


def test_several_processes_may_start_at_once(empty_database_url: str) -> None:
    program = "import asyncio, sys; from bot.db.migrate import upgrade; print(asyncio.run(upgrade(sys.argv[1])))"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_database_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    outputs = [process.communicate(timeout=60) for process in running]
    assert [stderr for _, stderr in outputs] == ["", "", ""]
    assert sorted(stdout.strip() for stdout, _ in outputs) == ["False", "False", "True"]


async def test_a_migration_that_fails_leaves_nothing_behind(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("stop here")

    upgrade_all = migrate.command.upgrade
    monkeypatch.setattr(migrate.command, "upgrade", lambda *arguments: (upgrade_all(*arguments), fail()))
    with pytest.raises(DatabaseError, match="stop here"):
        await migrate.upgrade(empty_database_url)

    monkeypatch.undo()
    assert await migrate.upgrade(empty_database_url)


async def test_a_database_of_a_newer_version_is_refused(database_url: str) -> None:
    database = await open_database(database_url)
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999_future'"))
    assert not await migrate.is_current(database)
    await database.close()

    with pytest.raises(DatabaseError, match=r"made by another version of the guide .*9999_future.*; install"):
        await migrate.upgrade(database_url)
