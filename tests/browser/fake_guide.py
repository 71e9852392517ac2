"""A scripted guide that speaks the conversation contract, so that the widget is tested without model and database."""

import asyncio
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

STATIC = Path(__file__).resolve().parents[2] / "bot" / "channels" / "web" / "static"
POLICY = "default-src 'self'"

Reply = dict[str, Any]
Script = Callable[[str], list[Reply]]


def echo(text: str) -> list[Reply]:
    """Answers every message with one that repeats it."""
    return [{"text": f"Answer to: {text}"}]


class Conversation:
    """The record of one conversation, with the sockets that listen to it."""

    def __init__(self, language: str | None) -> None:
        self.id = secrets.token_hex(8)
        self.token = secrets.token_hex(16)
        self.language = language or "en"
        self.state = "bot"
        self.messages: list[dict[str, Any]] = []
        self.turns: dict[str, list[dict[str, Any]]] = {}
        self.sockets: set[web.WebSocketResponse] = set()

    async def add(self, sender: str, reply: Reply) -> dict[str, Any]:
        """Stores a message under the next seq and tells every socket."""
        message = {
            "id": secrets.token_hex(8),
            "seq": len(self.messages) + 1,
            "sender": sender,
            "text": "",
            "language": self.language,
            "buttons": [],
            "created_at": datetime.now(UTC).isoformat(),
            "meta": {"intent": None, "sources": []},
            **reply,
        }
        self.messages.append(message)
        await self.tell({"type": "message", "message": message})
        return message

    async def enter(self, state: str) -> None:
        """Changes who holds the conversation."""
        self.state = state
        await self.tell({"type": "state", "state": state})

    async def tell(self, frame: dict[str, Any]) -> None:
        """Sends a frame to every socket."""
        for socket in list(self.sockets):
            await socket.send_json(frame)


class FakeGuide:
    """The server. A test sets what goes wrong, and reads what arrived."""

    def __init__(self) -> None:
        self.script: Script = echo
        self.greeting: list[Reply] = [{"text": "Ask me about your NEXUS interview."}]
        self.conversations: dict[str, Conversation] = {}
        self.posts: list[str] = []
        self.signs: list[dict[str, Any]] = []
        """What came over sockets: typing and read marks."""
        self.signed = asyncio.Event()
        self.sockets_work = True
        self.lose_answers = 0
        """How many messages are stored and answered, with the connection cut before the answer arrives."""
        self.too_many = 0
        """How many messages are turned away with 429 first."""
        self.refuse_with = 0
        self.pause = asyncio.Event()
        self.pause.set()
        self.url = ""

    @property
    def newest(self) -> Conversation:
        """The conversation begun last."""
        return list(self.conversations.values())[-1]

    def app(self) -> web.Application:
        """The routes of the contract, the page, and the static files under the policy of the real server."""
        app = web.Application(middlewares=[_strict])
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/host", self._host_page),
                web.post("/api/v1/conversations", self._begin),
                web.post("/api/v1/conversations/{id}/messages", self._say),
                web.get("/api/v1/conversations/{id}/messages", self._catch_up),
                web.get("/api/v1/conversations/{id}/ws", self._listen),
                web.static("/static", STATIC),
            ]
        )
        return app

    async def _page(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / ("index.fr.html" if request.query.get("lang") == "fr" else "index.html"))

    async def _host_page(self, request: web.Request) -> web.Response:
        language = request.query.get("lang", "en")
        html = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Host</title>'
            '<meta name="viewport" content="width=device-width">'
            '<script type="module" src="/static/nexus-guide-chat.js"></script></head>'
            '<body><main><h1>A page of somebody else</h1><a href="#">A link</a></main>'
            "<nexus-guide-chat></nexus-guide-chat></body></html>"
        )
        return web.Response(text=html, content_type="text/html")

    async def _begin(self, request: web.Request) -> web.Response:
        body = await request.json()
        conversation = Conversation(body["language"])
        self.conversations[conversation.id] = conversation
        for reply in self.greeting:
            await conversation.add("bot", reply)
        begun = {"conversation_id": conversation.id, "token": conversation.token, "state": conversation.state}
        return web.json_response({**begun, "messages": conversation.messages}, status=201)

    def _opened(self, request: web.Request) -> Conversation:
        conversation = self.conversations.get(request.match_info["id"])
        if conversation is None:
            raise _problem(404)
        if request.headers.get("Authorization") != f"Bearer {conversation.token}":
            raise _problem(401)
        return conversation

    async def _say(self, request: web.Request) -> web.Response:
        conversation = self._opened(request)
        if self.too_many:
            self.too_many -= 1
            raise _problem(429, {"Retry-After": "1"})
        if self.refuse_with:
            raise _problem(self.refuse_with)
        body = await request.json()
        text, key = body["text"], body["client_message_id"]
        self.posts.append(text)
        await self.pause.wait()
        if key not in conversation.turns:
            stored = await conversation.add("traveller", {"text": text, "client_message_id": key})
            conversation.turns[key] = [stored]
            await conversation.tell({"type": "delivered", "client_message_id": key, "seq": stored["seq"]})
            for reply in self.script(text):
                conversation.turns[key].append(await conversation.add("bot", reply))
        if self.lose_answers:
            self.lose_answers -= 1
            assert request.transport is not None
            request.transport.abort()
        return web.json_response({"messages": conversation.turns[key], "state": conversation.state})

    async def _catch_up(self, request: web.Request) -> web.Response:
        conversation = self._opened(request)
        after = int(request.query["after"])
        return web.json_response({"messages": conversation.messages[after:], "state": conversation.state})

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        if not self.sockets_work:
            raise _problem(404)
        conversation = self.conversations.get(request.match_info["id"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        first = json.loads((await socket.receive()).data)
        if conversation is None or first != {"type": "auth", "token": conversation.token}:
            await socket.send_json({"type": "error", "status": 401, "title": "Unauthorized"})
            await socket.close(code=4401)
            return socket
        after = int(request.query["after"])
        await socket.send_json({"type": "ready", "seq": len(conversation.messages), "state": conversation.state})
        for message in conversation.messages[after:]:
            await socket.send_json({"type": "message", "message": message})
        conversation.sockets.add(socket)
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            if (told := json.loads(frame.data)) == {"type": "ping"}:
                await socket.send_json({"type": "pong"})
            else:
                self.signs.append(told)
                self.signed.set()
        conversation.sockets.discard(socket)
        return socket

    async def hang_up(self) -> None:
        """Closes every socket, as a proxy does."""
        for conversation in self.conversations.values():
            for socket in list(conversation.sockets):
                await socket.close()


@web.middleware
async def _strict(request: web.Request, handler: Any) -> web.StreamResponse:
    answer: web.StreamResponse = await handler(request)
    if not answer.prepared:
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _problem(status: int, headers: dict[str, str] | None = None) -> web.HTTPException:
    body = json.dumps({"type": "about:blank", "title": "Problem", "status": status})
    kinds: dict[int, type[web.HTTPException]] = {
        401: web.HTTPUnauthorized,
        404: web.HTTPNotFound,
        422: web.HTTPUnprocessableEntity,
        429: web.HTTPTooManyRequests,
        500: web.HTTPInternalServerError,
    }
    return kinds[status](text=body, content_type="application/problem+json", headers=headers)
