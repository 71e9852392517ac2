"""PostgreSQL goes away and comes back under a guide that serves: nothing is confirmed that is not stored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.engine import make_url

from bot.db.engine import Database
from tests.between.test_processes import app, begin, say
from tests.databases import PostgresServer


@asynccontextmanager
async def unreachable(postgres: PostgresServer, database: Database) -> AsyncIterator[None]:
    """The server's socket is moved away, and every connection to the database is cut."""
    folder = postgres._socket_folder
    admin = await asyncpg.connect(host=str(folder), user="postgres", database="postgres")
    (socket,) = [each for each in folder.glob(".s.PGSQL.*") if each.suffix != ".lock"]
    away = socket.with_name("away")
    socket.rename(away)
    try:
        name = make_url(database.address).database
        await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        yield
    finally:
        away.rename(socket)
        await admin.close()


async def test_while_the_database_is_away_nothing_is_confirmed_and_then_all_goes_on(
    postgres: PostgresServer, shared_database: Database
) -> None:
    async with app(shared_database, "") as client:
        path, headers = await begin(client)
        body = {"text": "one", "client_message_id": "one"}
        async with client.ws_connect(f"{path}/ws?after=1") as socket:
            await socket.send_json({"type": "auth", "token": headers["Authorization"].removeprefix("Bearer ")})
            assert (await socket.receive_json())["type"] == "ready"
            async with unreachable(postgres, shared_database):
                async with client.post(f"{path}/messages", json=body, headers=headers) as response:
                    assert response.status == 503
                    assert int(response.headers["Retry-After"]) > 0
                    assert (await response.json())["type"] == "urn:nexus-guide:problem:database-away"
                async with client.get("/readyz") as response:
                    assert (response.status, await response.json()) == (503, {"ready": False, "missing": ["database"]})
                async with asyncio.timeout(10):
                    await socket.send_json({"type": "message", **body})
                    failed = await socket.receive_json()
                assert (failed["type"], failed["status"], failed["client_message_id"]) == ("error", 503, "one")
        assert await say(client, path, headers, "one") == [2, 3, 4]
        assert await say(client, path, headers, "one") == [2, 3, 4]
