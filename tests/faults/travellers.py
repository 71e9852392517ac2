"""Travellers who do what good clients do: what was not confirmed they send again, under the same id."""

import asyncio
import json
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout, WSMsgType

from bot.clock import system_clock
from tests.channels.webhook.fake_webhook import call

TEXTS = ("How much does NEXUS cost?", "What should I bring?", "How long does it take?", "What is NEXUS?")
LATER = frozenset({429, 503, 507})
"""Statuses that say: nothing was confirmed, the same may be sent again."""

_WAIT = ClientTimeout(total=45)
_PATIENCE_SECONDS = 90.0
_PAUSE_SECONDS = 0.2


class UnansweredError(AssertionError):
    """The guide did not confirm or answer a message although it was sent again and again."""


@dataclass
class Said:
    """A message. `acknowledged` is true once the guide confirmed that it is stored."""

    client_id: str
    text: str
    acknowledged: bool = False


@dataclass
class Guide:
    """Where the guide is; `client` makes connections of its own, `ahead` is how far its clock is before ours.

    `failures` counts what went wrong on the way, by status or by the error's name.
    """

    client: ClientSession
    url: str
    ahead: timedelta = timedelta()
    failures: Counter[str] = field(default_factory=Counter)

    async def asked(self, response: ClientResponse) -> Any:
        """The body of a good answer; None where the same is to be sent again, as the answer has to say clearly."""
        if response.status in (200, 201):
            return await response.json()
        told = await response.json()
        assert response.status in LATER, told
        assert response.content_type == "application/problem+json"
        assert int(response.headers["Retry-After"]) > 0
        self.failures[str(response.status)] += 1
        return None

    def failed(self, error: Exception) -> None:
        """Counts a connection that broke."""
        name = "refused" if isinstance(error, ClientConnectorError) else type(error).__name__
        self.failures[name] += 1


class Traveller:
    """One traveller with one conversation; `said` are their messages in order."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.said: list[Said] = []
        self.conversation_id = ""
        self._until = 0.0

    async def begin(self) -> None:
        """Opens the conversation, where that takes more than a message."""

    async def say(self, text: str) -> None:
        """Says something; comes back when it is confirmed, and over HTTP and WebSocket when it is answered."""
        said = Said(uuid.uuid4().hex, text)
        self.said.append(said)
        self._until = time.monotonic() + _PATIENCE_SECONDS
        await self._say(said)

    async def _say(self, said: Said) -> None:
        raise NotImplementedError

    async def end(self) -> None:
        """Goes away."""

    async def _pause(self) -> None:
        if time.monotonic() > self._until:
            raise UnansweredError(f"{type(self).__name__}: {[each.acknowledged for each in self.said]}")
        await asyncio.sleep(_PAUSE_SECONDS)


class Visitor(Traveller):
    """Of the web page."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self.token = ""

    @property
    def path(self) -> str:
        """The address of the conversation."""
        return f"{self.guide.url}/api/v1/conversations/{self.conversation_id}"

    async def begin(self) -> None:
        self._until = time.monotonic() + _PATIENCE_SECONDS
        started = None
        while started is None:
            try:
                async with self.guide.client.post(
                    f"{self.guide.url}/api/v1/conversations", json={"language": "en"}, timeout=_WAIT
                ) as response:
                    started = await self.guide.asked(response)
            except (ClientError, TimeoutError) as error:
                self.guide.failed(error)
            if started is None:
                await self._pause()
        self.conversation_id, self.token = started["conversation_id"], started["token"]

    async def everything(self) -> list[dict[str, Any]]:
        """The conversation as the guide gives it."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.guide.client.get(f"{self.path}/messages", headers=headers) as response:
            return list((await response.json())["messages"])


class HttpTraveller(Visitor):
    """Sends each message as a request; `answers` are what came, by the message's id."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self.answers: dict[str, list[dict[str, Any]]] = {}

    async def _say(self, said: Said) -> None:
        while not await self.tried(said):
            await self._pause()

    async def tried(self, said: Said) -> bool:
        """Sends it once; gives whether it was confirmed."""
        body = {"text": said.text, "client_message_id": said.client_id}
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            async with self.guide.client.post(
                f"{self.path}/messages", json=body, headers=headers, timeout=_WAIT
            ) as response:
                answer = await self.guide.asked(response)
        except (ClientError, TimeoutError) as error:
            self.guide.failed(error)
            return False
        if answer is None:
            return False
        own, *replies = answer["messages"]
        assert own["text"] == said.text
        assert replies, "confirmed without an answer"
        self.answers[said.client_id] = answer["messages"]
        said.acknowledged = True
        return True


