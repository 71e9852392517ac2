"""The real application with channels turned on by their settings, a scripted dialogue behind it, a real database."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import policy
from bot.app import create_app
from bot.db.engine import Database
from bot.guidance.policy import Policy
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.record.scripted import KEY, ScriptedDialogue, Watch

PUBLIC_URL = "https://guide.example"
"""What providers know the guide as; they sign this address, not the one of the test's server."""


@cache
def _catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "data" / "responses")


@cache
def _policy() -> Policy:
    return policy.load_all().policy


@dataclass
class Wired:
    """A client that plays the provider's calls, and what stands behind the application."""

    client: TestClient[web.Request, web.Application]
    dialogue: ScriptedDialogue
    watch: Watch
    database: Database


@asynccontextmanager
async def wired(database: Database, environment: Mapping[str, str]) -> AsyncIterator[Wired]:
    """The application, serving; `environment` holds the channels' settings, among them the fake provider's address."""
    watch = Watch()
    dialogue = ScriptedDialogue(database, watch)
    settings = Settings(
        secret_key=KEY, public_url=PUBLIC_URL, data_dir=Path("/nonexistent"), environment=dict(environment)
    )
    app = create_app(
        settings,
        clock=watch,
        database=database,
        dialogue=dialogue,
        policy=_policy(),
        catalogue=_catalogue(),
    )
    async with TestClient(TestServer(app)) as client:
        yield Wired(client, dialogue, watch, database)


@asynccontextmanager
async def time_passes(watch: Watch) -> AsyncIterator[None]:
    """A minute at every blink, for as long as the block runs: what is to be tried again later is due."""

    async def tick() -> None:
        while True:
            watch.forward(minutes=1)
            await asyncio.sleep(0.05)

    ticking = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
