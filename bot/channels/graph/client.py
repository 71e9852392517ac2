"""Requests to the Graph API."""

from collections.abc import Mapping
from typing import Any, TypeVar

import aiohttp
import msgspec

from bot.channels.graph import errors
from bot.channels.graph.settings import MetaOptions
from bot.channels.graph.signature import proof
from bot.conversations.outbox.port import NotSentError, UnclearError

_Type = TypeVar("_Type")
_SENDING = aiohttp.ClientTimeout(total=12, sock_connect=5)
_LOOKING = aiohttp.ClientTimeout(total=8, sock_connect=5)
_LARGEST_ANSWER = 1024 * 1024


class Graph:
    """The Graph API with one token; `close` it in the end."""

    def __init__(self, options: MetaOptions, token: str) -> None:
        self._root = f"{options.meta_graph_url.rstrip('/')}/{options.meta_graph_version}"
        self._token = token
        self._proof = proof(options.meta_app_secret, token)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Closes its connections."""
        if self._session is not None:
            await self._session.close()

    async def get(self, path: str, kind: type[_Type], **query: str) -> _Type:
        """What stands at `path`. Raises SendError."""
        return await self._ask("GET", path, kind, query, None)

    async def post(self, path: str, kind: type[_Type], body: Mapping[str, Any]) -> _Type:
        """The answer to `body`.

        Raises:
            NotSentError: it did not arrive, or was not taken and may be later.
            UnclearError: it may have been taken.
            RefusedError: it will never be taken.
        """
        return await self._ask("POST", path, kind, {}, msgspec.json.encode(body))

    async def _ask(
        self, method: str, path: str, kind: type[_Type], query: Mapping[str, str], body: bytes | None
    ) -> _Type:
        url, query = f"{self._root}/{path}", {**query, "appsecret_proof": self._proof}
        timeout = _LOOKING if body is None else _SENDING
        try:
            async with self._opened().request(
                method, url, params=query, data=body, allow_redirects=False, timeout=timeout
            ) as response:
                answer = await _limited(response)
                status, headers = response.status, response.headers
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            detail = f"Graph API: {type(error).__name__}; check that META_GRAPH_URL can be reached"
            raise NotSentError(detail, everybody=True) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise UnclearError(f"Graph API: {type(error).__name__} after the request was begun") from error
        if not 200 <= status <= 299:
            raise errors.meaning(status, headers, answer)
        try:
            return msgspec.json.decode(answer, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UnclearError(f"Graph API: status {status} with an answer that cannot be read") from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                # In the header, for addresses stand in the logs of proxies.
                headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


async def _limited(response: aiohttp.ClientResponse) -> bytes:
    answer = bytearray()
    async for chunk in response.content.iter_any():
        answer += chunk
        if len(answer) > _LARGEST_ANSWER:
            raise UnclearError(f"Graph API: an answer of more than {_LARGEST_ANSWER} bytes")
    return bytes(answer)
