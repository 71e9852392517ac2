"""An organisation with an app of its own: it calls the webhook for its travellers and takes what the guide delivers."""

import asyncio
import base64
import hmac
import json
import secrets
import time
import uuid
from typing import Self

from aiohttp import ClientSession, web

from benchmarks.load.travellers import FailedError


class Integrator:
    """The organisation's side. `acknowledged` gathers, in milliseconds, how long the guide took to take each call."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self.secret = f"whsec_{base64.b64encode(self._key).decode()}"
        self.url = ""
        self.acknowledged: list[float] = []
        self.deliveries: dict[str, asyncio.Event] = {}
        self._seen: set[str] = set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/taken", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/taken"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        message = await request.json()
        if message["type"] == "message" and message["key"] not in self._seen:
            self._seen.add(message["key"])
            waiting = self.deliveries.get(message["recipient"])
            if waiting is not None:
                waiting.set()
        return web.json_response({})

    async def call(self, session: ClientSession, url: str, sender: str, text: str, language: str) -> None:
        """Hands a traveller's message to the guide. Raises FailedError."""
        name, stamp = uuid.uuid4().hex, str(int(time.time()))
        told = {"type": "message", "id": name, "sender": sender, "text": text, "language": language}
        body = json.dumps(told).encode()
        signature = hmac.digest(self._key, f"{name}.{stamp}.".encode() + body, "sha256")
        headers = {
            "Content-Type": "application/json",
            "Webhook-Id": name,
            "Webhook-Timestamp": stamp,
            "Webhook-Signature": f"v1,{base64.b64encode(signature).decode()}",
        }
        sent = time.monotonic()
        async with session.post(f"{url}/channels/webhook", data=body, headers=headers) as response:
            await response.read()
            if response.status != 200:
                raise FailedError(f"webhook {response.status}")
        self.acknowledged.append((time.monotonic() - sent) * 1000)


class WebhookTraveller:
    """One traveller of the organisation."""

    way = "webhook"

    def __init__(self, session: ClientSession, url: str, language: str, integrator: Integrator) -> None:
        self._session = session
        self._url = url
        self._language = language
        self._integrator = integrator
        self._sender = uuid.uuid4().hex

    async def begin(self) -> None:
        self._integrator.deliveries[self._sender] = asyncio.Event()
        # The first message opens the conversation.
        await self.say("Bonjour" if self._language == "fr" else "Hello")

    async def say(self, text: str) -> None:
        delivered = self._integrator.deliveries[self._sender]
        delivered.clear()
        await self._integrator.call(self._session, self._url, self._sender, text, self._language)
        await delivered.wait()

    async def end(self) -> None:
        del self._integrator.deliveries[self._sender]
