"""The webhook end to end: the integrator's requests, our record, our requests to the integrator."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import func, select

from bot.conversations.models import Conversation, Message
from bot.conversations.outbox.models import OutboxEntry
from bot.db.engine import Database
from tests.channels.waiting import until as stored
from tests.channels.webhook.fake_webhook import SECRET, FakeWebhook, call, fake_webhook
from tests.channels.wired import Wired, wired
from tests.record.scripted import NOON

PATH = "/channels/webhook"
HELLO = {"type": "message", "id": "m-1", "sender": "traveller-7", "text": "Hello", "language": "en"}


@asynccontextmanager
async def connected(database: Database) -> AsyncIterator[tuple[Wired, FakeWebhook]]:
    async with (
        fake_webhook() as fake,
        wired(database, {"WEBHOOK_URL": fake.url, "WEBHOOK_SECRET": SECRET}) as guide,
    ):
        yield guide, fake


async def until(is_so: Callable[[], Any]) -> None:
    for _ in range(4_000):
        if is_so():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come to that")


async def count(database: Database, table: type[Any]) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_message_is_answered_and_its_receipt_noted(database: Database) -> None:
    async with connected(database) as (guide, fake):
        answer = await guide.client.post(PATH, **call(HELLO, NOON))
        assert (answer.status, await answer.json()) == (200, {})
        await until(lambda: len(fake.shown) == 3)
        texts = [each["text"] for each in fake.shown]
        assert texts[1:] == ["You said: Hello", "Anything else?"]
        assert {each["recipient"] for each in fake.shown} == {"traveller-7"}
        # A receipt that is quicker than our own commit is kept for later (tests/record/outbox/test_receipts.py).
        await stored(database, OutboxEntry.state == "sent", 2)
        receipt = {"type": "receipt", "key": fake.shown[-1]["key"], "state": "delivered"}
        assert (await guide.client.post(PATH, **call(receipt, NOON))).status == 200
    async with database.read() as session:
        entries = (await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id))).all()
    assert {each.state for each in entries} == {"sent"}
    assert entries[-1].delivered_at == NOON


async def test_a_pressed_button_is_its_payload(sqlite_database: Database) -> None:
    async with connected(sqlite_database) as (guide, fake):
        await guide.client.post(PATH, **call(HELLO | {"text": "verify"}, NOON))
        await until(lambda: len(fake.shown) == 2)
        assert fake.shown[1]["buttons"] == [{"title": "Why?", "payload": "why"}]
        assert "/verify/" in fake.shown[1]["link"]["url"]
        assert fake.shown[1]["link"]["url"] in fake.shown[1]["text"]
        await guide.client.post(PATH, **call(HELLO | {"id": "m-2", "text": "why"}, NOON))
        await until(lambda: len(fake.shown) == 4)
        assert "why" in guide.dialogue.heard[1].choices


async def test_what_is_sent_twice_is_stored_once(sqlite_database: Database) -> None:
    async with connected(sqlite_database) as (guide, _):
        for name in ("delivery-1", "delivery-1", "delivery-2"):
            assert (await guide.client.post(PATH, **call(HELLO, NOON, name=name))).status == 200
        await until(lambda: guide.dialogue.saved)
    assert len(guide.dialogue.heard) == 1
    async with sqlite_database.read() as session:
        said = (await session.scalars(select(Message).where(Message.sender == "traveller"))).all()
    assert [each.text for each in said] == ["Hello"]


async def test_a_wrong_or_old_signature_is_refused_and_nothing_is_stored(sqlite_database: Database) -> None:
    async with connected(sqlite_database) as (guide, _):
        wrong = call(HELLO, NOON)
        wrong["headers"] |= {"Webhook-Signature": "v1,AAAA"}
        old = call(HELLO, NOON)
        guide.watch.forward(seconds=301)
        for sent in (wrong, old, {"json": HELLO}):
            assert (await guide.client.post(PATH, **sent)).status == 401
    assert await count(sqlite_database, Conversation) == await count(sqlite_database, Message) == 0


async def test_off_it_is_not_there(sqlite_database: Database) -> None:
    async with wired(sqlite_database, {"WEBHOOK_SECRET": SECRET}) as guide:
        assert (await guide.client.post(PATH, **call(HELLO, NOON))).status == 404
    assert await count(sqlite_database, Conversation) == 0
