"""How connections to PostgreSQL are kept: few words for a statement, and none of it seen when one is dropped."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import asyncpg
import pytest
from sqlalchemy import event, text

from bot.db import postgres as rooms
from bot.db.engine import Database, open_database
from tests.databases import PostgresServer, counted, engines_of

WITHIN_SECONDS = 30.0
COUNT = text("SELECT count(*) FROM identity_failures")
ADD = text("INSERT INTO identity_failures (subject, failures, last_at) VALUES ('a', 1, '2026-11-21')")


@pytest.fixture
async def kept(postgres: PostgresServer) -> AsyncIterator[Database]:
    database = await open_database(postgres.database())
    yield database
    await database.close()


@contextmanager
def said(database: Database) -> Iterator[list[str]]:
    """Gathers everything that is said to the server, transactions included, by connections taken meanwhile."""
    loggers: list[tuple[Any, Any]] = []

    def listen(connection: Any, _entry: object, _fairy: object) -> None:
        def note(query: asyncpg.connection.LoggedQuery) -> None:
            words.append(query.query)

        connection.driver_connection.add_query_logger(note)
        loggers.append((connection.driver_connection, note))

    for engine in engines_of(database):
        # Before what looks at the connection, which is to be heard too.
        event.listen(engine, "checkout", listen, insert=True)
    try:
        # The driver logs what it says of itself, and not what was prepared.
        with counted(database) as words:
            yield words
    finally:
        for engine in engines_of(database):
            event.remove(engine, "checkout", listen)
        for connection, note in loggers:
            connection.remove_query_logger(note)


async def test_a_single_statement_is_all_that_is_said(kept: Database) -> None:
    async with kept.read_once() as session:  # a first time, in which the driver learns of types
        await session.scalar(COUNT)
    with said(kept) as words:
        async with kept.read_once() as session:
            await session.scalar(COUNT)
    assert words == [COUNT.text]


async def test_a_transaction_begins_and_ends_once(kept: Database) -> None:
    async with kept.write() as session:
        await session.execute(ADD)
    with said(kept) as words:
        async with kept.write() as session:
            await session.scalar(COUNT)
    assert sorted(words) == ["BEGIN;", "COMMIT;", COUNT.text]


async def test_a_reader_sees_one_state(database: Database) -> None:
    async with database.read_once() as session:  # on the connection that is used next
        await session.scalar(COUNT)
    async with database.read() as session:
        assert await session.scalar(COUNT) == 0
        async with database.write() as other:
            await other.execute(ADD)
        assert await session.scalar(COUNT) == 0
    async with database.read() as session:
        assert await session.scalar(COUNT) == 1


async def _end_all(database: Database, postgres: PostgresServer) -> None:
    """Ends the server's side of every connection of ours, and waits until the driver knows."""
    name = database.address.database
    other = await open_database(postgres.database())
    ending = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
    left = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
    async with asyncio.timeout(WITHIN_SECONDS):
        async with other.write() as session:
            await session.execute(ending, {"name": name})
        while True:
            async with other.read_once() as session:
                if not await session.scalar(left, {"name": name}):
                    break
    await other.close()


async def test_what_the_server_ended_is_replaced_unseen(kept: Database, postgres: PostgresServer) -> None:
    for _ in range(2):
        # As many at once as there are, so that all of them are open.
        await asyncio.gather(*(_look(kept) for _ in range(rooms.CONNECTIONS)))
        async with kept.write() as session:
            await session.scalar(COUNT)
        await _end_all(kept, postgres)
        await asyncio.gather(*(_look(kept) for _ in range(rooms.CONNECTIONS)))
        async with kept.write() as session:
            assert await session.scalar(COUNT) == 0


async def _look(database: Database) -> None:
    async with database.read() as session:
        assert await session.scalar(COUNT) == 0


async def test_what_was_idle_for_long_is_asked_first(kept: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await _look(kept)
    monkeypatch.setattr(rooms, "IDLE_SECONDS", -1.0)
    with said(kept) as words:
        await _look(kept)
    assert ";" in words[: words.index(COUNT.text)]
    assert words.count(COUNT.text) == 1


async def test_what_was_dropped_on_the_way_is_replaced_unseen(kept: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await _look(kept)
    monkeypatch.setattr(rooms, "IDLE_SECONDS", -1.0)
    asked = 0

    def lost(_connection: object) -> NoReturn:
        nonlocal asked
        asked += 1
        raise ConnectionResetError("dropped")

    monkeypatch.setattr("sqlalchemy.dialects.postgresql.asyncpg.AsyncAdapt_asyncpg_connection.ping", lost)
    await _look(kept)
    assert asked == 1
