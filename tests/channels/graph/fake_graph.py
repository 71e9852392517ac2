"""A server that plays the Graph API from its references: it keeps what it takes, and signs what it delivers.

It is as strict as Meta where that matters: the token and its `appsecret_proof`, the bounds of texts, buttons and lists.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

APP_SECRET, VERIFY_TOKEN = "0123456789abcdef0123456789abcdef", "the-word-agreed-on"
PAGE, PSID, PAGE_TOKEN = "101010101010101", "24567890123456789", "EAAPageToken"
PHONE_ID, WA_ID, BSUID, WA_TOKEN = "106540352242922", "16505551234", "CA.13491208655302741918", "EAASystemUserToken"
NOON = "2026-11-21T17:00:00+0000"
FIELDS = ["messages", "messaging_postbacks", "message_deliveries"]

Trouble = tuple[int, Mapping[str, Any], Mapping[str, str]] | str
"""An answer instead of the right one: status, error, headers; or `drop`, which takes the message and hangs up."""


class FakeGraph:
    """What Meta holds. `trouble` is met by the next messages that are sent, in order."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.trouble: list[Trouble] = []
        self.asked: list[str] = []
        self._talk: list[dict[str, Any]] = []
        self.conversations: list[dict[str, Any]] = [{"messages": {"data": self._talk}}]
        self.number: dict[str, Any] = {
            "display_phone_number": "+1 506-555-0101",
            "verified_name": "NEXUS",
            "quality_rating": "GREEN",
            "webhook_configuration": {"application": "https://guide.example/channels/whatsapp_cloud"},
        }
        self.fields = FIELDS
        self.url = ""
        self._count = itertools.count(1)
        self._changed = asyncio.Condition()

    async def has(self, times: int) -> list[dict[str, Any]]:
        """What it was sent, once it was sent so much."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: len(self.sent) >= times)
        return self.sent

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/v25.0/{id}/messages", self._send)
        app.router.add_get("/v25.0/{path:.+}", self._show)
        return app

    async def _send(self, request: web.Request) -> web.Response:
        if not _is_allowed(request, request.match_info["id"]):
            return no(190, status=401, type="OAuthException")
        body = await request.json()
        trouble = self.trouble.pop(0) if self.trouble else None
        if isinstance(trouble, tuple):
            self.asked.append("refused")
            return web.json_response(trouble[1], status=trouble[0], headers=trouble[2])
        number = next(self._count)
        on_page = request.match_info["id"] == PAGE
        made = f"m_fake{number}" if on_page else f"wamid.fake{number}"
        wrong = _check_messenger(body) if on_page else _check_whatsapp(body)
        if wrong:
            return no(100, status=400, message=wrong)
        self.ids.append(made)
        if on_page:
            self._talk.append(
                {"id": made, "created_time": NOON, "from": {"id": PAGE}, "message": body["message"]["text"]}
            )
        async with self._changed:
            self.sent.append(body)
            self._changed.notify_all()
        if trouble == "drop":
            assert request.transport is not None
            request.transport.abort()
        if on_page:
            return web.json_response({"recipient_id": PSID, "message_id": made})
        return web.json_response({"messaging_product": "whatsapp", "contacts": [], "messages": [{"id": made}]})

    async def _show(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        self.asked.append(path)
        if not _is_allowed(request, path.partition("/")[0]):
            return no(190, status=401, type="OAuthException")
        shown: dict[str, Any] = {
            PAGE: {"id": PAGE, "name": "NEXUS guide"},
            f"{PAGE}/subscribed_apps": {"data": [{"id": "1", "subscribed_fields": self.fields}]},
            f"{PAGE}/conversations": {"data": self.conversations},
            PHONE_ID: self.number,
        }
        return web.json_response(shown[path]) if path in shown else no(100, error_subcode=33, status=400)


@asynccontextmanager
async def fake_graph() -> AsyncIterator[FakeGraph]:
    """A running one."""
    graph = FakeGraph()
    async with TestServer(graph.app()) as server:
        graph.url = str(server.make_url("/"))
        yield graph


def settings(graph: FakeGraph) -> dict[str, str]:
    """The settings of both channels."""
    return {
        "META_APP_SECRET": APP_SECRET,
        "META_VERIFY_TOKEN": VERIFY_TOKEN,
        "META_GRAPH_URL": graph.url,
        "MESSENGER_PAGE_ID": PAGE,
        "MESSENGER_PAGE_TOKEN": PAGE_TOKEN,
        "WHATSAPP_CLOUD_PHONE_ID": PHONE_ID,
        "WHATSAPP_CLOUD_TOKEN": WA_TOKEN,
    }


def sign(body: bytes, secret: str = APP_SECRET) -> str:
    """The header X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def deliver(client: TestClient[Any, Any], name: str, call: Any, secret: str = APP_SECRET) -> ClientResponse:
    """Calls the webhook as Meta does: the letters beyond ASCII are escaped, and that is what is signed."""
    body = json.dumps(call, ensure_ascii=True).encode()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": sign(body, secret)}
    return await client.post(f"/channels/{name}", data=body, headers=headers)


