"""Trying Messenger's settings."""

from tests.channels.graph.fake_graph import FakeGraph
from tests.channels.messenger.made import messenger


async def test_the_check_says_what_is_missing(graph: FakeGraph) -> None:
    async with messenger(graph) as channel:
        assert [each.good for each in await channel.check()] == [True, True, True]
        graph.fields = ["messages"]
        bad = [each.what for each in await channel.check() if not each.good]
    assert bad == ["the page does not deliver messaging_postbacks; subscribe the app to them"]


async def test_a_token_that_is_not_accepted_is_said_and_not_shown(graph: FakeGraph) -> None:
    async with messenger(graph, MESSENGER_PAGE_TOKEN="EAAOld") as channel:
        (finding,) = await channel.check()
    assert not finding.good
    assert "the token is not accepted" in finding.what
    assert "EAAOld" not in finding.what
