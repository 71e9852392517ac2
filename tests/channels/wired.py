"""The real application with channels turned on by their settings, a scripted dialogue behind it, a real database."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import policy
from bot.app import create_app
from bot.db.engine import Database
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.record.scripted import KEY, ScriptedDialogue, Watch

PUBLIC_URL = "https://guide.example"
"""What providers know the guide as; they sign this address, not the one of the test's server."""


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
        policy=policy.load_all().policy,
        catalogue=Catalogue.load(ROOT / "data" / "responses"),
    )
    async with TestClient(TestServer(app)) as client:
        yield Wired(client, dialogue, watch, database)
