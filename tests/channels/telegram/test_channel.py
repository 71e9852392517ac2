"""Telegram end to end: a local server plays it, and the real application answers."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bot.conversations.dialogue_port import Button, Reply
from bot.conversations.models import Message
from bot.conversations.outbox.models import Contact
from bot.db.engine import Database
from tests.channels.telegram.fake_telegram import (
    CHAT,
    SECRET,
    TOKEN,
    FakeTelegram,
    deliver,
    fake_telegram,
    pressed,
    said,
)
from tests.channels.wired import Wired, time_passes, wired
from tests.record.scripted import answer

LONG = "Which airports have the two-step interview, and when are the offices there open?"


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as running:
        yield running


@pytest.fixture
async def guide(telegram: FakeTelegram, sqlite_database: Database) -> AsyncIterator[Wired]:
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_SECRET_TOKEN": SECRET,
        "TELEGRAM_API_URL": telegram.url,
    }
    async with wired(sqlite_database, settings) as running:
        yield running


async def _count(database: Database, model: type[Message] | type[Contact]) -> int:
    async with database.read() as session:
        return (await session.execute(select(func.count()).select_from(model))).scalar_one()


async def test_a_message_is_answered_once_however_often_it_is_delivered(guide: Wired, telegram: FakeTelegram) -> None:
    for _ in range(3):
        assert (await deliver(guide.client, said("hello"))).status == 200
    texts = [each["text"] for each in await telegram.has_been_asked("sendMessage", 3)]
    assert texts[-2:] == ["You said: hello", "Anything else?"]
    (await deliver(guide.client, said("bye", 2))).close()
    texts = [each["text"] for each in await telegram.has_been_asked("sendMessage", 5)]
    assert texts.count("You said: hello") == 1
    assert texts[-2:] == ["You said: bye", "Anything else?"]
    assert await _count(guide.database, Contact) == 1


async def test_a_call_without_the_secret_token_is_refused_and_nothing_is_stored(guide: Wired) -> None:
    for secret in ("", "wrong"):
        assert (await deliver(guide.client, said("hello"), secret)).status == 401
    assert await _count(guide.database, Message) == await _count(guide.database, Contact) == 0


async def test_a_pressed_button_means_its_payload_and_stops_looking_busy(guide: Wired, telegram: FakeTelegram) -> None:
    async def script(inbound: object) -> object:
        guide.dialogue.script = None
        made = answer("What next?")
        return type(made)(
            **{**vars(made), "replies": (Reply("What next?", "en", (Button("Airports", LONG), Button("Yes", "yes"))),)}
        )

    guide.dialogue.script = script  # type: ignore[assignment]
    await deliver(guide.client, said("hello"))
    await telegram.has_been_asked("sendMessage", 2)
    shown = telegram.sent[-1]
    assert [row[0]["text"] for row in shown["reply_markup"]["inline_keyboard"]] == ["Airports", "Yes"]
    await deliver(guide.client, pressed(shown, "Airports"))
    await deliver(guide.client, pressed(shown, "Airports"))
    asked = await telegram.has_been_asked("answerCallbackQuery", 2)
    assert asked[0] == {"callback_query_id": "438211"}
    texts = [each["text"] for each in await telegram.has_been_asked("sendMessage", 4)]
    assert texts.count("You said: Airports") == 1


async def test_too_many_requests_lose_nothing_and_repeat_nothing(guide: Wired, telegram: FakeTelegram) -> None:
    telegram.trouble = [(429, {"description": "Too Many Requests: retry after 3", "parameters": {"retry_after": 3}})]
    await deliver(guide.client, said("hello"))
    async with time_passes(guide.watch):
        await telegram.has_been_asked("sendMessage", 4)
    assert [each["text"] for each in telegram.sent][-2:] == ["You said: hello", "Anything else?"]
    assert len(telegram.sent) == 3


async def test_who_blocked_the_bot_is_not_written_to_until_they_write_again(
    guide: Wired, telegram: FakeTelegram
) -> None:
    telegram.trouble = [(403, {"description": "Forbidden: bot was blocked by the user"})]
    await deliver(guide.client, said("hello"))
    async with time_passes(guide.watch):
        contact = await _blocked(guide.database)
    assert str(CHAT) not in contact.address_sealed + contact.address_digest
    before = len(telegram.sent)
    await deliver(guide.client, said("I am back", 2))
    await telegram.has_been_asked("sendMessage", before + 3)
    assert telegram.sent[-1]["text"] == "Anything else?"


async def _blocked(database: Database) -> Contact:
    """The contact, once it is marked."""
    async with asyncio.timeout(10):
        for _ in range(1000):
            async with database.read() as session:
                contact = (await session.execute(select(Contact))).scalar_one()
            if contact.unreachable == "blocked":
                return contact
            await asyncio.sleep(0.01)
    raise AssertionError("nobody was marked")


async def test_start_greets_and_stop_is_obeyed(guide: Wired, telegram: FakeTelegram) -> None:
    await deliver(guide.client, said("/start from-the-poster"))
    await telegram.has_been_asked("sendMessage", 2)
    assert telegram.sent[-2]["text"] == "You said: START"
    await deliver(guide.client, said("/stop", 2))
    await telegram.has_been_asked("sendMessage", 3)
    async with guide.database.read() as session:
        assert (await session.execute(select(Contact.unreachable))).scalar_one() == "unsubscribed"
