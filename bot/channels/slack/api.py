"""Calling methods of Slack's Web API through its SDK, and what its errors mean."""

import logging
from collections.abc import Awaitable, Mapping
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.retry_after import seconds_of
from bot.conversations.outbox.models import Failure
from bot.conversations.outbox.port import NotSentError, RefusedError, SendError, UnclearError

_TIMEOUT = aiohttp.ClientTimeout(total=14, sock_connect=5)
"""Seconds; the outbox gives a part 15."""

NOBODY = frozenset({"channel_not_found", "user_not_found", "not_in_channel", "is_archived", "is_inactive"})
BLOCKED = frozenset({"user_disabled", "cannot_dm_bot", "restricted_action", "restricted_action_read_only_channel"})
CREDENTIALS = frozenset(
    {
        "access_denied",
        "account_inactive",
        "accesslimited",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "messages_tab_disabled",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
LATER = frozenset({"message_limit_exceeded", "request_timeout", "service_unavailable", "team_added_to_org"})
TOO_MANY = frozenset({"ratelimited", "rate_limited"})
UNCLEAR = frozenset({"fatal_error", "internal_error"})
"""Slack says of these that a part of what was asked may have been done."""


class Api:
    """The methods of one app in one workspace; `close` it in the end."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._token = token
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None

    async def call(self, method: str, now: datetime, **values: object) -> AsyncSlackResponse:
        """The answer to a method that writes. Raises SendError, none of which holds what was sent."""
        return await self._called(self._opened().api_call(method, json=values), now)

    async def ask(self, method: str, now: datetime, **values: object) -> AsyncSlackResponse:
        """The answer to a method that only reads; those take no JSON. Raises SendError, as `call` does."""
        return await self._called(self._opened().api_call(method, http_verb="GET", params=values), now)

    @staticmethod
    async def _called(answer: Awaitable[AsyncSlackResponse], now: datetime) -> AsyncSlackResponse:
        try:
            return await answer
        except SlackApiError as error:
            raise _error(error, now) from None  # its message quotes the answer, which quotes what was sent
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"{type(error).__name__}: Slack cannot be reached", everybody=True) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnclearError(f"{type(error).__name__} before an answer came") from error
        except AttributeError as error:
            # The SDK's own, where the answer is a text.
            raise UnclearError("expected a JSON object, and something else came") from error

    def _opened(self) -> AsyncWebClient:
        if self._client is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())
            # The SDK writes whole messages into a log of level DEBUG.
            quiet = logging.getLogger(f"{__name__}.sdk")
            quiet.setLevel(logging.WARNING)
            # It also sends again by itself after a cut connection; only the outbox knows whether that is right.
            self._client = AsyncWebClient(
                self._token, self._url, session=self._session, logger=quiet, retry_handlers=[]
            )
            # All channels reach their providers in the same way.
            self._client.proxy = None
        return self._client

    async def close(self) -> None:
        """Closes its connections."""
        if self._session is not None:
            await self._session.close()


def _error(error: SlackApiError, now: datetime) -> SendError:
    response = error.response
    if not isinstance(response, AsyncSlackResponse):
        return UnclearError("expected a JSON object, and something else came")
    data: Any = response.data
    said = data.get("error") if isinstance(data, Mapping) else None
    word = said if isinstance(said, str) and said.replace("_", "").isalpha() else ""
    return _meaning(response.status_code, word, seconds_of(response.headers.get("Retry-After", ""), now))


def _meaning(status: int, word: str, retry_after: float | None) -> SendError:
    detail = word or f"status {status}"
    if status == 429 or word in TOO_MANY:
        return NotSentError(detail, retry_after=retry_after)
    if word in CREDENTIALS:
        return NotSentError(f"{detail}; check SLACK_BOT_TOKEN and the scopes of the app", everybody=True)
    if word in LATER or status == 503:
        return NotSentError(detail, retry_after=retry_after, everybody=True)
    if status != 200 or not word or word in UNCLEAR:
        return UnclearError(detail)
    failure: Failure = "rejected"
    if word in NOBODY:
        failure = "unknown_address"
    elif word in BLOCKED:
        failure = "blocked"
    return RefusedError(failure, detail)
