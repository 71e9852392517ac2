"""How requests can fail, and what is kept to ourselves when they do."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.handoff_desks.chatwoot import client as client_module
from bot.handoff_desks.chatwoot.client import ChatwootError, Client, GoneError, RefusedError
from bot.handoff_desks.chatwoot.options import Options

Answer = Callable[[web.Request], Awaitable[web.Response]]


class Script:
    """A server that answers as told, and a client of it."""

    def __init__(self) -> None:
        self.answer: Answer = _nothing
        self.asked: list[tuple[str, str]] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, request.headers.get("api_access_token", "")))
        return await self.answer(request)


async def _nothing(_request: web.Request) -> web.Response:
    return web.Response()


def _answering(**values: object) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(**values)  # type: ignore[arg-type]

    return answer


@pytest.fixture
async def script() -> AsyncIterator[Script]:
    yield Script()


@pytest.fixture
async def client(script: Script) -> AsyncIterator[Client]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", script.handle)
    async with TestServer(app) as server:
        client = Client(Options(str(server.make_url("")).rstrip("/"), 7, 3, "tokenOfTheGuide", ()))
        yield client
        await client.close()


@pytest.mark.parametrize(
    ("status", "kind"), [(404, GoneError), (422, RefusedError), (400, RefusedError), (500, ChatwootError)]
)
async def test_each_failure_is_of_its_kind(client: Client, script: Script, status: int, kind: type) -> None:
    script.answer = _answering(status=status, text='{"message": "secret words"}')
    with pytest.raises(ChatwootError) as failed:
        await client.conversation(5)
    assert type(failed.value) is kind
    assert str(failed.value).startswith(f"GET accounts/7/conversations/5: status {status}")
    assert "secret words" not in str(failed.value)


@pytest.mark.parametrize(
    ("header", "seconds"), [("12", 12), ("0.5", 0.5), ("99999", 3600), ("-1", None), ("nan", None), ("soon", None)]
)
async def test_the_pause_that_is_asked_for_is_read(
    client: Client, script: Script, header: str, seconds: float | None
) -> None:
    script.answer = _answering(status=429, headers={"Retry-After": header})
    with pytest.raises(ChatwootError) as failed:
        await client.myself()
    assert failed.value.retry_after == seconds


async def test_the_token_is_not_sent_on_by_a_redirect(client: Client, script: Script) -> None:
    script.answer = _answering(status=302, headers={"Location": "/elsewhere"})
    with pytest.raises(ChatwootError, match="redirects are not followed"):
        await client.myself()
    assert script.asked == [("/api/v1/profile", "tokenOfTheGuide")]


@pytest.mark.parametrize("body", [b"<html>secret words</html>", b'{"id": "secret words"}', b"\xff", b"[" * 9_999])
async def test_an_answer_of_another_shape_is_not_quoted(client: Client, script: Script, body: bytes) -> None:
    script.answer = _answering(body=body)
    with pytest.raises(ChatwootError, match="expected a Person") as failed:
        await client.myself()
    assert "secret" not in str(failed.value)


async def test_an_answer_without_end_is_given_up(
    client: Client, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "_LARGEST_ANSWER", 1_000)
    script.answer = _answering(body=b" " * 1_001)
    with pytest.raises(ChatwootError, match="at most 1000 bytes"):
        await client.myself()


async def test_nobody_answers(unused_tcp_port: int) -> None:
    client = Client(Options(f"http://127.0.0.1:{unused_tcp_port}", 7, 3, "tokenOfTheGuide", ()))
    with pytest.raises(ChatwootError, match="check that CHATWOOT_URL can be reached"):
        await client.myself()
    await client.close()


async def test_a_slow_answer_is_not_waited_for(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    over = asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    script.answer = slow
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", script.handle)
    async with TestServer(app) as server:
        client = Client(Options(str(server.make_url("")).rstrip("/"), 7, 3, "tokenOfTheGuide", ()))
        with pytest.raises(ChatwootError, match="no answer within"):
            await client.myself()
        over.set()
        await client.close()
