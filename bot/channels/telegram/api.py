"""Calling methods of the Bot API, and what its errors mean."""

import re
from typing import Any

import aiohttp
import msgspec

from bot.conversations.outbox.port import NotSentError, RefusedError, SendError, UnclearError

_TIMEOUT = aiohttp.ClientTimeout(total=14, sock_connect=5)
"""Seconds; the outbox gives a part 15."""

_PLAIN = re.compile(r"[A-Za-z_: ]{0,80}")
"""The beginning of a description that quotes nothing: what follows may be a text, a link or an address."""

_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "chat_id is empty")


class _Parameters(msgspec.Struct, frozen=True):
    retry_after: float | None = None


class _Answer(msgspec.Struct, frozen=True):
    ok: bool
    result: Any = None
    description: str = ""
    parameters: _Parameters | None = None


class Api:
    """The methods of one bot; `close` it in the end."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self._base = f"{self.url}/bot{token}"
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, **values: object) -> Any:
        """The `result` of a method. Raises SendError; no message of it holds the token, which stands in the address."""
        try:
            async with self._opened().post(f"{self._base}/{method}", json=values, allow_redirects=False) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"{type(error).__name__}: Telegram cannot be reached", everybody=True) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnclearError(f"{type(error).__name__} before an answer came") from error
        try:
            answer = msgspec.json.decode(body, type=_Answer)
        except (msgspec.DecodeError, UnicodeDecodeError):
            answer = _Answer(ok=False)
        if status == 200 and answer.ok:
            return answer.result
        raise _error(status, answer)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """Closes its connections."""
        if self._session is not None:
            await self._session.close()


def _error(status: int, answer: _Answer) -> SendError:
    said = _PLAIN.match(answer.description)
    detail = f"status {status} {said.group() if said else ''}".strip()
    if status == 429:
        return NotSentError(detail, retry_after=answer.parameters.retry_after if answer.parameters else None)
    if status in (401, 404):
        # Telegram has no other word for a wrong token, which is a part of the address.
        return NotSentError(f"{detail}; check TELEGRAM_BOT_TOKEN", everybody=True)
    if status == 403:
        # Blocked by the user, the user's account is gone, or they never pressed Start: it is theirs to change.
        return RefusedError("blocked", detail)
    if status == 400:
        is_nobody = any(words in answer.description.lower() for words in _NOBODY)
        return RefusedError("unknown_address" if is_nobody else "rejected", detail)
    if status == 503:
        return NotSentError(detail, everybody=True)
    return UnclearError(detail)
