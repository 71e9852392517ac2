"""An integrator's own server, as docs/channels.md describes it: checks our signature, tells repeats by the key.

It signs with code of its own, so that both ends cannot be wrong in the same way.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes of a new secret").decode()
OLD_SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes of an old one..").decode()


def signature(secret: str, name: str, stamp: int, body: bytes) -> str:
    """What stands in the header Webhook-Signature."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return (
        "v1,"
        + base64.b64encode(hmac.new(key, b"%s.%d.%s" % (name.encode(), stamp, body), hashlib.sha256).digest()).decode()
    )


def call(sent: Mapping[str, Any], at: datetime, *, secret: str = SECRET, name: str = "delivery-1") -> dict[str, Any]:
    """What to hand to a client's `post`: a body with its headers."""
    body = json.dumps(sent).encode()
    stamp = int(at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "Webhook-Id": name,
        "Webhook-Timestamp": str(stamp),
        "Webhook-Signature": signature(secret, name, stamp, body),
    }
    return {"data": body, "headers": headers}


class FakeWebhook:
    """`shown` is what the traveller sees; `tries` counts what came. `trouble` answers the next calls instead.

    A status with headers and a body, or "drop", which takes the message and hangs up.
    """

    def __init__(self, secret: str = SECRET) -> None:
        self.url = ""
        self.secret = secret
        self.shown: list[dict[str, Any]] = []
        self.tries: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.checks = 0
        self.trouble: list[tuple[int, dict[str, str], str] | str] = []

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        stamp, name = int(request.headers["Webhook-Timestamp"]), request.headers["Webhook-Id"]
        if signature(self.secret, name, stamp, body) not in request.headers["Webhook-Signature"].split(" "):
            return web.Response(status=401)
        told = json.loads(body)
        if told["type"] == "check":
            self.checks += 1
            return web.Response(status=204)
        self.tries.append(told)
        self.headers.append(request.headers)
        trouble = self.trouble.pop(0) if self.trouble else None
        if isinstance(trouble, tuple):
            status, headers, text = trouble
            return web.Response(status=status, headers=headers, text=text)
        if told["key"] in [each["key"] for each in self.shown]:
            return web.json_response({"id": f"shown-{told['key']}"}, status=409)
        self.shown.append(told)
        if trouble == "drop":
            assert request.transport is not None
            request.transport.close()
        return web.json_response({"id": f"shown-{told['key']}"})


@asynccontextmanager
async def fake_webhook(secret: str = SECRET) -> AsyncIterator[FakeWebhook]:
    """The server, listening."""
    fake = FakeWebhook(secret)
    app = web.Application()
    app.router.add_post("/nexus", fake.take)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("/nexus"))
        yield fake
