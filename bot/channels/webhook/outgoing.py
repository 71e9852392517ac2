"""What we send to an integrator, and what the answers mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import aiohttp
import msgspec

from bot.channels.retry_after import seconds_of
from bot.channels.webhook.settings import Options
from bot.channels.webhook.signature import signed
from bot.conversations.outbox.models import Failure
from bot.conversations.outbox.port import Letter, NotSentError, RefusedError, SendError, Sent, UnclearError
from bot.conversations.transcript import ShownButton
from bot.formats import Language

_TIMEOUT = aiohttp.ClientTimeout(total=14, sock_connect=5)
"""Seconds; the outbox gives a part 15."""

_LARGEST_ANSWER = 16 * 1024
_LONGEST_ID = 200
_REFUSALS: Mapping[int, Failure] = {
    400: "rejected",
    410: "unknown_address",
    413: "rejected",
    415: "rejected",
    422: "rejected",
}
_SAYING_WHY = (400, 403, 404, 410, 422)


class OutgoingLink(msgspec.Struct, frozen=True):
    """A page to open, such as the form to prove who one is; it is for the traveller alone.

    `text` names it too, on a line of its own, which may be left out where the link is shown.
    """

    url: str
    title: str | None


class OutgoingMessage(msgspec.Struct, frozen=True, tag_field="type", tag="message"):
    """A message for a traveller. `recipient` is what you called them as `sender`.

    `key` names the message, the same at every try: what comes twice under one key is to be shown once. `author` is
    `staff` where a person wrote it. A pressed button is sent back as a message whose `text` is the button's `payload`.
    """

    key: str
    recipient: str
    text: str
    language: Language
    author: Literal["bot", "staff"]
    buttons: list[ShownButton]
    link: OutgoingLink | None


class Check(msgspec.Struct, frozen=True, tag_field="type", tag="check"):
    """`nexus-guide channels check` asks whether you are there and take our signature: answer 2xx, and show nothing."""


class Taken(msgspec.Struct, frozen=True):
    """What you may answer: your `id` for the message, by which your receipts can name it."""

    id: str | None = None


class Refused(msgspec.Struct, frozen=True):
    """Why a message will never arrive, with status 400, 403, 404, 410 or 422."""

    failure: Literal["unsubscribed", "blocked", "window", "unknown_address", "rejected"] | None = None


class Outgoing:
    """Sends to one address; `close` it in the end."""

    def __init__(self, options: Options) -> None:
        self._url = options.webhook_url
        self._keys: Sequence[bytes] = options.keys()
        self._session: aiohttp.ClientSession | None = None

    async def send(self, letter: Letter) -> Sent:
        """Sends one part under its key. Raises SendError."""
        part = letter.part
        message = OutgoingMessage(
            key=letter.key,
            recipient=letter.address,
            text=part.text,
            language=letter.language,
            author=part.sender,
            buttons=list(part.buttons),
            link=None if part.link is None else OutgoingLink(part.link, part.link_title),
        )
        return await self._post(letter.key, message, letter.now)

    async def check(self, now: datetime) -> None:
        """Makes sure that somebody is there who takes our signature. Raises SendError."""
        await self._post(f"check-{int(now.timestamp())}", Check(), now)

    async def close(self) -> None:
        """Closes its connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, name: str, message: OutgoingMessage | Check, now: datetime) -> Sent:
        body = msgspec.json.encode(message)
        # The key goes as a header too, for gateways that tell repeats by the usual one.
        headers = {"Content-Type": "application/json", "Idempotency-Key": name, **signed(self._keys, name, body, now)}
        try:
            async with self._opened().post(self._url, data=body, headers=headers, allow_redirects=False) as answer:
                return _outcome(answer, await _beginning(answer), now)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(
                f"{type(error).__name__}; check that WEBHOOK_URL can be reached", everybody=True
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnclearError(f"{type(error).__name__} before an answer came") from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


async def _beginning(answer: aiohttp.ClientResponse) -> bytes:
    """The body; empty where it is too long or breaks off, as the status says enough."""
    body = bytearray()
    try:
        async for chunk in answer.content.iter_any():
            body += chunk
            if len(body) > _LARGEST_ANSWER:
                return b""
    except (aiohttp.ClientError, TimeoutError, OSError):
        return b""
    return bytes(body)


def _outcome(answer: aiohttp.ClientResponse, body: bytes, now: datetime) -> Sent:
    status = answer.status
    if 200 <= status < 300 or status == 409:
        return Sent(_id(body))
    raise _error(status, _failure(body), seconds_of(answer.headers.get("Retry-After", ""), now))


def _error(status: int, failure: Failure | None, retry_after: float | None) -> SendError:
    detail = f"status {status}"
    if failure is not None and status in _SAYING_WHY:
        return RefusedError(failure, f"{detail}, {failure}")
    if status in _REFUSALS:
        return RefusedError(_REFUSALS[status], detail)
    if status in (429, 503):
        return NotSentError(detail, retry_after=retry_after, everybody=status == 503)
    if status >= 500 or status == 408:
        return UnclearError(detail)
    # Neither a wrong secret nor a wrong address is a reason to give a traveller up: the operator corrects it.
    advice = "redirects are not followed: correct WEBHOOK_URL"
    if status in (401, 403):
        advice = "the other side must have the same WEBHOOK_SECRET, and a clock that is right"
    return NotSentError(f"{detail}; {advice}", everybody=True)


def _id(body: bytes) -> str | None:
    try:
        name = msgspec.json.decode(body, type=Taken).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return name if name and len(name) <= _LONGEST_ID else None


def _failure(body: bytes) -> Failure | None:
    try:
        return msgspec.json.decode(body, type=Refused).failure
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
