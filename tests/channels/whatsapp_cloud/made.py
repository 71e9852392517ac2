"""The channel, put together against a server that plays the Graph API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channels.kind import Parts
from bot.channels.whatsapp_cloud.channel import KIND, WhatsAppCloud
from bot.conversations.outbox.port import Letter, Part
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.channels.graph.fake_graph import WA_ID, FakeGraph, settings
from tests.record.scripted import NOON

HELLO = Letter(WA_ID, Part("Hello"), "key-1", "en", NOON, NOON, NOON)


@asynccontextmanager
async def whatsapp_cloud(graph: FakeGraph, **more: str) -> AsyncIterator[WhatsAppCloud]:
    """The channel with these settings besides."""
    options = KIND.read(settings(graph) | more)
    public = Settings(public_url="https://guide.example")
    channel = WhatsAppCloud(options, Parts(public, Catalogue.load(ROOT / "data" / "responses")))  # type: ignore[arg-type]
    yield channel
    await channel.close()
