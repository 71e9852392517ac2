"""What is sent to WhatsApp Cloud."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.kind import Parts
from bot.channels.whatsapp_cloud.channel import KIND, WhatsAppCloud
from bot.channels.whatsapp_cloud.outgoing import request
from bot.conversations.outbox.port import Letter, Part, RefusedError, Sent, UnclearError
from bot.conversations.transcript import ShownButton
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.channels.graph.fake_graph import BSUID, WA_ID, FakeGraph, fake_graph, settings
from tests.record.scripted import NOON

HELLO = Letter(WA_ID, Part("Hello"), "key-1", "en", NOON, NOON, NOON)
LATE = replace(HELLO, now=NOON + timedelta(hours=24))


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with fake_graph() as running:
        yield running


@pytest.fixture
async def whatsapp(graph: FakeGraph) -> AsyncIterator[WhatsAppCloud]:
    channel = _made(graph)
    yield channel
    await channel.close()


def _made(graph: FakeGraph, **more: str) -> WhatsAppCloud:
    made = KIND.read(settings(graph) | more)
    public = Settings(public_url="https://guide.example")
    return WhatsAppCloud(made, Parts(public, Catalogue.load(ROOT / "data" / "responses")))  # type: ignore[arg-type]


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
    channel = _made(graph, WHATSAPP_CLOUD_TEMPLATE_FR="reponse_nexus")
    await channel.send(replace(LATE, language="fr", part=_with("Votre avis :\n\n oui     encore", "Oui", "Non").part))
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
    await channel.close()


async def test_whether_a_part_arrived_cannot_be_asked(whatsapp: WhatsAppCloud) -> None:
    with pytest.raises(UnclearError):
        await whatsapp.find(HELLO)


async def test_the_check_says_what_is_missing(graph: FakeGraph, whatsapp: WhatsAppCloud) -> None:
    found = await whatsapp.check()
    assert all(each.good for each in found)
    assert [each.what for each in found if "TEMPLATE" in each.what] != []
    graph.number["quality_rating"] = "RED"
    graph.number["webhook_configuration"] = {"phone_number": "https://old.example/hook", "application": "x"}
    assert [each.what for each in await whatsapp.check() if not each.good] == [
        "Meta rates the number RED",
        "Meta delivers to https://old.example/hook; expected https://guide.example/channels/whatsapp_cloud",
    ]
    wrong = _made(graph, WHATSAPP_CLOUD_PHONE_ID="404")
    (finding,) = await wrong.check()
    await wrong.close()
    assert "there is no such page or number" in finding.what


def test_an_id_that_is_too_long_is_the_title() -> None:
    letter = replace(HELLO, part=Part("Well?", (ShownButton("Yes", "y" * 201),)))
    made: Any = request(letter, template="", choose="Choose")
    assert made["interactive"]["action"]["buttons"][0]["reply"]["id"] == "Yes"
