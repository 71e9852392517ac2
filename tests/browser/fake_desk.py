"""A scripted desk that speaks the desk's API, so that its pages are tested without model and database."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from aiohttp import WSMsgType, web

from bot.desk import pages
from bot.http.protection import CONTENT_SECURITY
from tests.browser import fake_desk_data as data

Frame = dict[str, Any]
API = "/desk/api"


class FakeDesk:
    """The server. A test sets what goes wrong, and reads what arrived."""

    def __init__(self) -> None:
        self.me = dict(data.ANNE)
        self.signed_in = True
        self.second_factor_due = False
        self.password_due = False
        self.conversations: dict[str, data.Talk] = {}
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.lose_answers = 0
        """How many posts are done, with the connection cut before the answer arrives."""
        self.held = asyncio.Event()
        self.held.set()
        self.sockets: set[web.WebSocketResponse] = set()
        self.watched: dict[web.WebSocketResponse, str] = {}
        self.frames: list[Frame] = []
        self.url = ""

    def app(self) -> web.Application:
        """The routes, the pages and the static files under the real server's policy."""
        app = web.Application(middlewares=[_strict])
        talk = f"{API}/conversations/{{id}}"
        app.add_routes(
            [
                web.get("/desk", pages.desk),
                web.get("/desk/account", pages.account),
                web.get("/desk/audit", pages.audit),
                web.get("/desk/static/{name}", pages.static),
                web.get("/desk/ws", self._listen),
                web.get(f"{API}/session", self._session),
                web.get(f"{API}/conversations", self._list),
                web.get(f"{API}/counts", self._counts),
                web.get(f"{API}/staff", self._staff),
                web.get(f"{API}/search", self._search),
                web.get(f"{API}/audit", self._audit),
                web.get(talk, self._details),
                web.get(f"{talk}/timeline", self._timeline),
                web.get(f"{talk}/summary", self._summary),
                web.get(f"{talk}/file", self._file),
                web.get(f"{talk}/canned", self._canned),
                web.post(f"{API}/{{what:.+}}", self._post),
            ]
        )
        return app

    def add(self, talk: data.Talk) -> data.Talk:
        """Adds a conversation and tells every socket."""
        self.conversations[talk.id] = talk
        return talk

    async def say(self, talk: data.Talk, sender: str, text: str, **more: Any) -> dict[str, Any]:
        """Adds a message and tells who watches."""
        message = talk.say(sender, text, **more)
        await self.told(talk, messages=[message])
        return message

    async def told(self, talk: data.Talk, **what: Any) -> None:
        """Sends what is new of a conversation, and that it changed."""
        empty: Frame = {"messages": [], "notes": [], "events": []}
        frame = {"type": "timeline", "conversation_id": talk.id, **empty, "state": talk.state, **what}
        for socket, conversation_id in list(self.watched.items()):
            if conversation_id == talk.id:
                await socket.send_json(frame)
        await self.tell({"type": "changed", "conversations": [talk.id]})

    async def tell(self, frame: Frame) -> None:
        """Sends a frame to every socket."""
        for socket in list(self.sockets):
            await socket.send_json(frame)

    async def hang_up(self) -> None:
        """Closes every socket, as a proxy does."""
        for socket in list(self.sockets):
            await socket.close()

    async def _session(self, _request: web.Request) -> web.Response:
        staff = self.me if self.signed_in and not self.second_factor_due else None
        return web.json_response(
            {
                "signed_in": staff is not None,
                "second_factor_due": self.second_factor_due,
                "password_due": staff is not None and self.password_due,
                "csrf": "the-token",
                "staff": staff,
                "oidc": {"label": "Northern ID"},
                "staffed": {"open": True, "next_opening": None},
                "now": datetime.now(UTC).isoformat(),
            }
        )

    async def _list(self, request: web.Request) -> web.Response:
        self._needs_somebody()
        view, limit = request.query["view"], int(request.query["limit"])
        begin = int(request.query.get("cursor", "0"))
        wanted = {name: request.query[name] for name in ("language", "channel", "reason") if name in request.query}
        found = [
            talk.card()
            for talk in self.conversations.values()
            if talk.is_in(view, self.me["id"]) and all(getattr(talk, name) == value for name, value in wanted.items())
        ]
        found.sort(key=lambda card: card["waiting_since"] or card["touched_at"])
        following = str(begin + limit) if begin + limit < len(found) else None
        return web.json_response({"conversations": found[begin : begin + limit], "next": following})

    async def _counts(self, _request: web.Request) -> web.Response:
        self._needs_somebody()
        views = ("waiting", "mine", "unassigned", "snoozed")
        talks = self.conversations.values()
        counts = {view: sum(talk.is_in(view, self.me["id"]) for talk in talks) for view in views}
        return web.json_response({**counts, "more": []})

    async def _staff(self, _request: web.Request) -> web.Response:
        return web.json_response({"staff": [{key: one[key] for key in ("id", "name", "role")} for one in data.STAFF]})

    async def _search(self, request: web.Request) -> web.Response:
        asked = request.query["q"].lower()
        hits = []
        for talk in self.conversations.values():
            for message in talk.messages:
                start = message["text"].lower().find(asked)
                if start >= 0:
                    marks = [[start, start + len(asked)]]
                    copied = {key: message[key] for key in ("seq", "sender", "text", "created_at")}
                    hits.append({"conversation_id": talk.id, "marks": marks, **copied})
        return web.json_response({"hits": hits[:20], "next": None})

    async def _audit(self, _request: web.Request) -> web.Response:
        return web.json_response({"entries": data.audit(self.me), "next": None})

    async def _details(self, request: web.Request) -> web.Response:
        return web.json_response(self._talk(request).details(self.me))

    async def _timeline(self, request: web.Request) -> web.Response:
        numbers = {name: int(request.query[name]) for name in ("before", "after") if name in request.query}
        return web.json_response(self._talk(request).timeline(limit=int(request.query["limit"]), **numbers))

    async def _summary(self, request: web.Request) -> web.Response:
        return web.json_response(self._talk(request).summary())

    async def _file(self, request: web.Request) -> web.Response:
        talk = self._talk(request)
        self.posts.append(("looked", {"id": talk.id}))
        return web.json_response(talk.file)

    async def _canned(self, request: web.Request) -> web.Response:
        self._talk(request)
        return web.json_response({"replies": data.CANNED})

    async def _post(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("X-CSRF-Token") != "the-token":
            raise data.problem(403, "bad-csrf")
        what, body = request.match_info["what"], await request.json()
        if not what.startswith("sign-"):
            self._needs_somebody()
        self.posts.append((what, body))
        await self.held.wait()
        answer = await self._do(what, body)
        if self.lose_answers:
            self.lose_answers -= 1
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(answer)

    async def _do(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        parts = what.split("/")
        if parts[0] != "conversations":
            return self._account(what, body)
        talk = self.conversations[parts[1]]
        talk.refuse_if_taken(parts[2], self.me)
        done = talk.do("/".join(parts[2:]), body, self.me)
        await self.told(talk, **{kind: [done[kind]] for kind in ("messages", "notes", "events") if kind in done})
        answer: dict[str, Any] = done.get("messages") or done.get("notes") or done.get("file") or {}
        return answer

    def _account(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        if what == "sign-in":
            if body["password"] != "right horse battery":
                raise data.problem(401, "wrong-password")
            self.signed_in = True
            return {"second_factor_due": self.second_factor_due}
        if what == "sign-in/second-factor":
            if body["code"] != "123456":
                raise data.problem(401, "wrong-code")
            self.second_factor_due = False
        if what == "account/password":
            self.password_due = False
        if what == "account/language":
            self.me["language"] = body["language"]
        if what == "account/totp":
            return {"secret": "JBSWY3DPEHPK3PXP", "uri": "otpauth://totp/x", "qr_svg": data.SQUARE}
        if what == "account/totp/confirm":
            return {"recovery_codes": [f"{number:04d}-abcd" for number in range(10)]}
        if what == "sign-out":
            self.signed_in = False
        return {}

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        self._needs_somebody()
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "ready"})
        self.sockets.add(socket)
        async for each in socket:
            if each.type is not WSMsgType.TEXT:
                continue
            frame = json.loads(each.data)
            if frame["type"] == "ping":
                await socket.send_json({"type": "pong"})
                continue
            self.frames.append(frame)
            if frame["type"] == "watch":
                self.watched[socket] = frame["conversation_id"]
                talk = self.conversations[frame["conversation_id"]]
                page = talk.timeline(after=frame["after"], limit=50)
                await socket.send_json({"type": "timeline", "conversation_id": talk.id, "state": talk.state, **page})
            elif frame["type"] == "unwatch":
                self.watched.pop(socket, None)
            elif frame["type"] == "read":
                self.conversations[frame["conversation_id"]].staff_read_seq = frame["seq"]
        self.sockets.discard(socket)
        self.watched.pop(socket, None)
        return socket

    def _talk(self, request: web.Request) -> data.Talk:
        self._needs_somebody()
        talk = self.conversations.get(request.match_info["id"])
        if talk is None or not talk.is_visible_to(self.me):
            raise data.problem(404, "no-such-conversation")
        return talk

    def _needs_somebody(self) -> None:
        if not self.signed_in or self.second_factor_due:
            raise data.problem(401, "signed-out")


@web.middleware
async def _strict(request: web.Request, handler: Any) -> web.StreamResponse:
    answer: web.StreamResponse = await handler(request)
    if not answer.prepared:
        answer.headers["Content-Security-Policy"] = CONTENT_SECURITY
        answer.headers["Cache-Control"] = "no-store"
    return answer
