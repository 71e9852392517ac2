"""What is sent to Messenger."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversations.outbox.port import Letter, Part, RefusedError, Sent
from bot.conversations.transcript import ShownButton
from tests.channels.graph.fake_graph import PSID, FakeGraph
from tests.channels.messenger.made import HELLO, messenger
from tests.record.scripted import NOON


def _at(letter: Letter, **after: float) -> Letter:
    return replace(letter, now=NOON + timedelta(**after))


async def test_a_part_is_a_response_with_quick_replies_and_our_key(graph: FakeGraph) -> None:
    buttons = (ShownButton("Yes", "yes"), ShownButton("No", "x" * 1001))
    async with messenger(graph) as channel:
        assert await channel.send(replace(HELLO, part=Part("Well?", buttons))) == Sent("m_fake1")
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
    async with messenger(graph) as plain, messenger(graph, MESSENGER_HUMAN_AGENT="yes") as granted:
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
