"""A server that plays the Bot API from its documentation: it keeps what it is sent, and calls the webhook.

It is as strict as Telegram where that matters: the token is a part of the address, `callback_data` has 1 to 64 bytes,
a text 1 to 4,096 characters; a press comes with the message it stands under, keyboard included.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

TOKEN, SECRET = "110201543:for-tests-only", "a-secret_of-the-hook"
CHAT = 987654321
USER = {"id": CHAT, "is_bot": False, "first_name": "Noor", "language_code": "en"}
PRIVATE = {"id": CHAT, "first_name": "Noor", "type": "private"}


class FakeTelegram:
    """What Telegram holds. `trouble` are answers instead of the right ones, next first; `drop` takes and hangs up."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.trouble: list[tuple[int, dict[str, Any]] | str] = []
        self.hook: dict[str, Any] = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        self.url = ""
        self._ids = itertools.count(501)
        self._asked = asyncio.Condition()

    async def has_been_asked(self, method: str, times: int = 1) -> list[dict[str, Any]]:
        """What it was asked, once it was asked so often."""
        async with asyncio.timeout(10), self._asked:
            await self._asked.wait_for(lambda: len(self.asked(method)) >= times)
        return self.asked(method)

    def asked(self, method: str) -> list[dict[str, Any]]:
        """What it was asked so far."""
        return [values for name, values in self.requests if name == method]

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._call)
        return app

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return _no(401, "Unauthorized")
        method, values = request.match_info["method"], await request.json()
        self.requests.append((method, values))
        async with self._asked:
            self._asked.notify_all()
        trouble = self.trouble.pop(0) if self.trouble and method == "sendMessage" else None
        if isinstance(trouble, tuple):
            return _no(trouble[0], **trouble[1])
        answer = getattr(self, f"_{method}", lambda _values: _no(404, "Not Found"))(values)
        if trouble == "drop":
            assert request.transport is not None
            request.transport.abort()
        assert isinstance(answer, web.Response)
        return answer

    def _sendMessage(self, values: dict[str, Any]) -> web.Response:  # noqa: N802 - Telegram's name
        if values["chat_id"] != CHAT:
            return _no(400, "Bad Request: chat not found")
        if not 1 <= len(values["text"]) <= 4096:
            return _no(400, "Bad Request: message is too long")
        assert "parse_mode" not in values
        for key in itertools.chain(*values.get("reply_markup", {}).get("inline_keyboard", [])):
            if "url" not in key and not 1 <= len(key["callback_data"].encode()) <= 64:
                return _no(400, "Bad Request: BUTTON_DATA_INVALID")
        me = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "NEXUS", "username": "nexus_bot"}
        message = {"message_id": next(self._ids), "from": me, "chat": PRIVATE, "date": 1795280000, **values}
        del message["chat_id"], message["link_preview_options"]
        self.sent.append(message)
        return _yes(message)

    def _answerCallbackQuery(self, values: dict[str, Any]) -> web.Response:  # noqa: N802
        assert values["callback_query_id"]
        return _yes(True)

    def _getMe(self, _values: dict[str, Any]) -> web.Response:  # noqa: N802
        return _yes({"id": 110201543, "is_bot": True, "first_name": "NEXUS", "username": "nexus_bot"})

    def _getWebhookInfo(self, _values: dict[str, Any]) -> web.Response:  # noqa: N802
        return _yes(self.hook)


@asynccontextmanager
async def fake_telegram() -> AsyncIterator[FakeTelegram]:
    """A running one."""
    telegram = FakeTelegram()
    async with TestServer(telegram.app()) as server:
        telegram.url = str(server.make_url("/"))
        yield telegram


async def deliver(client: TestClient[Any, Any], update: dict[str, Any], secret: str = SECRET) -> ClientResponse:
    """Calls the webhook as Telegram does."""
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    return await client.post("/channels/telegram", data=json.dumps(update), headers=headers)


def said(text: str | None, number: int = 1, **fields: Any) -> dict[str, Any]:
    """An update with a message; `fields` go into the message."""
    message = {"message_id": number, "from": USER, "chat": PRIVATE, "date": 1795280000, **fields}
    return {"update_id": 10_000 + number, "message": message if text is None else {**message, "text": text}}


def pressed(message: dict[str, Any], title: str, number: int = 1) -> dict[str, Any]:
    """An update with a press on the button of this title under a message."""
    keys = itertools.chain(*message["reply_markup"]["inline_keyboard"])
    data = next(key["callback_data"] for key in keys if key["text"] == title)
    query = {"id": f"43821{number}", "from": USER, "message": message, "chat_instance": "-3", "data": data}
    return {"update_id": 20_000 + number, "callback_query": query}


def _yes(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _no(status: int, description: str, **more: Any) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": description, **more}, status=status)
