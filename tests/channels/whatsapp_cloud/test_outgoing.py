"""What is sent to WhatsApp Cloud."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.whatsapp_cloud.channel import WhatsAppCloud
from bot.channels.whatsapp_cloud.outgoing import request
from bot.conversations.outbox.port import Letter, Part, RefusedError, Sent, UnclearError
from bot.conversations.transcript import ShownButton
from tests.channels.graph.fake_graph import BSUID, WA_ID, FakeGraph
from tests.channels.whatsapp_cloud.made import HELLO, whatsapp_cloud
from tests.record.scripted import NOON

LATE = replace(HELLO, now=NOON + timedelta(hours=24))


@pytest.fixture
async def whatsapp(graph: FakeGraph) -> AsyncIterator[WhatsAppCloud]:
    async with whatsapp_cloud(graph) as channel:
        yield channel


def _with(words: str, *titles: str) -> Letter:
    return replace(HELLO, part=Part(words, tuple(ShownButton(title, f"{title}!") for title in titles)))


async def test_a_part_is_a_text_with_our_key(graph: FakeGraph, whatsapp: WhatsAppCloud) -> None:
    assert await whatsapp.send(HELLO) == Sent("wamid.fake1")
    assert graph.sent == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": WA_ID,
            "biz_opaque_callback_data": "key-1",
            "type": "text",
            "text": {"body": "Hello", "preview_url": False},
        }
    ]


async def test_who_hides_the_number_is_written_to_by_id(graph: FakeGraph, whatsapp: WhatsAppCloud) -> None:
    await whatsapp.send(replace(HELLO, address=BSUID))
    assert graph.sent[0]["recipient"] == BSUID
    assert "to" not in graph.sent[0]


async def test_up_to_three_short_choices_are_buttons(graph: FakeGraph, whatsapp: WhatsAppCloud) -> None:
    await whatsapp.send(_with("Well?", "Yes", "No", "Later"))
    shown = graph.sent[0]["interactive"]["action"]["buttons"]
    assert shown[0] == {"type": "reply", "reply": {"id": "Yes!", "title": "Yes"}}
    assert len(shown) == 3


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("Well?", ("1", "2", "3", "4")),
        ("Well?", ("Twenty-one characters", "No")),
        ("x" * 1025, ("Yes", "No")),
    ],
    ids=["many", "long", "words"],
)
async def test_what_does_not_fit_buttons_is_a_list(
    graph: FakeGraph, whatsapp: WhatsAppCloud, words: str, titles: tuple[str, ...]
) -> None:
    await whatsapp.send(replace(_with(words, *titles), language="fr"))
    sent = graph.sent[0]["interactive"]
    assert (sent["type"], sent["action"]["button"]) == ("list", "Choisir")
    assert sent["action"]["sections"][0]["rows"][0] == {"id": f"{titles[0]}!", "title": titles[0]}


async def test_after_24_hours_a_template_carries_the_words(graph: FakeGraph) -> None:
    async with whatsapp_cloud(graph, WHATSAPP_CLOUD_TEMPLATE_FR="reponse_nexus") as channel:
        await channel.send(
            replace(LATE, language="fr", part=_with("Votre avis :\n\n oui     encore", "Oui", "Non").part)
        )
        assert graph.sent[0]["template"] == {
            "name": "reponse_nexus",
            "language": {"code": "fr"},
            "components": [
                {"type": "body", "parameters": [{"type": "text", "text": "Votre avis : oui encore Oui / Non"}]},
            ],
        }
        for letter in (LATE, replace(LATE, language="fr", part=Part("x" * 901))):
            with pytest.raises(RefusedError) as error:
                await channel.send(letter)
            assert error.value.failure == "window"
        assert len(graph.sent) == 1


async def test_whether_a_part_arrived_cannot_be_asked(whatsapp: WhatsAppCloud) -> None:
    with pytest.raises(UnclearError):
        await whatsapp.find(HELLO)


def test_an_id_that_is_too_long_is_the_title() -> None:
    letter = replace(HELLO, part=Part("Well?", (ShownButton("Yes", "y" * 201),)))
    made: Any = request(letter, template="", choose="Choose")
    assert made["interactive"]["action"]["buttons"][0]["reply"]["id"] == "Yes"
