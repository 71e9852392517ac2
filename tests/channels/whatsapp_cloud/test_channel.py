"""WhatsApp Cloud end to end: a local server plays the Graph API, and the real application answers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.conversations.dialogue_port import Answer, Button, Inbound, Reply
from bot.conversations.models import Message
from bot.conversations.outbox.models import Contact, OutboxEntry
from bot.db.engine import Database
from tests.channels.graph.fake_graph import WA_ID, FakeGraph, deliver, number, settings, text, wrote
from tests.channels.waiting import until
from tests.channels.wired import Wired, wired
from tests.record.scripted import answer

NAME = "whatsapp_cloud"


@pytest.fixture
async def guide(graph: FakeGraph, sqlite_database: Database) -> AsyncIterator[Wired]:
    more = {"WHATSAPP_CLOUD_TEMPLATE_EN": "nexus_answer"}
    async with wired(sqlite_database, settings(graph) | more) as running:
        yield running


async def _say(guide: Wired, words: str, name: str = "wamid.1") -> int:
    return (await deliver(guide.client, NAME, number(messages=[text(words, name)]))).status


def _texts(graph: FakeGraph) -> list[str]:
    return [each["text"]["body"] for each in graph.sent if each["type"] == "text"]


async def test_a_message_is_answered_once_however_often_it_is_delivered(guide: Wired, graph: FakeGraph) -> None:
    for _ in range(3):
        assert await _say(guide, "Où aller ?") == 200
    await graph.has(3)
    assert _texts(graph)[1:] == ["You said: Où aller ?", "Anything else?"]
    assert {each["to"] for each in graph.sent} == {WA_ID}
    assert len(guide.dialogue.heard) == 1


async def test_a_wrong_signature_is_refused_and_nothing_is_stored(guide: Wired) -> None:
    call = number(messages=[text("hello")])
    assert (await deliver(guide.client, NAME, call, "another secret")).status == 401
    assert (await guide.client.post(f"/channels/{NAME}", json=call)).status == 401
    async with guide.database.read() as session:
        for model in (Message, Contact):
            assert await session.scalar(select(func.count()).select_from(model)) == 0


async def test_a_call_that_cannot_be_read_is_answered_422(guide: Wired) -> None:
    assert (await deliver(guide.client, NAME, {"object": "whatsapp_business_account"})).status == 422


async def test_a_pressed_button_means_its_id(guide: Wired, graph: FakeGraph) -> None:
    async def script(_inbound: Inbound) -> Answer:
        guide.dialogue.script = None
        buttons = (Button("Toronto", "I live in Toronto"), Button("Elsewhere", "elsewhere"))
        return replace(answer(), replies=(Reply("Where?", "en", buttons),))

    guide.dialogue.script = script
    await _say(guide, "hello")
    await graph.has(2)
    reply = graph.sent[-1]["interactive"]["action"]["buttons"][0]["reply"]
    pressed = wrote("wamid.2", "interactive", interactive={"type": "button_reply", "button_reply": reply})
    await deliver(guide.client, NAME, number(messages=[pressed]))
    await graph.has(4)
    assert guide.dialogue.heard[-1].text == reply["id"] == "I live in Toronto"


async def test_receipts_find_their_message_by_our_key(guide: Wired, graph: FakeGraph) -> None:
    await _say(guide, "hello")
    await graph.has(3)
    await until(guide.database, OutboxEntry.state == "sent", 2)

    def states(status: str, *sent: dict[str, Any], **more: Any) -> dict[str, Any]:
        keys = [each["biz_opaque_callback_data"] for each in sent]
        common = {"id": "wamid.unknown", "status": status, "timestamp": "9", **more}
        return number(statuses=[{**common, "biz_opaque_callback_data": key} for key in keys])

    await deliver(guide.client, NAME, states("read", graph.sent[0]))
    await until(guide.database, OutboxEntry.read_at.is_not(None), 1)
    await deliver(guide.client, NAME, states("failed", *graph.sent[1:], errors=[{"code": 131026}]))
    await until(guide.database, OutboxEntry.failure == "unknown_address", 1)


async def _answer_a_day_later(guide: Wired, graph: FakeGraph) -> None:
    guide.dialogue.hold = asyncio.Event()
    await _say(guide, "hello")
    await guide.dialogue.hearing.wait()
    await graph.has(1)
    guide.watch.forward(hours=25)
    guide.dialogue.hold.set()


async def test_outside_the_window_a_template_carries_the_words(guide: Wired, graph: FakeGraph) -> None:
    await _answer_a_day_later(guide, graph)
    await graph.has(3)
    words = [each["template"]["components"][0]["parameters"][0]["text"] for each in graph.sent[1:]]
    assert words == ["You said: hello", "Anything else?"]


async def test_outside_the_window_without_a_template_it_is_marked(graph: FakeGraph, sqlite_database: Database) -> None:
    async with wired(sqlite_database, settings(graph)) as guide:
        await _answer_a_day_later(guide, graph)
        await until(guide.database, OutboxEntry.failure == "window", 1)
        assert len(graph.sent) == 1
