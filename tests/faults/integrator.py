"""An organisation's side of the webhook: what it took, by key, and the trouble it can make."""

import asyncio
import json
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

from tests.channels.webhook.fake_webhook import SECRET, signature

Trouble = Literal["late", "500", "500 though taken", "429", "an hour", "dropped", "dropped though taken"]
_NOT_TAKEN = frozenset({"429", "an hour", "500", "dropped"})
LATE_SECONDS = 15.0
"""Longer than the guide waits for an answer."""


@dataclass(frozen=True)
class Taken:
    """A message as the traveller sees it, once."""

    key: str
    recipient: str
    text: str


def no_trouble(_recipient: str, _number: int) -> Trouble | None:
    """Takes everything."""
    return None


@dataclass
class Integrator:
    """`shown` is in the order of arrival, each key once; `tries` counts every call under a key.

    `trouble` says what to do about a message for this recipient at its so manyth try, counted from 1; `made` counts it.
    """

    port: int
    trouble: Callable[[str, int], Trouble | None] = no_trouble
    shown: dict[str, Taken] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    _runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """WEBHOOK_URL."""
        return f"http://127.0.0.1:{self.port}/taken"

    async def begin(self) -> None:
        """Listens; at once again where it did before."""
        app = web.Application()
        app.router.add_post("/taken", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024, reuse_address=True).start()

    async def go_away(self) -> None:
        """Refuses every connection."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        name, stamp = request.headers["Webhook-Id"], int(request.headers["Webhook-Timestamp"])
        if signature(SECRET, name, stamp, body) not in request.headers["Webhook-Signature"].split(" "):
            return web.Response(status=401)
        message = json.loads(body)
        key = message["key"]
        self.tries[key] += 1
        trouble = self.trouble(message["recipient"], self.tries[key])
        if trouble is not None:
            self.made[trouble] += 1
        if trouble in _NOT_TAKEN:
            return self._made(trouble, request)
        known = key in self.shown
        self.shown.setdefault(key, Taken(key, message["recipient"], message["text"]))
        if trouble == "late":
            await asyncio.sleep(LATE_SECONDS)
        elif trouble is not None:
            return self._made(trouble, request)
        return web.json_response({"id": f"shown-{key}"}, status=409 if known else 200)

    @staticmethod
    def _made(trouble: Trouble, request: web.Request) -> web.Response:
        if trouble in ("429", "an hour"):
            return web.Response(status=429, headers={"Retry-After": "1" if trouble == "429" else "3600"})
        if trouble in ("500", "500 though taken"):
            return web.Response(status=500)
        assert request.transport is not None
        request.transport.close()
        return web.Response()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def until(is_so: Callable[[], object], seconds: float, what: str) -> None:
    """Waits until something is so; `is_so` may be asynchronous."""
    deadline = time.monotonic() + seconds
    while True:
        result = is_so()
        if asyncio.iscoroutine(result):
            result = await result
        if result:
            return
        assert time.monotonic() < deadline, f"{what}: not within {seconds:g} s"
        await asyncio.sleep(0.05)
