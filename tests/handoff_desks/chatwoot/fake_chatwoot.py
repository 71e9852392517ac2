"""A server that speaks the part of Chatwoot's application API that is documented for the API channel.

It keeps what it is sent, acts as Chatwoot does where that matters (identifiers are given once, a traveller's message
reopens, an inbox with an agent bot begins as pending), calls the webhook for what happens, and can be in trouble.
"""

import asyncio
import io
import itertools
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

from bot.handoff_desks.chatwoot.signature import sign

ACCOUNT, INBOX, TOKEN, SECRET = 7, 3, "tokenOfTheGuide", "a-secret-of-the-webhook"
ME = {"id": 1, "name": "NEXUS guide", "type": "user"}
AGENTS = {11: {"id": 11, "name": "Noor", "type": "user"}, 12: {"id": 12, "name": "Étienne", "type": "user"}}
_KINDS = {"incoming": 0, "outgoing": 1, "activity": 2}
_NAMES = {number: name for name, number in _KINDS.items()}


class FakeChatwoot:
    """What Chatwoot holds. `url` is where it listens, `hook_url` what it calls; no address, no calls."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.url = ""
        self.hook_url = ""
        self.has_bot = False
        self.contacts: dict[int, dict[str, Any]] = {}
        self.conversations: dict[int, dict[str, Any]] = {}
        self.messages: dict[int, list[dict[str, Any]]] = {}
        self.requests: list[str] = []
        self.answers: list[dict[str, Any]] = []
        # Answers instead of the right ones, next first: a status, headers; "drop" stores and hangs up, "strange"
        # stores and says something else.
        self.trouble: list[tuple[int, dict[str, str]] | str] = []
        self.down = False
        self._clock = clock
        self._ids = itertools.count(101)
        self._calls: set[asyncio.Task[None]] = set()

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._gate])
        base = f"/api/v1/accounts/{ACCOUNT}"
        one = rf"{base}/conversations/{{number:\d+}}"
        app.add_routes(
            [
                web.get("/api/v1/profile", self._profile),
                web.get(f"{base}/inboxes/{INBOX}", self._inbox),
                web.post(f"{base}/contacts", self._make_contact),
                web.get(f"{base}/contacts/search", self._search),
                web.get(rf"{base}/contacts/{{contact:\d+}}/conversations", self._of_contact),
                web.post(f"{base}/conversations", self._make_conversation),
                web.get(one, self._show),
                web.get(f"{one}/messages", self._list),
                web.post(f"{one}/messages", self._say),
                web.post(f"{one}/toggle_status", self._toggle),
                web.post(f"{one}/custom_attributes", self._attributes),
            ]
        )
        return app

    @web.middleware
    async def _gate(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.requests.append(f"{request.method} {request.path}")
        if request.headers.get("api_access_token") != TOKEN:
            return web.json_response({"error": "Invalid Access Token"}, status=401)
        if self.down:
            return web.json_response({"error": "down"}, status=503)
        trouble = self.trouble.pop(0) if self.trouble and request.method == "POST" else None
        if isinstance(trouble, tuple):
            return web.json_response({"error": "trouble"}, status=trouble[0], headers=trouble[1])
        answer: web.StreamResponse = await handler(request)
        if trouble == "strange":
            return web.Response(text="<p>Welcome</p>", content_type="text/html")
        if trouble == "drop":
            assert request.transport is not None
            request.transport.abort()
        return answer

    async def _profile(self, _request: web.Request) -> web.Response:
        return web.json_response(ME)

    async def _inbox(self, _request: web.Request) -> web.Response:
        return web.json_response({"id": INBOX})

    async def _make_contact(self, request: web.Request) -> web.Response:
        body = await request.json()
        assert body["inbox_id"] == INBOX
        if any(each["identifier"] == body["identifier"] for each in self.contacts.values()):
            return web.json_response({"message": "Identifier has already been taken"}, status=422)
        contact = {"id": next(self._ids), **{name: body[name] for name in ("name", "identifier", "source_id")}}
        self.contacts[contact["id"]] = contact
        inbox = {"source_id": body["source_id"], "inbox": {"id": INBOX}}
        return web.json_response({"payload": {"contact": contact, "contact_inbox": inbox}})

    async def _search(self, request: web.Request) -> web.Response:
        wanted = request.query["q"]
        found = [each for each in self.contacts.values() if wanted in each["identifier"]]
        return web.json_response({"meta": {"count": len(found)}, "payload": found})

    async def _of_contact(self, request: web.Request) -> web.Response:
        contact = int(request.match_info["contact"])
        found = [each for each in self.conversations.values() if each["contact_id"] == contact]
        return web.json_response({"payload": [self._shown(each) for each in found]})

    async def _make_conversation(self, request: web.Request) -> web.Response:
        body = await request.json()
        contact = self.contacts[body["contact_id"]]
        assert (body["inbox_id"], body["source_id"]) == (INBOX, contact["source_id"])
        number = len(self.conversations) + 1
        self.conversations[number] = {
            "id": number,
            "inbox_id": INBOX,
            "contact_id": contact["id"],
            "status": "pending" if self.has_bot else body["status"],
            "custom_attributes": body["custom_attributes"],
            "assignee": None,
            "snoozed_until": None,
        }
        self.messages[number] = []
        return web.json_response(self._shown(self.conversations[number]))

    def _shown(self, conversation: dict[str, Any]) -> dict[str, Any]:
        assignee = conversation["assignee"]
        meta = {"sender": {"id": conversation["contact_id"]}, **({"assignee": assignee} if assignee else {})}
        return {name: value for name, value in conversation.items() if name != "assignee"} | {"meta": meta}

    def _found(self, request: web.Request) -> dict[str, Any]:
        number = int(request.match_info["number"])
        if number not in self.conversations:
            raise web.HTTPNotFound(text='{"error": "Resource could not be found"}', content_type="application/json")
        return self.conversations[number]

    async def _show(self, request: web.Request) -> web.Response:
        return web.json_response(self._shown(self._found(request)))

    async def _list(self, request: web.Request) -> web.Response:
        number, after = self._found(request)["id"], int(request.query["after"])
        found = [each for each in self.messages.get(number, []) if each["id"] > after]
        return web.json_response({"meta": {}, "payload": found[:100]})

    async def _say(self, request: web.Request) -> web.Response:
        conversation, body = self._found(request), await request.json()
        assert body["content"].strip()
        is_incoming = body["message_type"] == "incoming"
        message = self._store(conversation["id"], None if is_incoming else ME, **body)
        if is_incoming and conversation["status"] in ("resolved", "snoozed"):
            conversation["status"] = "pending" if self.has_bot else "open"
        return web.json_response(message | {"echo_id": body["echo_id"]})

    def _store(self, number: int, sender: dict[str, Any] | None, **body: Any) -> dict[str, Any]:
        message = {
            "id": next(self._ids),
            "content": body["content"],
            "message_type": _KINDS[body["message_type"]],
            "private": body.get("private", False),
            "source_id": body.get("source_id"),
            "content_attributes": body.get("content_attributes", {}),
            "conversation_id": number,
            "created_at": int(self._clock().timestamp()),
            **({"sender": sender} if sender else {}),
            **({"attachments": body["attachments"]} if body.get("attachments") else {}),
        }
        self.messages[number].append(message)
        self._call(self.notice_of_message(number, message))
        return message

    async def _toggle(self, request: web.Request) -> web.Response:
        conversation, body = self._found(request), await request.json()
        self._change(conversation["id"], status=body["status"])
        payload = {"success": True, "conversation_id": conversation["id"], "current_status": body["status"]}
        return web.json_response({"meta": {}, "payload": payload})

    async def _attributes(self, request: web.Request) -> web.Response:
        conversation, body = self._found(request), await request.json()
        conversation["custom_attributes"] = body["custom_attributes"]
        return web.json_response(body)

    # What agents do.

    def agent_says(self, number: int, text: str | None, agent: int = 11, **more: Any) -> dict[str, Any]:
        """An agent answers, or with `private` writes a note."""
        return self._store(number, AGENTS[agent], content=text, message_type="outgoing", **more)

    def agent_changes(self, number: int, *, agent: int | None = None, **changes: Any) -> None:
        """An agent sets the status, snoozes or assigns."""
        if agent is not None:
            changes["assignee"] = AGENTS[agent]
        self._change(number, **changes)

    def _change(self, number: int, **changes: Any) -> None:
        conversation = self.conversations[number]
        is_status = changes.get("status", conversation["status"]) != conversation["status"]
        conversation.update(changes)
        if is_status:
            content = f"Conversation was marked {changes['status']}"
            self._store(number, None, content=content, message_type="activity")
            self._call({"event": "conversation_status_changed", **self._shown(conversation)})
        self._call({"event": "conversation_updated", **self._shown(conversation)})

    # Webhooks.

    def notice_of_message(self, number: int, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "event": "message_created",
            **message,
            "message_type": _NAMES[message["message_type"]],
            "conversation": self._shown(self.conversations[number]),
            "account": {"id": ACCOUNT, "name": "CBSA"},
            "inbox": {"id": INBOX, "name": "NEXUS"},
        }

    def _call(self, payload: dict[str, Any]) -> None:
        if self.hook_url:
            task = asyncio.create_task(self.hook(payload))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)

    async def hook(self, payload: dict[str, Any]) -> None:
        """Calls the webhook with this, signed."""
        body = json.dumps(payload).encode()
        self.answers.append(await self.post(body, self.signed(body)))

    def signed(self, body: bytes, secret: str = SECRET) -> dict[str, str]:
        """The headers of a webhook of this moment."""
        timestamp = str(int(self._clock().timestamp()))
        return {
            "X-Chatwoot-Timestamp": timestamp,
            "X-Chatwoot-Signature": sign(secret, timestamp, body),
            "X-Chatwoot-Delivery": str(next(self._ids)),
        }

    async def post(self, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        """Calls the webhook as it is said; the answer with its status under `http`."""
        headers = {"Content-Type": "application/json", "Accept": "application/json", **headers}
        data = io.BytesIO(body)
        async with aiohttp.ClientSession() as session, session.post(self.hook_url, data=data, headers=headers) as got:
            return {"http": got.status, **await got.json(content_type=None)}

    async def called(self) -> None:
        """Waits until every call under way was answered."""
        while self._calls:
            await asyncio.gather(*self._calls)

    # What tests look at.

    def seen(self, number: int = 1) -> list[str]:
        """What agents see, without what happens by itself: `> ` the traveller, `note: `, and names of agents."""
        return [_line(each) for each in self.messages.get(number, []) if each["message_type"] != _KINDS["activity"]]


def _line(message: dict[str, Any]) -> str:
    if message["message_type"] == _KINDS["incoming"]:
        return f"> {message['content']}"
    kind = "note" if message["private"] else "reply"
    author = "" if message["sender"] == ME else f" of {message['sender']['name']}"
    return f"{kind}{author}: {message['content']}"
