"""What is sent to Messenger, and what is found there."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.graph.client import Graph
from bot.channels.kind import Parts
from bot.channels.messenger.channel import KIND, Messenger
from bot.conversations.outbox.port import Letter, NotSentError, Part, RefusedError, Sent, UnclearError
from bot.conversations.transcript import ShownButton
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.channels.graph.fake_graph import PAGE, PSID, FakeGraph, fake_graph, settings
from tests.record.scripted import NOON

HELLO = Letter(PSID, Part("Hello"), "key-1", "en", NOON, NOON, NOON)


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with fake_graph() as running:
        yield running


@pytest.fixture
async def messenger(graph: FakeGraph) -> AsyncIterator[Messenger]:
    channel = _made(graph)
    yield channel
    await channel.close()


def _made(graph: FakeGraph, **more: str) -> Messenger:
    options = KIND.read(settings(graph) | more)
    return Messenger(options, Parts(Settings(), Catalogue.load(ROOT / "data" / "responses")))  # type: ignore[arg-type]


def _at(letter: Letter, **after: float) -> Letter:
    return replace(letter, now=NOON + timedelta(**after))


def _said(words: str, name: str = "m_fake9", at: str = "2026-11-21T17:00:01+0000", by: str = PAGE) -> dict[str, Any]:
    return {"messages": {"data": [{"id": name, "created_time": at, "from": {"id": by}, "message": words}]}}


async def test_a_part_is_a_response_with_quick_replies_and_our_key(graph: FakeGraph, messenger: Messenger) -> None:
    buttons = (ShownButton("Yes", "yes"), ShownButton("No", "x" * 1001))
    sent = await messenger.send(replace(HELLO, part=Part("Well?", buttons)))
    assert sent == Sent("m_fake1")
    assert graph.sent == [
        {
            "recipient": {"id": PSID},
            "messaging_type": "RESPONSE",
            "message": {
                "text": "Well?",
                "metadata": "key-1",
                "quick_replies": [
                    {"content_type": "text", "title": "Yes", "payload": "yes"},
                    {"content_type": "text", "title": "No", "payload": "No"},
                ],
            },
        }
    ]


async def test_after_24_hours_only_staff_may_answer_and_only_where_meta_allows_it(graph: FakeGraph) -> None:
    by_staff = replace(HELLO, part=Part("I have looked it up.", sender="staff"))
    plain, granted = _made(graph), _made(graph, MESSENGER_HUMAN_AGENT="yes")
    await plain.send(_at(HELLO, hours=23.9))
    await granted.send(_at(by_staff, days=6))
    assert [(each["messaging_type"], each.get("tag")) for each in graph.sent] == [
        ("RESPONSE", None),
        ("MESSAGE_TAG", "HUMAN_AGENT"),
    ]
    for channel, letter in (
        (plain, _at(HELLO, hours=24)),
        (plain, _at(by_staff, hours=24)),
        (granted, _at(HELLO, hours=24)),
        (granted, _at(by_staff, days=7)),
    ):
        with pytest.raises(RefusedError) as error:
            await channel.send(letter)
        assert error.value.failure == "window"
    assert len(graph.sent) == 2
    await plain.close()
    await granted.close()


async def test_a_lost_part_is_found_by_its_words_its_time_and_that_no_other_part_is_it(
    graph: FakeGraph, messenger: Messenger
) -> None:
    graph.conversations = [_said("Hello")]
    assert await messenger.find(HELLO) == Sent("m_fake9")
    assert await messenger.find(replace(HELLO, claimed=frozenset({"fake9"}))) is None
    for other in (
        [],
        [_said("Goodbye")],
        [_said("Hello", at="2026-11-21T16:57:00+0000")],
        [_said("Hello", by=PSID)],
        [_said("Hello", at="yesterday")],
    ):
        graph.conversations = other
        assert await messenger.find(HELLO) is None


async def test_who_may_not_look_sends_again_and_who_gets_no_answer_waits(graph: FakeGraph) -> None:
    denied = Graph(_options(graph), "EAAAnotherToken")
    from bot.channels.messenger.looking import find

    with pytest.raises(UnclearError):
        await find(denied, PAGE, HELLO)
    await denied.close()
    away = _made(graph, META_GRAPH_URL="http://127.0.0.1:1")
    with pytest.raises(NotSentError):
        await away.find(HELLO)
    await away.close()


async def test_the_check_says_what_is_missing(graph: FakeGraph, messenger: Messenger) -> None:
    assert [each.good for each in await messenger.check()] == [True, True, True]
    graph.fields = ["messages"]
    bad = [each.what for each in await messenger.check() if not each.good]
    assert bad == ["the page does not deliver messaging_postbacks; subscribe the app to them"]
    wrong = _made(graph, MESSENGER_PAGE_TOKEN="EAAOld")
    (finding,) = await wrong.check()
    await wrong.close()
    assert not finding.good
    assert "the token is not accepted" in finding.what
    assert "EAAOld" not in finding.what


def _options(graph: FakeGraph) -> Any:
    return KIND.read(settings(graph))
