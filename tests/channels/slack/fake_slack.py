"""A server that plays Slack's Web API from its documentation: it keeps what it is sent, and calls the request URL.

Calls are signed here by the documented steps, not by the SDK that checks them. The bounds of blocks are Slack's.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

TOKEN, SECRET = "xoxb-for-tests-only", "a-signing-secret-for-tests"
TEAM, APP, USER, DIRECT, ALERTS = "T061EG9R6", "A0PNCHHK2", "U061F7AUR", "D024BE91L", "C024BE91L"


class FakeSlack:
    """What Slack holds. `trouble` are answers instead of the right ones, next first; `drop` takes and hangs up."""

    def __init__(self) -> None:
        self.url = ""
        self.posted: list[dict[str, Any]] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.trouble: list[tuple[int, str, dict[str, str]] | str] = []
        self.scopes = "chat:write,im:history,channels:read"
        self.is_member = True
        self._times = itertools.count(1)
        self._posted = asyncio.Condition()

    async def has(self, count: int) -> list[str]:
        """The texts that were posted, once there are so many."""
        async with asyncio.timeout(10), self._posted:
            await self._posted.wait_for(lambda: len(self.posted) >= count)
        return [each["text"] for each in self.posted]

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/chat.postMessage", self._write)
        app.router.add_get("/api/{method}", self._read)
        return app

    async def _write(self, request: web.Request) -> web.Response:
        return await self._call(request, "chat.postMessage", await request.json())

    async def _read(self, request: web.Request) -> web.Response:
        return await self._call(request, request.match_info["method"], dict(request.query))

    async def _call(self, request: web.Request, method: str, values: dict[str, Any]) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        self.asked.append((method, values))
        trouble = self.trouble.pop(0) if self.trouble and method == "chat.postMessage" else None
        if isinstance(trouble, tuple):
            status, word, headers = trouble
            return web.json_response({"ok": False, "error": word}, status=status, headers=headers)
        handlers = {
            "chat.postMessage": self._post,
            "conversations.history": self._history,
            "conversations.info": self._info,
            "auth.test": self._test,
        }
        answer = handlers[method](values)
        async with self._posted:
            self._posted.notify_all()
        if trouble == "drop":
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(
            {"ok": True, **answer} if "error" not in answer else {"ok": False, **answer},
            headers={"x-oauth-scopes": self.scopes},
        )

    def _post(self, values: dict[str, Any]) -> dict[str, Any]:
        if values["channel"] not in (DIRECT, ALERTS):
            return {"error": "channel_not_found"}
        assert values["unfurl_links"] is values["unfurl_media"] is False
        for block in values["blocks"]:
            if not _is_good(block):
                return {"error": "invalid_blocks"}
        message = {"type": "message", "bot_id": "B1", "ts": f"1795280000.{next(self._times):06}", **values}
        self.posted.append(message)
        return {"channel": values["channel"], "ts": message["ts"], "message": message}

    def _history(self, values: dict[str, Any]) -> dict[str, Any]:
        if values["channel"] == DIRECT and "im:history" not in self.scopes:
            return {"error": "missing_scope", "needed": "im:history"}
        assert float(values["oldest"]) > 0
        found = [each for each in reversed(self.posted) if each["channel"] == values["channel"]]
        shown = found if values.get("include_all_metadata") == "1" else [{**each, "metadata": None} for each in found]
        return {"messages": shown[: int(values["limit"])], "has_more": False}

    def _info(self, values: dict[str, Any]) -> dict[str, Any]:
        if values["channel"] != ALERTS:
            return {"error": "channel_not_found"}
        return {"channel": {"id": ALERTS, "name": "nexus-desk", "is_archived": False, "is_member": self.is_member}}

    def _test(self, _values: dict[str, Any]) -> dict[str, Any]:
        return {"url": "https://work.slack.com/", "team": "Workplace", "user": "nexus", "team_id": TEAM, "bot_id": "B1"}


def _is_good(block: dict[str, Any]) -> bool:
    if block["type"] == "actions":
        return 1 <= len(block["elements"]) <= 25 and all(
            1 <= len(key["text"]["text"]) <= 75 and len(key.get("value", "")) <= 2000 for key in block["elements"]
        )
    if block["type"] == "rich_text":
        parts = [part for section in block["elements"] for part in section["elements"]]
        return bool(parts) and all(part.get("text") or part.get("url") for part in parts)
    return False


@asynccontextmanager
async def fake_slack() -> AsyncIterator[FakeSlack]:
    """A running one."""
    slack = FakeSlack()
    async with TestServer(slack.app()) as server:
        slack.url = str(server.make_url("/api/"))
        yield slack


def signed(body: bytes, at: datetime, secret: str = SECRET) -> dict[str, str]:
    """The two headers of a call."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def deliver(
    client: TestClient[Any, Any], call: dict[str, Any], at: datetime, secret: str = SECRET
) -> ClientResponse:
    """Calls the request URL as Slack does: events as JSON, presses as a form."""
    if call["type"] == "block_actions":
        body, kind = urlencode({"payload": json.dumps(call)}).encode(), "application/x-www-form-urlencoded"
    else:
        body, kind = json.dumps(call).encode(), "application/json"
    headers = {"Content-Type": kind, **signed(body, at, secret)}
    return await client.post("/channels/slack", data=body, headers=headers)


def said(text: str, number: int = 1, **fields: Any) -> dict[str, Any]:
    """An event with a direct message; `fields` go into it."""
    ts = f"1795270000.{number:06}"
    event = {
        "type": "message",
        "channel": DIRECT,
        "channel_type": "im",
        "user": USER,
        "text": text,
        "ts": ts,
        "event_ts": ts,
        "client_msg_id": f"78fc431e-d911-4d96-b466-{number:012}",
        **fields,
    }
    return {
        "token": "XXYYZZ",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:08}",
        "event_time": 1795270000,
    }


def pressed(message: dict[str, Any], title: str, number: int = 1, channel: str = DIRECT) -> dict[str, Any]:
    """A press on the button of this title under a message."""
    keys = [key for block in message["blocks"] if block["type"] == "actions" for key in block["elements"]]
    key = next(key for key in keys if key["text"]["text"] == title)
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "work"},
        "user": {"id": USER, "username": "noor", "team_id": TEAM},
        "api_app_id": APP,
        "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel},
        "trigger_id": "12466734323.1395872398",
        "channel": {"id": channel, "name": "directmessage"},
        "message": message,
        "actions": [{**key, "block_id": "=qXel", "action_ts": f"1795270100.{number:06}"}],
    }
