"""A database that is away is told apart from a statement that is wrong."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.db.address import read_address
from bot.db.engine import Database, open_database
from bot.db.error import UnavailableError, is_unavailable
from bot.db.postgres import writer
from tests.databases import PostgresServer


async def test_a_wrong_statement_is_no_outage(database: Database) -> None:
    for wrong in ("SELECT nonsense", "INSERT INTO conversations (id) VALUES (NULL)"):
        with pytest.raises(SQLAlchemyError):
            async with database.write() as session:
                await session.execute(text(wrong))


async def test_a_server_that_goes_away_is_unavailable_and_then_there_again(postgres: PostgresServer) -> None:
    database = await open_database(postgres.database())
    try:
        with pytest.raises(UnavailableError):
            async with database.write() as session:
                await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        async with database.read_once() as session:
            assert await session.scalar(text("SELECT 1")) == 1
    finally:
        await database.close()


async def test_a_server_that_hangs_is_unavailable_and_is_not_waited_for(postgres: PostgresServer) -> None:
    address = read_address(postgres.database())
    engine = writer(address, statement_seconds=0.2)
    database = Database(address, engine, engine)
    try:
        with pytest.raises(UnavailableError):
            async with database.read_once() as session:
                await session.execute(text("SELECT pg_sleep(60)"))
        async with database.read_once() as session:
            assert await session.scalar(text("SELECT 1")) == 1
    finally:
        await database.close()


async def test_a_database_that_takes_nobody_for_a_while_is_unavailable(postgres: PostgresServer) -> None:
    url = postgres.database()
    name = url.partition("?")[0].rpartition("/")[2]
    database, other = await open_database(url), await open_database(postgres.database())
    try:
        async with other.write() as session:
            await session.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        await database.engine.dispose()
        with pytest.raises(UnavailableError):
            async with database.write() as session:
                await session.execute(text("SELECT 1"))
    finally:
        await database.close()
        await other.close()


async def test_a_full_disk_is_told(sqlite_database: Database) -> None:
    async with sqlite_database.write() as session:
        pages = await session.scalar(text("PRAGMA page_count"))
    with pytest.raises(UnavailableError) as full:
        async with sqlite_database.write() as session:
            await session.execute(text(f"PRAGMA max_page_count = {pages}"))
            await session.execute(text("CREATE TABLE filling AS SELECT randomblob(1000000) AS blob"))
    assert full.value.is_full


def test_an_error_made_of_an_outage_is_one() -> None:
    try:
        try:
            raise UnavailableError
        except UnavailableError as error:
            raise ValueError("an action failed") from error
    except ValueError as error:
        assert is_unavailable(error)
    assert not is_unavailable(ValueError())
