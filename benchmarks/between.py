"""`python -m benchmarks.between`: how long a WebSocket on one process waits for what another process wrote.

Two applications with a dialogue that only echoes, each in a process of its own, on one PostgreSQL and one Redis.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from contextlib import AsyncExitStack, ExitStack
from typing import IO

from aiohttp import ClientSession, ClientWebSocketResponse

from tests.databases import postgres_server
from tests.redis_server import redis_server

MESSAGES = 200
WANTED_MS = 100.0


async def _serve(database_url: str, redis_url: str) -> None:
    from aiohttp.test_utils import TestServer

    import bot.app
    from bot.conversations.limits import Rate
    from bot.db.engine import open_database
    from tests.between.test_processes import app

    database = await open_database(database_url)
    vars(bot.app)["MESSAGES_PER_CONVERSATION"] = Rate(10_000, 10_000)  # what is measured is one busy conversation
    async with app(database, redis_url) as client:
        assert isinstance(client.server, TestServer)
        print(client.make_url("/"), flush=True)
        await asyncio.to_thread(sys.stdin.read)
    await database.close()


async def _measure(here: str, there: str) -> tuple[list[float], list[float]]:
    """Milliseconds, by message: from being shown on a socket at the process that wrote it, and from being sent."""
    async with ClientSession() as session, AsyncExitStack() as stack:
        async with session.post(f"{here}api/v1/conversations", json={}) as response:
            started = await response.json()
        path = f"api/v1/conversations/{started['conversation_id']}"
        headers = {"Authorization": f"Bearer {started['token']}"}
        sockets = []
        for each in (here, there):
            socket = await stack.enter_async_context(session.ws_connect(f"{each}{path}/ws?after=1"))
            await socket.send_json({"type": "auth", "token": started["token"]})
            sockets.append(socket)
        waited: list[float] = []
        took: list[float] = []
        for number in range(MESSAGES):
            body = {"text": f"message {number}", "client_message_id": str(number)}
            began = time.perf_counter()
            sending = asyncio.create_task(session.post(f"{there}{path}/messages", json=body, headers=headers))
            shown_here, shown_there = await asyncio.gather(*(_shown(socket, 3 * number + 4) for socket in sockets))
            (await sending).release()
            waited.append(max(0.0, shown_here - shown_there) * 1000)
            took.append((shown_here - began) * 1000)
    return waited, took


async def _shown(socket: ClientWebSocketResponse, seq: int) -> float:
    async with asyncio.timeout(30):
        while True:
            frame = json.loads(await socket.receive_str())
            if frame["type"] == "message" and frame["message"]["seq"] >= seq:
                return time.perf_counter()


def main() -> None:
    """Prints p50, p95 and p99, and fails where p95 is not what is wanted."""
    with postgres_server() as postgres, redis_server() as redis, ExitStack() as stack:
        url = postgres.database()
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "benchmarks.between", url, redis.url],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            )
            for _ in range(2)
        ]
        here, there = [_line(each.stdout) for each in processes]
        waited, took = asyncio.run(_measure(here, there))
        for each in processes:
            each.communicate()
    for name, each in (("from there to here", waited), ("from being sent until shown here", took)):
        cuts = statistics.quantiles(each, n=100)
        print(f"{len(each)} messages, {name}: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms")
    if statistics.quantiles(waited, n=100)[94] > WANTED_MS:
        sys.exit(f"expected p95 within {WANTED_MS:.0f} ms")


def _line(stream: IO[bytes] | None) -> str:
    assert stream is not None
    return stream.readline().decode().strip()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_serve(*sys.argv[1:3]))
    else:
        main()
