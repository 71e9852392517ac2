"""The record, the desk under test with its webhook served, and a Chatwoot that both ends really talk to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.conversations.dialogue_port import Answer, Inbound
from bot.conversations.handover import Handover
from bot.conversations.models import Conversation, Message, Note
from bot.db.engine import Database
from bot.handoff_desks.chatwoot.desk import ChatwootDesk
from bot.handoff_desks.chatwoot.mirror import Mirror
from bot.handoff_desks.chatwoot.options import Options
from bot.http.problems import problems
from bot.settings import ROOT
from bot.texts import Catalogue
from tests.handoff_desks.chatwoot.fake_chatwoot import ACCOUNT, INBOX, SECRET, TOKEN, FakeChatwoot
from tests.record.scripted import ScriptedDialogue, Watch, answer, conversations, message

CATALOGUE = Catalogue.load(ROOT / "data" / "responses")
_LONG = 300.0
_STEPS = 1_000
_STEP_SECONDS = 0.005


class Naps:
    """Pauses that end when the test says so; the long ones, between sweeps, never."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._sleeping: list[asyncio.Future[None]] = []

    async def __call__(self, seconds: float) -> None:
        nap: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if seconds < _LONG:
            self.seconds.append(seconds)
            self._sleeping.append(nap)
        await nap

    def end(self) -> None:
        sleeping, self._sleeping = self._sleeping, []
        for nap in sleeping:
            if not nap.done():
                nap.set_result(None)


async def until(is_so: Callable[[], Any]) -> None:
    """Waits until something is so, five seconds at most."""
    for _ in range(_STEPS):
        if is_so():
            return
        await asyncio.sleep(_STEP_SECONDS)
    raise AssertionError("it did not come to that")


class World:
    """Both ends and what is between them."""

    def __init__(self, database: Database, chatwoot: FakeChatwoot, watch: Watch) -> None:
        self.database = database
        self.chatwoot = chatwoot
        self.watch = watch
        self.naps = Naps()
        self.dialogue = ScriptedDialogue(database, watch)
        self.dialogue.script = script_of_travellers
        self.service = conversations(database, self.dialogue, watch)
        self.handover = Handover(database, self.service, CATALOGUE, watch)
        self.desk = self.new_desk()
        self._sent = 0

    def new_desk(self) -> ChatwootDesk:
        return ChatwootDesk(
            Options(self.chatwoot.url, ACCOUNT, INBOX, TOKEN, (SECRET,)),
            database=self.database,
            handover=self.handover,
            broadcast=self.service.broadcast,
            clock=self.watch,
            catalogue=CATALOGUE,
            sleep=self.naps,
        )

    @property
    def mirror(self) -> Mirror:
        assert self.desk.mirror is not None
        return self.desk.mirror

    async def receive_hook(self, request: web.Request) -> web.Response:
        _method, _path, handler = self.desk.routes()[0]
        response: web.Response = await handler(request)
        return response

    async def restart(self) -> None:
        """The guide ends in the middle of its work and starts again."""
        await self.desk.stop()
        self.desk = self.new_desk()
        await self.desk.start()

    async def begin(self) -> str:
        return (await self.service.start("web", "en")).conversation_id

    async def say(self, conversation_id: str, words: str) -> None:
        self._sent += 1
        await self.service.receive(conversation_id, message(words, f"c{self._sent}"))

    async def waiting(self, *words: str) -> str:
        """A conversation that waits, with what was said before."""
        conversation_id = await self.begin()
        for each in (*words, "person"):
            await self.say(conversation_id, each)
        return conversation_id

    async def mirrored(self) -> str:
        """A conversation that waits and is at Chatwoot as number 1."""
        conversation_id = await self.waiting()
        await until(lambda: self.chatwoot.seen()[-1:] == ["note: Guide: Wait here."])
        await self.settled()
        return conversation_id

    async def settled(self) -> None:
        """Waits until nothing is to do any more, also for those who are told late."""
        calm = 0
        for _ in range(_STEPS):
            await self.chatwoot.called()
            calm = calm + 1 if self.mirror.idle else 0
            if calm > 4:
                return
            await asyncio.sleep(_STEP_SECONDS)
        raise AssertionError("it does not settle")

    async def conversation(self, conversation_id: str) -> Conversation:
        async with self.database.read() as session:
            found = await session.get(Conversation, conversation_id)
        assert found is not None
        return found

    async def transcript(self, conversation_id: str) -> list[str]:
        async with self.database.read() as session:
            found = await session.scalars(
                select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
            )
        return [f"{each.sender}: {each.text}" for each in found]

    async def notes(self, conversation_id: str) -> list[str]:
        async with self.database.read() as session:
            found = await session.scalars(select(Note).where(Note.conversation_id == conversation_id))
        return [f"{each.author_name}: {each.text}" for each in found]


async def script_of_travellers(inbound: Inbound) -> Answer | None:
    """ "person" waits for one, "never mind" does not any more, and the rest is echoed."""
    if inbound.text == "person":
        return answer("Wait here.", state="waiting", handoff="asked", intent="talk_to_human")
    if inbound.text == "never mind":
        return answer("All right.", leaves_queue=True)
    return answer(f"You said: {inbound.text}")


@asynccontextmanager
async def _world(database: Database) -> AsyncIterator[World]:
    watch = Watch()
    chatwoot = FakeChatwoot(watch)
    server = TestServer(chatwoot.app())
    await server.start_server()
    chatwoot.url = str(server.make_url("")).rstrip("/")
    world = World(database, chatwoot, watch)
    app = web.Application(middlewares=[problems])
    app.router.add_post("/handoff/chatwoot/webhook", world.receive_hook)
    guide = TestServer(app)
    await guide.start_server()
    chatwoot.hook_url = str(guide.make_url("/handoff/chatwoot/webhook"))
    await world.desk.start()
    try:
        yield world
    finally:
        await chatwoot.called()
        await world.desk.stop()
        await world.service.finish()
        await guide.close()
        await server.close()


@pytest.fixture
async def world(database: Database) -> AsyncIterator[World]:
    """Everything, once on each kind of database."""
    async with _world(database) as world:
        yield world


@pytest.fixture
async def sqlite_world(sqlite_database: Database) -> AsyncIterator[World]:
    """Everything, for what does not depend on the kind of database."""
    async with _world(sqlite_database) as world:
        yield world
