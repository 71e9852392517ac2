"""`/channels/NAME`: what is refused, what is stored, and that the provider does not wait for the guide to think."""

import asyncio
import gzip
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.conversations.models import Conversation, Message
from bot.conversations.outbox.models import Contact
from bot.db.engine import Database
from tests.channels.webhook.fake_webhook import SECRET, call
from tests.channels.wired import Wired, wired
from tests.record.scripted import NOON

PATH = "/channels/webhook"
HELLO = {"type": "message", "id": "m-1", "sender": "traveller-7", "text": "Hello"}
# Nobody listens there: what the guide says stays in the outbox.
ON = {"WEBHOOK_URL": "http://127.0.0.1:9/", "WEBHOOK_SECRET": SECRET}


@asynccontextmanager
async def held(database: Database) -> AsyncIterator[Wired]:
    """A guide that does not answer before the end of the test."""
    async with wired(database, ON) as guide:
        guide.dialogue.hold = asyncio.Event()
        yield guide
        guide.dialogue.hold.set()


async def stored(database: Database) -> list[int]:
    async with database.read() as session:
        said = select(func.count()).select_from(Message).where(Message.sender == "traveller")
        counts = [said, *(select(func.count()).select_from(table) for table in (Conversation, Contact))]
        return [await session.scalar(count) or 0 for count in counts]


async def test_the_provider_does_not_wait_for_the_guide_to_think(sqlite_database: Database) -> None:
    async with held(sqlite_database) as guide:
        for number in range(3):
            answer = await guide.client.post(PATH, **call(HELLO | {"id": f"m-{number}"}, NOON))
            assert answer.status == 200
        await guide.dialogue.hearing.wait()
        assert await stored(sqlite_database) == [3, 1, 1]


async def test_the_same_message_delivered_many_times_at_once_is_stored_once(database: Database) -> None:
    async with held(database) as guide:
        answers = await asyncio.gather(*(guide.client.post(PATH, **call(HELLO, NOON)) for _ in range(8)))
        assert [answer.status for answer in answers] == [200] * 8
    assert await stored(database) == [1, 1, 1]
    assert len(guide.dialogue.heard) == 1


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/channels/sms", call(HELLO, NOON), 404),
        ("/channels/nowhere", call(HELLO, NOON), 404),
        ("/channels/rendering", call(HELLO, NOON), 404),
        ("/channels/web", call(HELLO, NOON), 404),
        (PATH, {"json": HELLO}, 401),
        (PATH, call(HELLO, NOON, secret="whsec_" + "A" * 40), 401),
        (PATH, {"data": io.BytesIO(b"x" * (1024 * 1024 + 1))}, 413),
        (PATH, {"data": gzip.compress(b"x" * 5_000_000), "headers": {"Content-Encoding": "gzip"}}, 413),
        (PATH, call({"type": "message"}, NOON), 422),
    ],
    ids=[
        "off",
        "unknown",
        "no channel",
        "the page",
        "unsigned",
        "wrong secret",
        "large",
        "large unpacked",
        "unreadable",
    ],
)
async def test_what_is_refused_is_not_stored(
    sqlite_database: Database, path: str, sent: dict[str, Any], status: int
) -> None:
    async with wired(sqlite_database, ON) as guide:
        answer = await guide.client.post(path, **sent)
        assert answer.status == status
        assert answer.content_type == "application/problem+json"
        assert "traveller-7" not in await answer.text()
    assert await stored(sqlite_database) == [0, 0, 0]


async def test_only_post_delivers(sqlite_database: Database) -> None:
    async with wired(sqlite_database, ON) as guide:
        for method in ("GET", "PUT", "DELETE"):
            assert (await guide.client.request(method, PATH, **call(HELLO, NOON))).status == 405
    assert await stored(sqlite_database) == [0, 0, 0]


async def test_refusals_are_logged_without_what_was_sent(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with wired(sqlite_database, ON) as guide:
        await guide.client.post(PATH, json=HELLO)
        await guide.client.post(PATH, **call(HELLO | {"text": "My number is 98765432"}, NOON))
    assert "without a good signature" in caplog.text
    for word in ("traveller-7", "Hello", "98765432"):
        assert word not in caplog.text