class SocketTraveller(Visitor):
    """Writes and listens on a WebSocket, as the widget does; `heard` is what it was shown, over all connections."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self.heard: list[dict[str, Any]] = []
        self._frames: list[str] = []

    async def _say(self, said: Said) -> None:
        while not self._is_answered(said):
            try:
                await self._listen(said)
            except (ClientError, TimeoutError) as error:
                self.guide.failed(error)
            if not self._is_answered(said):
                await self._pause()

    async def listen_until(self, seq: int) -> None:
        """Comes back when everything up to this number was shown."""
        self._until = time.monotonic() + _PATIENCE_SECONDS
        while len(self.heard) < seq:
            try:
                await self._listen(None, seq)
            except (ClientError, TimeoutError) as error:
                self.guide.failed(error)
            if len(self.heard) < seq:
                await self._pause()

    async def _listen(self, said: Said | None, seq: int = 0) -> None:
        """One connection, until the answer has come or the connection ends."""
        async with self.guide.client.ws_connect(f"{self.path}/ws?after={len(self.heard)}") as socket:
            self._frames.append("connected")
            await socket.send_json({"type": "auth", "token": self.token})
            if said is not None and not said.acknowledged:
                frame = {"type": "message", "text": said.text, "client_message_id": said.client_id}
                await socket.send_json(frame)
            while not (self._is_answered(said) if said is not None else len(self.heard) >= seq):
                # Not the timeout of `receive`, which begins anew with each ping.
                try:
                    async with asyncio.timeout(max(self._until - time.monotonic(), 0)):
                        frame_or_end = await socket.receive()
                except TimeoutError as error:
                    raise UnansweredError(f"a socket was silent after {self._frames[-8:]}") from error
                if frame_or_end.type is not WSMsgType.TEXT:
                    self.guide.failures[f"socket {socket.close_code}"] += 1
                    return
                self._frames.append(frame_or_end.data[:60])
                if not self._take(json.loads(frame_or_end.data), said):
                    return

    def _take(self, frame: dict[str, Any], said: Said | None) -> bool:
        """Whether the connection is of further use."""
        if frame["type"] == "message":
            self.heard.append(frame["message"])
            assert frame["message"]["seq"] == len(self.heard), "a message was left out, or shown twice"
        if said is not None and frame.get("client_message_id") == said.client_id:
            if frame["type"] == "delivered":
                said.acknowledged = True
            elif frame["type"] == "error":
                assert frame["status"] in LATER, frame
                self.guide.failures[str(frame["status"])] += 1
                return False
        return True

    def _is_answered(self, said: Said) -> bool:
        own = next((each["seq"] for each in self.heard if each.get("client_message_id") == said.client_id), None)
        if own is None or not any(each["seq"] > own and each["sender"] == "bot" for each in self.heard):
            return False
        # Shown in the conversation, it is as confirmed as it can be; the sign itself may have been lost.
        said.acknowledged = True
        return True


class AppTraveller(Traveller):
    """Writes in an organisation's app. With `repeats` the organisation makes each call twice at once."""

    def __init__(self, guide: Guide, *, repeats: bool = False) -> None:
        super().__init__(guide)
        self.address = f"traveller-{uuid.uuid4().hex}"
        self._repeats = repeats

    async def _say(self, said: Said) -> None:
        while not said.acknowledged:
            # Each call counts: what was confirmed once is stored.
            done = await asyncio.gather(*(self.tried(said) for _ in range(2 if self._repeats else 1)))
            said.acknowledged = any(done)
            if not said.acknowledged:
                await self._pause()
        if self._repeats:
            await self.tried(said)

    async def tried(self, said: Said) -> bool:
        """Makes the call once; gives whether it was confirmed."""
        message = {"type": "message", "id": said.client_id, "sender": self.address, "text": said.text, "language": "en"}
        signed = call(message, system_clock() + self.guide.ahead, name=uuid.uuid4().hex)
        try:
            async with self.guide.client.post(
                f"{self.guide.url}/channels/webhook", **signed, timeout=_WAIT
            ) as response:
                return await self.guide.asked(response) is not None
        except (ClientError, TimeoutError) as error:
            self.guide.failed(error)
            return False


def crowd(guide: Guide, count: int) -> list[Traveller]:
    """So many travellers, of every kind."""
    kinds: Sequence[Callable[[], Traveller]] = (
        lambda: HttpTraveller(guide),
        lambda: SocketTraveller(guide),
        lambda: AppTraveller(guide),
        lambda: HttpTraveller(guide),
        lambda: SocketTraveller(guide),
        lambda: AppTraveller(guide, repeats=True),
    )
    return [kinds[number % len(kinds)]() for number in range(count)]


async def talk(travellers: Sequence[Traveller], chance: Random, messages: int, over_seconds: float) -> None:
    """Lets each say so many messages, beginning one after the other, with pauses to think between."""

    async def one(traveller: Traveller, wait: float) -> None:
        await asyncio.sleep(wait)
        if not traveller.said:
            await traveller.begin()
        for _ in range(messages):
            await traveller.say(chance.choice(TEXTS))
            await asyncio.sleep(chance.uniform(0, 1))

    waits = [chance.uniform(0, over_seconds) for _ in travellers]
    await asyncio.gather(*(one(each, wait) for each, wait in zip(travellers, waits, strict=True)))
