"""Two processes on one PostgreSQL: the same conversation served by both, with Redis and without."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import policy
from bot.app import create_app
from bot.conversations.dialogue_port import Answer, Inbound
from bot.conversations.recovery import ABANDONED_SECONDS, Recovery
from bot.conversations.service import Conversations
from bot.db.engine import Database
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.between.conftest import MakeProcess
from tests.record.scripted import KEY, ScriptedDialogue, Watch, message
from tests.redis_server import RedisServer

CATALOGUE = Catalogue.load(ROOT / "data" / "responses")
Client = TestClient[web.Request, web.Application]


@asynccontextmanager
async def app(database: Database, redis_url: str) -> AsyncIterator[Client]:
    settings = Settings(secret_key=KEY, redis_url=redis_url, data_dir=Path("/nonexistent"))
    made = create_app(
        settings,
        clock=Watch(),
        database=database,
        dialogue=ScriptedDialogue(database, Watch()),
        policy=policy.load_all().policy,
        catalogue=CATALOGUE,
    )
    async with TestClient(TestServer(made)) as client:
        yield client


async def begin(client: Client) -> tuple[str, dict[str, str]]:
    async with client.post("/api/v1/conversations", json={}) as response:
        started = await response.json()
    return f"/api/v1/conversations/{started['conversation_id']}", {"Authorization": f"Bearer {started['token']}"}


async def say(client: Client, path: str, headers: dict[str, str], words: str) -> list[int]:
    body = {"text": words, "client_message_id": words}
    async with client.post(f"{path}/messages", json=body, headers=headers) as response:
        assert response.status == 200
        return [each["seq"] for each in (await response.json())["messages"]]


async def shown(socket: Any, count: int) -> list[int]:
    seqs: list[int] = []
    async with asyncio.timeout(10):
        while len(seqs) < count:
            frame = await socket.receive_json()
            if frame["type"] == "message":
                seqs.append(frame["message"]["seq"])
    return seqs


@pytest.mark.parametrize("with_redis", [True, False])
async def test_a_socket_on_one_process_shows_what_another_wrote(
    shared_database: Database, redis: RedisServer, with_redis: bool
) -> None:
    url = redis.url if with_redis else ""
    async with app(shared_database, url) as here, app(shared_database, url) as there:
        path, headers = await begin(here)
        async with here.ws_connect(f"{path}/ws") as socket:
            await socket.send_json({"type": "auth", "token": headers["Authorization"].removeprefix("Bearer ")})
            assert await shown(socket, 1) == [1]
            assert await say(there, path, headers, "one") == [2, 3, 4]
            assert await shown(socket, 3) == [2, 3, 4]
            if with_redis:
                redis.stop()
                try:
                    assert await say(there, path, headers, "two") == [5, 6, 7]
                    assert await shown(socket, 3) == [5, 6, 7]
                    async with here.get("/readyz") as response:
                        assert (response.status, await response.json()) == (200, {"ready": True, "missing": ["redis"]})
                finally:
                    redis.start()


class _Slow(ScriptedDialogue):
    """Waits until several think of the same message, where there are several."""

    def __init__(self, together: asyncio.Barrier | None) -> None:
        super().__init__()
        self._together = together

    async def answer(self, inbound: Inbound) -> Answer:
        if self._together is not None and inbound.text == "one":
            await self._together.wait()
        return await super().answer(inbound)


async def test_two_that_answer_the_same_message_without_locks_give_one_answer_in_order(
    shared_database: Database, process: MakeProcess
) -> None:
    both_think = asyncio.Barrier(2)
    dialogues = [_Slow(both_think), _Slow(both_think)]
    guides = []
    for each in dialogues:
        made = await process(with_redis=False)
        guides.append(
            Conversations(shared_database, each, CATALOGUE, Watch(), KEY, broadcast=made.broadcast, locks=made.locks)
        )
    started = await guides[0].start("web", "en")
    first = asyncio.create_task(guides[0].receive(started.conversation_id, message("one", "1")))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(guides[1].receive(started.conversation_id, message("two", "2")))
    async with asyncio.timeout(10):
        transcripts = [await first, await second]
    assert [len(dialogue.heard) for dialogue in dialogues] != [0, 2], "both were to think of the first message"
    said = (await guides[0].catch_up(started.conversation_id, 1)).messages
    assert [each.seq for each in said] == list(range(2, 8))
    answers = [each.text for each in said if each.sender == "bot" and each.text.startswith("You said")]
    assert answers == ["You said: one", "You said: two"]
    assert [transcript.messages[1].text for transcript in transcripts] == answers


async def test_recovery_leaves_alone_what_a_living_process_answers(
    shared_database: Database, process: MakeProcess
) -> None:
    async with AsyncExitStack() as stack:
        living, other = await process(), await process()
        dialogue = ScriptedDialogue(hold=asyncio.Event())
        at_work = Conversations(
            shared_database, dialogue, CATALOGUE, Watch(), KEY, broadcast=living.broadcast, locks=living.locks
        )
        stack.push_async_callback(at_work.finish)
        helper = Conversations(
            shared_database, ScriptedDialogue(), CATALOGUE, Watch(), KEY, broadcast=other.broadcast, locks=other.locks
        )
        now = [0.0]
        recovery = Recovery(helper, shared_database, other.locks, monotonic=lambda: now[0])
        started = await at_work.start("web", "en")
        turn = asyncio.create_task(at_work.receive(started.conversation_id, message("one", "1")))
        await dialogue.hearing.wait()
        for now[0] in (0.0, 1.0, 1000.0):
            assert await recovery.look() == 0
        assert dialogue.hold is not None
        dialogue.hold.set()
        assert [each.sender for each in (await turn).messages] == ["traveller", "bot", "bot"]


@pytest.mark.parametrize(("with_redis", "patience"), [(True, 1.0), (False, ABANDONED_SECONDS)])
async def test_recovery_picks_up_what_a_dead_process_left_and_no_sooner(
    shared_database: Database, process: MakeProcess, with_redis: bool, patience: float
) -> None:
    dead, other = await process(with_redis=with_redis), await process(with_redis=with_redis)
    dialogue = ScriptedDialogue(hold=asyncio.Event())
    killed = Conversations(
        shared_database, dialogue, CATALOGUE, Watch(), KEY, broadcast=dead.broadcast, locks=dead.locks
    )
    started = await killed.start("web", "en")
    turn = asyncio.create_task(killed._receive(started.conversation_id, message("one", "1")))
    await dialogue.hearing.wait()
    turn.cancel()
    await asyncio.gather(turn, return_exceptions=True)
    helper = Conversations(
        shared_database, ScriptedDialogue(), CATALOGUE, Watch(), KEY, broadcast=other.broadcast, locks=other.locks
    )
    now = [0.0]
    recovery = Recovery(helper, shared_database, other.locks, monotonic=lambda: now[0])
    assert await recovery.look() == 0
    now[0] = patience - 0.6
    assert await recovery.look() == 0
    now[0] = patience
    assert await recovery.look() == 1
    said = (await helper.catch_up(started.conversation_id, 1)).messages
    assert [each.text for each in said] == ["one", "You said: one", "Anything else?"]
    assert await recovery.look() == 0
