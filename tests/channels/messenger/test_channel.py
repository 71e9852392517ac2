"""Messenger end to end: a local server plays the Graph API, and the real application answers."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.conversations.dialogue_port import Answer, Button, Inbound, Reply
from bot.conversations.models import Message
from bot.conversations.outbox.models import Contact, OutboxEntry
from bot.db.engine import Database
from tests.channels.graph.fake_graph import PSID, VERIFY_TOKEN, FakeGraph, deliver, event, page, settings
from tests.channels.waiting import until
from tests.channels.wired import Wired, wired
from tests.record.scripted import answer


@pytest.fixture
async def guide(graph: FakeGraph, sqlite_database: Database) -> AsyncIterator[Wired]:
    async with wired(sqlite_database, settings(graph)) as running:
        yield running


def _texts(graph: FakeGraph) -> list[str]:
    return [each["message"]["text"] for each in graph.sent]


async def _say(guide: Wired, words: str, number: int = 1) -> int:
    call = page(event(number, message={"mid": f"m_{number}", "text": words}))
    return (await deliver(guide.client, "messenger", call)).status


async def test_a_message_is_answered_once_however_often_it_is_delivered(guide: Wired, graph: FakeGraph) -> None:
    for _ in range(3):
        assert await _say(guide, "Où aller ?") == 200
    await graph.has(3)
    assert _texts(graph)[1:] == ["You said: Où aller ?", "Anything else?"]
    assert {each["recipient"]["id"] for each in graph.sent} == {PSID}
    assert len({each["message"]["metadata"] for each in graph.sent}) == 3
    assert len(guide.dialogue.heard) == 1


async def test_a_wrong_signature_is_refused_and_nothing_is_stored(guide: Wired) -> None:
    call = page(event(message={"mid": "m_1", "text": "hello"}))
    assert (await deliver(guide.client, "messenger", call, "another secret")).status == 401
    assert (await guide.client.post("/channels/messenger", json=call)).status == 401
    async with guide.database.read() as session:
        for model in (Message, Contact):
            assert await session.scalar(select(func.count()).select_from(model)) == 0


async def test_meta_makes_sure_of_the_address(guide: Wired) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444"}
    for name in ("messenger", "whatsapp_cloud"):
        answered = await guide.client.get(f"/channels/{name}", params=query)
        assert (answered.status, await answered.text()) == (200, "1158201444")
        assert answered.content_type == "text/plain"
        assert (await guide.client.get(f"/channels/{name}", params=query | {"hub.verify_token": "no"})).status == 403


async def test_a_batch_is_answered_in_order(guide: Wired, graph: FakeGraph) -> None:
    texts = [event(at, message={"mid": f"m_{at}", "text": f"number {at}"}) for at in (2, 1)]
    assert (await deliver(guide.client, "messenger", page(*texts))).status == 200
    await graph.has(5)
    assert [each for each in _texts(graph) if "number" in each] == ["You said: number 1", "You said: number 2"]


async def test_a_pressed_button_means_its_payload(guide: Wired, graph: FakeGraph) -> None:
    async def script(_inbound: Inbound) -> Answer:
        guide.dialogue.script = None
        buttons = (Button("Toronto", "I live in Toronto"), Button("Elsewhere", "elsewhere"))
        return replace(answer(), replies=(Reply("Where?", "en", buttons),))

    guide.dialogue.script = script
    await _say(guide, "hello")
    await graph.has(2)
    first, _second = graph.sent[-1]["message"]["quick_replies"]
    assert first["title"] == "Toronto"
    pressed = {"mid": "m_2", "text": first["title"], "quick_reply": {"payload": first["payload"]}}
    await deliver(guide.client, "messenger", page(event(2, message=pressed)))
    await graph.has(4)
    assert guide.dialogue.heard[-1].text == first["payload"]


async def test_a_delivery_is_noted_with_the_message_it_is_about(guide: Wired, graph: FakeGraph) -> None:
    await _say(guide, "hello")
    await graph.has(3)
    await until(guide.database, OutboxEntry.state == "sent", 2)
    await deliver(guide.client, "messenger", page(event(9, delivery={"mids": graph.ids, "watermark": 9})))
    await until(guide.database, OutboxEntry.delivered_at.is_not(None), 2)


async def test_what_was_taken_although_the_answer_was_lost_is_not_sent_twice(guide: Wired, graph: FakeGraph) -> None:
    await _say(guide, "hello")
    await graph.has(3)
    graph.trouble = ["drop"]
    await _say(guide, "again", 2)
    await graph.has(4)
    await until(guide.database, OutboxEntry.detail.is_not(None), 1)
    guide.watch.forward(seconds=10)
    await graph.has(5)
    assert _texts(graph)[3:] == ["You said: again", "Anything else?"]


async def test_too_many_requests_are_waited_for(guide: Wired, graph: FakeGraph) -> None:
    graph.trouble = [(429, {"error": {"code": 613, "message": "slower"}}, {"Retry-After": "60"})]
    await _say(guide, "hello")
    await until(guide.database, OutboxEntry.detail.is_not(None), 1)
    assert graph.sent == []
    guide.watch.forward(seconds=90)
    await graph.has(3)
    assert _texts(graph)[1:] == ["You said: hello", "Anything else?"]
