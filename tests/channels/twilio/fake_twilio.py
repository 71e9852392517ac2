"""Twilio's API as its documentation describes it, as far as it is used, and the calls Twilio makes itself."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

ACCOUNT = "AC" + "a1" * 16
TOKEN = "the token of the account"
NUMBER = "+16135550100"
SERVICE = "MG" + "b2" * 16
TRAVELLER = "+16135550177"
NOON = datetime(2026, 11, 21, 17, tzinfo=UTC)
_FORM = "application/x-www-form-urlencoded"


@dataclass
class Fault:
    """What Twilio does instead of answering 201; it `takes` the message all the same, or not."""

    status: int = 201
    code: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    drops: bool = False
    hangs: bool = False
    body: str | None = None

    @property
    def takes(self) -> bool:
        return self.status == 201


@dataclass
class FakeTwilio:
    """`messages` are the message resources, oldest first; `requests` are the forms that were posted."""

    url: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    status: str = "active"
    numbers: list[dict[str, Any]] = field(default_factory=list)
    service: dict[str, Any] = field(default_factory=dict)
    senders: list[dict[str, Any]] = field(default_factory=list)
    looked_up: int = 0
    now: datetime = NOON
    came: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def bodies(self) -> list[str]:
        """The texts of what was taken."""
        return [each["body"] for each in self.messages]

    def environment(self, **more: str) -> dict[str, str]:
        """The settings of the account."""
        return {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_API_URL": self.url, **more}

    async def until(self, count: int) -> None:
        """Waits until so many messages were taken."""
        async with self.came, asyncio.timeout(10):
            await self.came.wait_for(lambda: len(self.messages) >= count)

    async def requested(self, count: int) -> None:
        """Waits until so many were posted, whatever became of them."""
        async with self.came, asyncio.timeout(10):
            await self.came.wait_for(lambda: len(self.requests) >= count)

    async def create(self, request: web.Request) -> web.StreamResponse:
        """POST …/Messages.json."""
        self._authorized(request)
        assert request.content_type == _FORM
        form = {name: str(value) for name, value in (await request.post()).items()}
        assert form["To"], "To is required"
        assert bool(form.get("From")) != bool(form.get("MessagingServiceSid")), "one sender"
        assert bool(form.get("Body")) != bool(form.get("ContentSid")), "one content"
        assert len(form.get("Body", "")) <= 1600
        fault = self.faults.pop(0) if self.faults else Fault()
        async with self.came:
            self.requests.append(form)
            if fault.takes:
                self.messages.append(self._made(form))
            self.came.notify_all()
        if fault.hangs:
            await asyncio.sleep(60)
        if fault.drops:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.body is not None:
            return web.Response(status=fault.status, text=fault.body, headers=fault.headers)
        if not fault.takes:
            # What Twilio says in words may name the number; nothing of it may be handed on.
            said = {"code": fault.code, "message": f"about {form['To']}", "more_info": "…", "status": fault.status}
            return web.json_response(said, status=fault.status, headers=fault.headers)
        return web.json_response(self.messages[-1], status=201)

    async def list(self, request: web.Request) -> web.Response:
        """GET …/Messages.json: newest first."""
        self._authorized(request)
        self.looked_up += 1
        fault = self.faults.pop(0) if self.faults else Fault()
        if fault.status != 201:
            return web.json_response({"code": fault.code, "message": "…", "status": fault.status}, status=fault.status)
        found = [each for each in reversed(self.messages) if each["to"] == request.query["To"]]
        return web.json_response({"messages": found, "page": 0, "page_size": 50, "next_page_uri": None})

    def _made(self, form: Mapping[str, str]) -> dict[str, Any]:
        self.now += timedelta(seconds=1)
        body = form.get("Body") or f"From the template: {form['ContentVariables']}"
        return {
            "sid": f"SM{len(self.messages):032x}",
            "account_sid": ACCOUNT,
            "to": form["To"],
            "from": form.get("From"),
            "messaging_service_sid": form.get("MessagingServiceSid"),
            "body": body,
            "status": "queued",
            "direction": "outbound-api",
            "date_created": format_datetime(self.now),
            "date_sent": None,
            "error_code": None,
        }

    async def account(self, request: web.Request) -> web.Response:
        """GET …/Accounts/{sid}.json."""
        self._authorized(request)
        return web.json_response({"sid": ACCOUNT, "status": self.status})

    async def incoming_numbers(self, request: web.Request) -> web.Response:
        """GET …/IncomingPhoneNumbers.json."""
        self._authorized(request)
        found = [each for each in self.numbers if each["phone_number"] == request.query["PhoneNumber"]]
        return web.json_response({"incoming_phone_numbers": found, "next_page_uri": None})

    async def the_service(self, request: web.Request) -> web.Response:
        """GET /v1/Services/{sid}."""
        self._authorized(request)
        return web.json_response({"sid": SERVICE, "account_sid": ACCOUNT, **self.service})

    async def whatsapp_senders(self, request: web.Request) -> web.Response:
        """GET /v2/Channels/Senders."""
        self._authorized(request)
        assert request.query["Channel"] == "whatsapp"
        return web.json_response({"senders": self.senders, "meta": {"key": "senders", "next_page_url": None}})

    @staticmethod
    def _authorized(request: web.Request) -> None:
        if request.headers["Authorization"] != "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode():
            raise web.HTTPUnauthorized(text='{"code": 20003, "message": "Authenticate", "status": 401}')

    # What Twilio does by itself.

    async def calls(
        self, client: TestClient[web.Request, web.Application], url: str, fields: Mapping[str, str], **how: str
    ) -> ClientResponse:
        """Twilio posts a form to an address of ours, which it signs as it knows it."""
        path = url.removeprefix("https://guide.example")
        signature = how.get("signature") or sign(url, fields, how.get("token", TOKEN))
        headers = {"X-Twilio-Signature": signature, "Content-Type": _FORM}
        return await client.post(path, data=urlencode(fields), headers=headers)


def message(number: int, text: str, **more: str) -> dict[str, str]:
    """The fields of an SMS that came in."""
    sid = f"SM{number:032x}"
    fields = {
        "ToCountry": "CA",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "SmsSid": sid,
        "SmsStatus": "received",
        "Body": text,
        "FromCity": "",
        "To": NUMBER,
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": TRAVELLER,
        "ApiVersion": "2010-04-01",
    }
    return fields | more


def status_of(sid: str, status: str, **more: str) -> dict[str, str]:
    """The fields of a status callback."""
    fields = {"SmsSid": sid, "SmsStatus": status, "MessageStatus": status, "To": TRAVELLER, "MessageSid": sid}
    return fields | {"AccountSid": ACCOUNT, "From": NUMBER, "ApiVersion": "2010-04-01"} | more


def sign(url: str, fields: Mapping[str, str], token: str = TOKEN) -> str:
    """The signature, by the documented steps: the address, then each field and its value in the order of names."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.digest(token.encode(), signed.encode(), hashlib.sha1)).decode()


@asynccontextmanager
async def fake_twilio() -> AsyncIterator[FakeTwilio]:
    """The server, listening."""
    fake = FakeTwilio()
    app = web.Application()
    account = f"/2010-04-01/Accounts/{ACCOUNT}"
    app.router.add_post(f"{account}/Messages.json", fake.create)
    app.router.add_get(f"{account}/Messages.json", fake.list)
    app.router.add_get(f"{account}.json", fake.account)
    app.router.add_get(f"{account}/IncomingPhoneNumbers.json", fake.incoming_numbers)
    app.router.add_get(f"/v1/Services/{SERVICE}", fake.the_service)
    app.router.add_get("/v2/Channels/Senders", fake.whatsapp_senders)
    async with TestServer(app) as server:
        fake.url = f"http://127.0.0.1:{server.port}"
        yield fake
