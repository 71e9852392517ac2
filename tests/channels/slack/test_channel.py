"""Slack end to end: a local server plays it, and the real application answers."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import ALERTS
from bot.conversations.dialogue_port import Answer, Inbound
from bot.conversations.models import Message
from bot.conversations.outbox.models import Contact
from bot.db.engine import Database
from tests.channels.slack.fake_slack import ALERTS as CHANNEL
from tests.channels.slack.fake_slack import (
    DIRECT,
    SECRET,
    TEAM,
    TOKEN,
    USER,
    FakeSlack,
    deliver,
    fake_slack,
    pressed,
    said,
    signed,
)
from tests.channels.wired import Wired, time_passes, wired
from tests.record.scripted import answer


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as running:
        yield running


@pytest.fixture
async def guide(slack: FakeSlack, sqlite_database: Database) -> AsyncIterator[Wired]:
    settings = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_TEAM_ID": TEAM,
        "SLACK_API_URL": slack.url,
    }
    async with wired(sqlite_database, settings) as running:
        yield running


async def _count(database: Database, model: type[Message] | type[Contact]) -> int:
    async with database.read() as session:
        return (await session.execute(select(func.count()).select_from(model))).scalar_one()


async def test_a_message_is_answered_once_however_often_it_is_delivered(guide: Wired, slack: FakeSlack) -> None:
    for _ in range(3):
        assert (await deliver(guide.client, said("hello"), guide.watch())).status == 200
    assert (await slack.has(3))[-2:] == ["You said: hello", "Anything else?"]
    await deliver(guide.client, said("bye", 2), guide.watch())
    texts = await slack.has(5)
    assert texts.count("You said: hello") == 1
    assert texts[-2:] == ["You said: bye", "Anything else?"]


async def test_what_is_not_signed_or_too_old_is_refused_and_nothing_is_stored(guide: Wired) -> None:
    late = guide.watch() - timedelta(minutes=6)
    assert (await deliver(guide.client, said("hello"), guide.watch(), "wrong")).status == 401
    assert (await deliver(guide.client, said("hello"), late)).status == 401
    challenge = {
        "token": "x",
        "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
        "type": "url_verification",
    }
    assert (await deliver(guide.client, challenge, guide.watch(), "wrong")).status == 401
    assert await _count(guide.database, Message) == await _count(guide.database, Contact) == 0


async def test_the_challenge_of_a_request_url_is_answered(guide: Wired) -> None:
    body = json.dumps({"token": "x", "challenge": "3eZbrw1aBm2r", "type": "url_verification"}).encode()
    headers = {"Content-Type": "application/json", **signed(body, guide.watch())}
    answer = await guide.client.post("/channels/slack", data=body, headers=headers)
    assert (answer.status, await answer.text()) == (200, "3eZbrw1aBm2r")


async def test_a_message_about_the_challenge_is_a_message(guide: Wired, slack: FakeSlack) -> None:
    await deliver(guide.client, said("what is url_verification?"), guide.watch())
    assert "You said: what is url_verification?" in await slack.has(3)


async def test_a_pressed_button_means_its_payload(guide: Wired, slack: FakeSlack) -> None:
    shown: dict[str, Any] = {
        "ts": "1.1",
        "blocks": [
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "say_1",
                        "text": {"type": "plain_text", "text": "Airports"},
                        "value": "which airports?",
                    }
                ],
            }
        ],
    }
    for _ in range(2):
        assert (await deliver(guide.client, pressed(shown, "Airports"), guide.watch())).status == 200
    assert (await slack.has(3)).count("You said: which airports?") == 1


async def test_too_many_requests_lose_nothing_and_repeat_nothing(guide: Wired, slack: FakeSlack) -> None:
    slack.trouble = [(429, "ratelimited", {"Retry-After": "0"}), "drop"]
    await deliver(guide.client, said("hello"), guide.watch())
    async with time_passes(guide.watch):
        assert (await slack.has(3))[-2:] == ["You said: hello", "Anything else?"]
    assert [method for method, _ in slack.asked].count("conversations.history") == 1
    assert len(slack.posted) == 3


async def _wants_person(_inbound: Inbound) -> Answer | None:
    return answer("Somebody will come.", state="waiting", intent="talk_to_human", handoff="asked")


async def test_staff_are_told_once_by_two_processes_and_after_a_restart(
    slack: FakeSlack, sqlite_database: Database
) -> None:
    settings = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.url,
        "SLACK_ALERTS_CHANNEL": CHANNEL,
    }
    async with wired(sqlite_database, settings) as one, wired(sqlite_database, settings) as other:
        one.dialogue.script = _wants_person
        await deliver(one.client, said("my number is 98000001, a person please"), one.watch())
        await slack.has(3)
        await asyncio.gather(*(each.client.app[ALERTS].look() for each in (one, other)))
    async with wired(sqlite_database, settings) as again:
        await again.client.app[ALERTS].look()
    (alert,) = [each for each in slack.posted if each["channel"] == CHANNEL]
    assert alert["text"].startswith("A traveller is waiting for a person.")
    shown = json.dumps(alert["blocks"]) + alert["text"]
    assert "98000001" not in shown and USER not in shown and DIRECT not in shown
    press = pressed(alert, "Open the desk / Ouvrir le poste", channel=CHANNEL)
    async with wired(sqlite_database, settings) as again:
        assert (await deliver(again.client, press, again.watch())).status == 200
    assert await _count(sqlite_database, Contact) == 1