def page(*events: Mapping[str, Any], page_id: str = PAGE) -> dict[str, Any]:
    """A call of Messenger, an entry an event."""
    return {"object": "page", "entry": [{"id": page_id, "time": 1, "messaging": [event]} for event in events]}


def event(at: int = 1, sender: str = PSID, recipient: str = PAGE, **what: Any) -> dict[str, Any]:
    """An event of Messenger."""
    return {"sender": {"id": sender}, "recipient": {"id": recipient}, "timestamp": at, **what}


def number(phone_id: str = PHONE_ID, **value: Any) -> dict[str, Any]:
    """A call of WhatsApp."""
    metadata = {"display_phone_number": "15065550101", "phone_number_id": phone_id}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"value": value, "field": "messages"}]}],
    }


def wrote(name: str, kind: str, at: int = 1, **what: Any) -> dict[str, Any]:
    """A message of WhatsApp."""
    return {"from": WA_ID, "id": name, "timestamp": str(at), "type": kind, **what}


def text(words: str, name: str = "wamid.1", at: int = 1) -> dict[str, Any]:
    """A text on WhatsApp."""
    return wrote(name, "text", at, text={"body": words})


def no(code: int, *, status: int = 400, **error: Any) -> web.Response:
    """An error as the Graph API writes it."""
    error = {"message": "(#0) Something about 16505551234", "fbtrace_id": "x", "code": code, **error}
    return web.json_response({"error": error}, status=status)


def _is_allowed(request: web.Request, node: str) -> bool:
    token = PAGE_TOKEN if node == PAGE else WA_TOKEN
    proof = hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
    return request.headers.get("Authorization") == f"Bearer {token}" and request.query["appsecret_proof"] == proof


def _check_messenger(body: Mapping[str, Any]) -> str:
    message, replies = body["message"], body["message"].get("quick_replies", [])
    if not 1 <= len(message["text"]) <= 2000 or len(message["metadata"]) > 1000 or len(replies) > 13:
        return "message"
    titles = all(1 <= len(each["title"]) <= 20 and 1 <= len(each["payload"]) <= 1000 for each in replies)
    known = (body["messaging_type"], body.get("tag")) in (("RESPONSE", None), ("MESSAGE_TAG", "HUMAN_AGENT"))
    return "" if titles and known and body["recipient"]["id"] == PSID else "titles, occasion, recipient"


def _check_whatsapp(body: Mapping[str, Any]) -> str:
    if body["messaging_product"] != "whatsapp" or len(body["biz_opaque_callback_data"]) > 512:
        return "body"
    if body.get("to") != WA_ID and body.get("recipient") != BSUID:
        return "recipient"
    content = body[body["type"]]
    if body["type"] == "text":
        return "" if 1 <= len(content["body"]) <= 4096 else "text"
    if body["type"] == "template":
        (variable,) = content["components"][0]["parameters"]
        return "newline" if "\n" in variable["text"] or "    " in variable["text"] else ""
    if content["type"] == "button":
        replies = [each["reply"] for each in content["action"]["buttons"]]
        fits = len(replies) <= 3 and all(1 <= len(each["title"]) <= 20 and len(each["id"]) <= 256 for each in replies)
        return "" if fits and len(content["body"]["text"]) <= 1024 else "buttons"
    rows = content["action"]["sections"][0]["rows"]
    fits = len(rows) <= 10 and all(1 <= len(each["title"]) <= 24 and len(each["id"]) <= 200 for each in rows)
    return "" if fits and len(content["body"]["text"]) <= 4096 and len(content["action"]["button"]) <= 20 else "list"
