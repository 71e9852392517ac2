"""Chatwoot's application API, as far as it is used: a method for each request, an error for each way it can fail."""

import math
from typing import Any, TypeVar

import aiohttp
import msgspec

from bot.handoff_desks.chatwoot.options import Options
from bot.handoff_desks.chatwoot.wire import (
    Contacts,
    Conversations,
    MadeContact,
    Messages,
    Person,
    SeenConversation,
    SeenMessage,
    identifier,
    marking,
)

_Type = TypeVar("_Type")
PAGE = 100
"""Messages in a page, as many as Chatwoot gives."""

_TIMEOUT = aiohttp.ClientTimeout(total=15, sock_connect=5)
_LARGEST_ANSWER = 16 * 1024 * 1024
_LONGEST_RETRY_AFTER = 3600.0


class ChatwootError(Exception):
    """Chatwoot did not do what was asked, and may do so later: it is down, slow or does not accept the token.

    Whether what was to be sent has arrived is not known. `retry_after` is what it asked for, in seconds.
    """

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class RefusedError(ChatwootError):
    """Chatwoot took a request for wrong; others may be right. Nothing was stored."""


class StrangeError(ChatwootError):
    """Chatwoot answered something that cannot be read; whether it did what was asked is not known."""


class GoneError(RefusedError):
    """What was asked about is not there (404)."""


class Client:
    """One account of one Chatwoot. Every method raises ChatwootError; `close` it in the end."""

    def __init__(self, options: Options) -> None:
        self._account = f"{options.url}/api/v1/accounts/{options.account}"
        self._profile = f"{options.url}/api/v1/profile"
        self._inbox = options.inbox
        self._session = aiohttp.ClientSession(
            headers={"api_access_token": options.token, "Accept": "application/json"},
            timeout=_TIMEOUT,
            # The token goes to the address that was set and nowhere else; a cookie is nobody's business.
            cookie_jar=aiohttp.DummyCookieJar(),
            json_serialize=lambda value: msgspec.json.encode(value).decode(),
        )

    async def close(self) -> None:
        """Closes its connections."""
        await self._session.close()

    async def myself(self) -> Person:
        """The user whose token this is."""
        return _read(await self._ask("GET", self._profile), Person)

    async def has_inbox(self) -> bool:
        """Whether the account has the inbox, for telling a deleted conversation from a wrong address."""
        try:
            await self._ask("GET", f"{self._account}/inboxes/{self._inbox}")
        except GoneError:
            return False
        return True

    async def make_contact(self, conversation_id: str, name: str) -> tuple[int, bool]:
        """The contact of a conversation, and whether it is new: it is made where there is none yet."""
        body = {
            "inbox_id": self._inbox,
            "source_id": conversation_id,
            "name": name,
            "identifier": identifier(conversation_id),
        }
        try:
            made = await self._ask("POST", f"{self._account}/contacts", json=body)
        except GoneError:
            raise
        except RefusedError:
            # An identifier is given once: it may have been made before we heard of it.
            found = await self._find_contact(identifier(conversation_id))
            if found is None:
                raise
            return found, False
        return _read(made, MadeContact).payload.contact.id, True

    async def _find_contact(self, name: str) -> int | None:
        answer = await self._ask("GET", f"{self._account}/contacts/search", params={"q": name})
        return next((each.id for each in _read(answer, Contacts).payload if each.identifier == name), None)

    async def conversation_of(self, contact_id: int) -> SeenConversation | None:
        """The newest conversation of a contact in the inbox."""
        answer = await self._ask("GET", f"{self._account}/contacts/{contact_id}/conversations")
        ours = [each for each in _read(answer, Conversations).payload if each.inbox_id == self._inbox]
        return max(ours, key=lambda each: each.id, default=None)

    async def make_conversation(
        self, conversation_id: str, contact_id: int, attributes: dict[str, str]
    ) -> SeenConversation:
        """A new conversation of the contact, open."""
        body = {
            "source_id": conversation_id,
            "inbox_id": self._inbox,
            "contact_id": contact_id,
            "status": "open",
            "custom_attributes": attributes,
        }
        return _read(await self._ask("POST", f"{self._account}/conversations", json=body), SeenConversation)

    async def conversation(self, number: int) -> SeenConversation:
        """A conversation as it is now."""
        return _read(await self._ask("GET", self._of(number)), SeenConversation)

    async def messages(self, number: int, after: int) -> list[SeenMessage]:
        """Up to `PAGE` messages of a conversation after the one of this id, oldest first."""
        # Without `after` Chatwoot gives the newest ones, so it is always sent.
        answer = await self._ask("GET", f"{self._of(number)}/messages", params={"after": str(max(after, 0))})
        return sorted(_read(answer, Messages).payload, key=lambda each: each.id)

    async def say(self, number: int, text: str, mark: str, *, incoming: bool) -> SeenMessage:
        """Adds the traveller's words (`incoming`) or a private note."""
        kind = {"message_type": "incoming"} if incoming else {"message_type": "outgoing", "private": True}
        body = {"content": text, **kind, **marking(mark)}
        return _read(await self._ask("POST", f"{self._of(number)}/messages", json=body), SeenMessage)

    async def set_status(self, number: int, status: str) -> None:
        """Makes a conversation open or resolved."""
        await self._ask("POST", f"{self._of(number)}/toggle_status", json={"status": status})

    async def set_attributes(self, number: int, attributes: dict[str, str]) -> None:
        """Replaces what a conversation says about itself beside its messages."""
        await self._ask("POST", f"{self._of(number)}/custom_attributes", json={"custom_attributes": attributes})

    def _of(self, number: int) -> str:
        return f"{self._account}/conversations/{number}"

    async def _ask(self, method: str, url: str, **more: Any) -> bytes:
        where = f"{method} {url.partition('/api/v1/')[2]}"
        try:
            async with self._session.request(method, url, allow_redirects=False, **more) as response:
                body = await _limited(response, where)
                if response.status >= 300:
                    raise _failure(response, where)
                return body
        except TimeoutError as error:
            raise ChatwootError(f"{where}: no answer within {_TIMEOUT.total:g} s") from error
        except (aiohttp.ClientError, OSError) as error:
            raise ChatwootError(f"{where}: {type(error).__name__}; check that CHATWOOT_URL can be reached") from error


async def _limited(response: aiohttp.ClientResponse, where: str) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _LARGEST_ANSWER:
            raise StrangeError(f"{where}: expected at most {_LARGEST_ANSWER} bytes in the answer")
    return bytes(body)


def _failure(response: aiohttp.ClientResponse, where: str) -> ChatwootError:
    status = response.status
    detail = f"{where}: status {status}"
    if status == 404:
        return GoneError(detail)
    if status in (401, 403):
        return ChatwootError(f"{detail}; check CHATWOOT_TOKEN, and that its user belongs to the account and the inbox")
    if status in (408, 429) or status >= 500:
        return ChatwootError(detail, retry_after=_seconds(response.headers.get("Retry-After", "")))
    if status < 400:
        return ChatwootError(f"{detail}; redirects are not followed, correct CHATWOOT_URL")
    return RefusedError(detail)


def _seconds(value: str) -> float | None:
    """The seconds of a header Retry-After; its other form, a date, is not used by Chatwoot."""
    try:
        seconds = float(value)
    except ValueError:
        return None
    return min(seconds, _LONGEST_RETRY_AFTER) if math.isfinite(seconds) and seconds >= 0 else None


def _read(body: bytes, kind: type[_Type]) -> _Type:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # The decoder's own words may quote a message.
        raise StrangeError(f"expected a {kind.__name__} in Chatwoot's answer, got something else") from error
