"""Requests to the Graph API, and what is known when they go wrong."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.channels.graph.client import Graph
from bot.channels.graph.settings import MetaOptions
from bot.conversations.outbox.port import NotSentError, SendError, UnclearError


async def _ask(url: str) -> None:
    graph = Graph(MetaOptions(meta_app_secret="s", meta_verify_token="v", meta_graph_url=url), "token-of-the-page")
    try:
        await graph.post("1/messages", dict[str, str], {"a": 1})
    finally:
        await graph.close()


async def test_nothing_was_sent_where_nobody_listens() -> None:
    with pytest.raises(NotSentError) as error:
        await _ask(f"http://127.0.0.1:{unused_port()}")
    assert error.value.everybody


@pytest.mark.parametrize("how", ["drop", "page", "long"])
async def test_an_answer_that_is_lost_or_strange_leaves_it_unclear(how: str) -> None:
    async def answer(request: web.Request) -> web.Response:
        if how == "drop":
            assert request.transport is not None
            request.transport.abort()
        return web.Response(text="<html>Sign in to the network</html>" * (50_000 if how == "long" else 1))

    app = web.Application()
    app.router.add_post("/v25.0/1/messages", answer)
    async with TestServer(app) as server:
        with pytest.raises(UnclearError):
            await _ask(str(server.make_url("/")))


async def test_the_token_stands_in_no_address_and_no_error() -> None:
    addresses: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        addresses.append(request.path_qs)
        return web.json_response({"error": {"code": 190, "message": "token-of-the-page"}}, status=401)

    app = web.Application()
    app.router.add_post("/v25.0/1/messages", answer)
    async with TestServer(app) as server:
        with pytest.raises(SendError) as error:
            await _ask(str(server.make_url("/")))
    assert "token-of-the-page" not in addresses[0] + str(error.value)
