"""Twilio's SDK, made to fit: its addresses, its time, its silence."""

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
import msgspec

from bot.channels.twilio.settings import SERVICE, TwilioOptions
from bot.conversations.outbox.port import NotSentError, UnclearError

LONGEST = 14.0
"""Seconds that a request may take, connecting included."""

# The SDK's logger says the address of every request, telephone numbers included.
_SILENT = logging.Logger("bot.channels.twilio.silent")
_SILENT.disabled = True


class TooManyError(Exception):
    """Twilio answered 429; `retry_after` is the header as it came."""

    def __init__(self, code: int | None, retry_after: str) -> None:
        super().__init__(f"Twilio answered 429, error {code}")
        self.code = code
        self.retry_after = retry_after


class Wire:
    """The SDK's aiohttp client, with a session made in the running loop, and errors that say what is known.

    Requests raise NotSentError where there was no connection, UnclearError where it ended before the answer, and
    TooManyError. The SDK's own retries stay off: the outbox tries again.
    """

    is_async = True

    def __init__(self) -> None:
        from twilio.http.async_http_client import AsyncTwilioHttpClient

        self._http = AsyncTwilioHttpClient(pool_connections=False, logger=_SILENT)

    async def request(
        self, method: str, uri: str, *, headers: Mapping[str, str], auth: tuple[str, str], **how: Any
    ) -> Any:
        """One request, with what the SDK gives its clients; returns the SDK's response."""
        if self._http.session is None:
            self._http.session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        # The SDK would give aiohttp the credentials in a way that is deprecated, and no time limit.
        how |= {"headers": {**headers, "Authorization": aiohttp.encode_basic_auth(*auth)}, "timeout": LONGEST}
        try:
            response = await self._http.request(method, uri, **how)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSentError(f"Twilio cannot be reached ({type(error).__name__})", everybody=True) from None
        except (aiohttp.ClientError, TimeoutError, UnicodeDecodeError) as error:
            raise UnclearError(f"Twilio's answer was lost ({type(error).__name__})") from None
        finally:
            # It would hold the last text and address for as long as nothing else is sent.
            self._http._test_only_last_request = self._http._test_only_last_response = None
        if response.status_code == 429:
            raise TooManyError(_code(response.text), response.headers.get("Retry-After", ""))
        return response

    async def close(self) -> None:
        """Closes its connections."""
        await self._http.close()


def connect(options: TwilioOptions, wire: Wire) -> Any:
    """A client of the account. No connection is made yet; what the SDK loads late is loaded here, not while serving."""
    from twilio.rest import Client

    # Without an environment of its own it takes region and edge out of this process's.
    client = Client(
        options.twilio_account_sid,
        options.twilio_auth_token,
        http_client=wire,  # type: ignore[arg-type,unused-ignore]
        environment={"TWILIO_REGION": ""},
    )
    client.api.base_url = options.twilio_api_url
    client.messaging.base_url = options.twilio_api_url.replace("//api.", "//messaging.", 1)
    _ = client.messages
    return client


def sender_fields(sender: str) -> Mapping[str, str]:
    """How the SDK is told who sends: a number, or a messaging service."""
    return {"messaging_service_sid": sender} if sender.startswith(SERVICE) else {"from_": sender}


class _Error(msgspec.Struct):
    code: int | None = None


def _code(text: str) -> int | None:
    try:
        return msgspec.json.decode(text, type=_Error).code
    except msgspec.DecodeError:
        return None
