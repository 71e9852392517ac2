"""Trying WhatsApp Cloud's settings."""

from tests.channels.graph.fake_graph import FakeGraph
from tests.channels.whatsapp_cloud.made import whatsapp_cloud


async def test_the_check_says_what_is_missing(graph: FakeGraph) -> None:
    async with whatsapp_cloud(graph) as channel:
        found = await channel.check()
        assert all(each.good for each in found)
        assert len([each for each in found if "TEMPLATE" in each.what]) == 2
        graph.number["quality_rating"] = "RED"
        graph.number["webhook_configuration"] = {"phone_number": "https://old.example/hook", "application": "x"}
        assert [each.what for each in await channel.check() if not each.good] == [
            "Meta rates the number RED",
            "Meta delivers to https://old.example/hook; expected https://guide.example/channels/whatsapp_cloud",
        ]


async def test_a_number_that_there_is_not_is_said(graph: FakeGraph) -> None:
    async with whatsapp_cloud(graph, WHATSAPP_CLOUD_PHONE_ID="404", WHATSAPP_CLOUD_TEMPLATE_EN="a") as channel:
        (finding,) = await channel.check()
    assert "there is no such page or number" in finding.what
