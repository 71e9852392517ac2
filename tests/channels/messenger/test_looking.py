"""Looking for a part whose answer was lost."""

from dataclasses import replace
from typing import Any

import pytest

from bot.channels.graph.client import Graph
from bot.channels.graph.settings import MetaOptions
from bot.channels.messenger.looking import find
from bot.conversations.outbox.port import NotSentError, Sent, UnclearError
from tests.channels.graph.fake_graph import APP_SECRET, PAGE, PSID, VERIFY_TOKEN, FakeGraph
from tests.channels.messenger.made import HELLO, messenger


def _said(words: str, at: str = "2026-11-21T17:00:01+0000", by: str = PAGE) -> dict[str, Any]:
    message = {"id": "m_fake9", "created_time": at, "from": {"id": by}, "message": words}
    return {"messages": {"data": [message]}}


async def test_a_lost_part_is_found_by_its_words_its_time_and_that_no_other_part_is_it(graph: FakeGraph) -> None:
    async with messenger(graph) as channel:
        graph.conversations = [_said("Hello")]
        assert await channel.find(HELLO) == Sent("m_fake9")
        assert await channel.find(replace(HELLO, claimed=frozenset({"fake9"}))) is None
        for other in (
            [],
            [_said("Goodbye")],
            [_said("Hello", at="2026-11-21T16:57:00+0000")],
            [_said("Hello", by=PSID)],
            [_said("Hello", at="yesterday")],
        ):
            graph.conversations = other
            assert await channel.find(HELLO) is None


async def test_who_may_not_look_sends_again(graph: FakeGraph) -> None:
    options = MetaOptions(meta_app_secret=APP_SECRET, meta_verify_token=VERIFY_TOKEN, meta_graph_url=graph.url)
    denied = Graph(options, "EAAAnotherToken")
    with pytest.raises(UnclearError):
        await find(denied, PAGE, HELLO)
    await denied.close()


async def test_who_gets_no_answer_waits(graph: FakeGraph) -> None:
    async with messenger(graph, META_GRAPH_URL="http://127.0.0.1:1") as away:
        with pytest.raises(NotSentError):
            await away.find(HELLO)
