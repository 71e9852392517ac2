"""Travellers, each with one conversation: over HTTP, over a WebSocket, or through an integrator's webhook.

`say` returns when the answer has come: the response, the first message of the bot, or its delivery to the integrator.
"""

import json
import uuid
from collections.abc import Callable
from typing import Any, Protocol

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

CLOSED = "WebSocket closed"
_TRIES = 3

ANSWER_SECONDS = 45.0
"""After which a traveller gives up; the guide itself apologises after 30."""


class FailedError(Exception):
    """A message got no answer; the text is the kind of failure, for counting."""


class Traveller(Protocol):
    """One who talks with the guide."""

    way: str

    async def begin(self) -> None:
        """Opens the conversation."""
        ...

    async def say(self, text: str) -> None:
        """Says something and waits for the answer. Raises FailedError."""
        ...

    async def end(self) -> None:
        """Goes away."""
        ...


class Visitor:
    """What travellers of the web page have in common: a conversation and its token."""

    def __init__(self, session: ClientSession, url: str, language: str) -> None:
        self._session = session
        self._url = url
        self._language = language
        self._path = ""
        self._token = ""

    async def _start(self) -> None:
        async with self._session.post(
            f"{self._url}/api/v1/conversations", json={"language": self._language}
        ) as response:
            if response.status != 201:
                raise FailedError(f"start {response.status}")
            started = await response.json()
        self._path = f"{self._url}/api/v1/conversations/{started['conversation_id']}"
        self._token = started["token"]


class HttpTraveller(Visitor):
    """Sends each message as a request of its own."""

    way = "HTTP"

    async def begin(self) -> None:
        await self._start()

    async def say(self, text: str) -> None:
        body = {"text": text, "client_message_id": uuid.uuid4().hex}
        headers = {"Authorization": f"Bearer {self._token}"}
        async with self._session.post(f"{self._path}/messages", json=body, headers=headers) as response:
            answer = await response.json()
            if response.status != 200:
                raise FailedError(f"HTTP {response.status}")
            if not any(message["sender"] == "bot" for message in answer["messages"]):
                raise FailedError("HTTP without a reply")

    async def end(self) -> None:
        return


class SocketTraveller(Visitor):
    """Writes and listens on a WebSocket, as the widget does."""

    way = "WebSocket"

    def __init__(self, session: ClientSession, url: str, language: str) -> None:
        super().__init__(session, url, language)
        self._socket: ClientWebSocketResponse | None = None
        self._seq = 0

    async def begin(self) -> None:
        await self._start()
        await self._connect()

    async def _connect(self) -> None:
        self._socket = await self._session.ws_connect(f"{self._path}/ws?after={self._seq}", heartbeat=None)
        await self._socket.send_json({"type": "auth", "token": self._token})
        await self._until(lambda frame: frame["type"] == "ready")

    async def say(self, text: str) -> None:
        """As the widget does: where the line broke, it connects again and sends the same message."""
        name = uuid.uuid4().hex
        for _ in range(_TRIES):
            try:
                return await self._say(text, name)
            except (FailedError, ConnectionError) as error:
                if isinstance(error, FailedError) and str(error) != CLOSED:
                    raise
                await self._connect()
        raise FailedError(CLOSED)

    async def _say(self, text: str, name: str) -> None:
        assert self._socket is not None
        await self._socket.send_json({"type": "message", "text": text, "client_message_id": name})
        spoke = False

        def answered(frame: dict[str, Any]) -> bool:
            nonlocal spoke
            if frame["type"] == "failed":
                raise FailedError(f"WebSocket {frame.get('status', 'failed')}")
            if frame["type"] == "message":
                self._seq = frame["message"]["seq"]
                # What the bot said before this message may still be coming.
                spoke = spoke or frame["message"].get("client_message_id") == name
                return spoke and frame["message"]["sender"] == "bot"
            return False

        await self._until(answered)

    async def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        assert self._socket is not None
        async for frame in self._socket:
            if frame.type is WSMsgType.TEXT and wanted(json.loads(frame.data)):
                return
        raise FailedError(CLOSED)

    async def end(self) -> None:
        if self._socket is not None:
            await self._socket.close()
