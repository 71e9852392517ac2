"""The channel, put together against a server that plays the Graph API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channels.kind import Parts
from bot.channels.messenger.channel import KIND, Messenger
from bot.conversations.outbox.port import Letter, Part
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.channels.graph.fake_graph import PSID, FakeGraph, settings
from tests.record.scripted import NOON

HELLO = Letter(PSID, Part("Hello"), "key-1", "en", NOON, NOON, NOON)


@asynccontextmanager
async def messenger(graph: FakeGraph, **more: str) -> AsyncIterator[Messenger]:
    """The channel with these settings besides."""
    options = KIND.read(settings(graph) | more)
    channel = Messenger(options, Parts(Settings(), Catalogue.load(ROOT / "data" / "responses")))  # type: ignore[arg-type]
    yield channel
    await channel.close()
