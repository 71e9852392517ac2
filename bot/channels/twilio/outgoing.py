"""Sends a part by Twilio, and finds out whether one was sent whose answer was lost.

Twilio has no idempotency key for messages (https://www.twilio.com/docs/messaging/api/message-resource, read
2026-11-22): a request that is repeated is a second message. So a lost answer is looked up in the account's list of
messages. The same text may have been sent there before, and rightly ("Anything else?"); a mark in the text would cost
room and be seen. What counts is a message of ours to this address, of this text, made since the part was put into the
outbox, that no other part of the conversation claims as its own. A message that Twilio took but does not list yet is
missed, and sent again: the outbox waits a little before it asks.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from bot.channels.retry_after import seconds_of
from bot.channels.twilio.client import TooManyError, sender_fields
from bot.channels.twilio.errors import send_error
from bot.channels.twilio.incoming import KEY
from bot.conversations.outbox.port import Letter, NotSentError, SendError, Sent, UnclearError

_SKEW = timedelta(minutes=2)
"""How far Twilio's clock and ours may be apart."""

_LOOK_UP_SECONDS = 9.0
"""Less than the outbox waits, for which a look-up that never ends is as good as a provider that cannot be asked."""

_LOOKED_THROUGH = 200
"""The newest messages to one address that are looked through."""


class Outgoing:
    """The messages of one sender. `callback_url` is where Twilio says what became of them."""

    def __init__(self, client: Any, sender: str, callback_url: str) -> None:
        self._client = client
        self._sender = sender
        self._callback_url = callback_url

    async def send(self, letter: Letter, **content: object) -> Sent:
        """Sends `content`, named as the SDK names it. Raises SendError."""
        callback = f"{self._callback_url}?{urlencode({KEY: letter.key})}"
        try:
            made = await self._client.messages.create_async(
                to=letter.address, status_callback=callback, **sender_fields(self._sender), **content
            )
        except Exception as error:  # noqa: BLE001 - the SDK lets whatever it stumbles on pass
            raise _meaning(error, letter) from None
        if not made.sid:
            raise UnclearError("Twilio's answer names no message")
        return Sent(made.sid)

    async def find(self, letter: Letter, is_text: Callable[[str], bool]) -> Sent | None:
        """The message of this letter, if there is one; `is_text` knows its text. Raises NotSentError."""
        since = (letter.since or letter.heard_at) - _SKEW
        try:
            # Not by the date of sending, as Twilio can: what still waits there has none.
            async with asyncio.timeout(_LOOK_UP_SECONDS):
                newest = await self._client.messages.list_async(
                    to=letter.address, limit=_LOOKED_THROUGH, page_size=_LOOKED_THROUGH
                )
        except Exception as error:  # noqa: BLE001 - as above
            known = _meaning(error, letter)
            raise known if isinstance(known, NotSentError) else NotSentError(f"look-up: {known}") from None
        found = [
            each
            for each in newest
            if (each.direction or "").startswith("outbound")
            and self._sender in {each.from_, each.messaging_service_sid}
            and each.sid not in letter.claimed
            and each.date_created is not None
            and each.date_created >= since
            and is_text(each.body or "")
        ]
        return Sent(min(found, key=lambda each: each.date_created).sid) if found else None


def same_text(text: str) -> Callable[[str], bool]:
    """Whether a message's text is this one; trial accounts put a sentence before it, and ends are trimmed."""
    wanted = _plain(text)
    return lambda body: _plain(body) == wanted or (_TRIAL in body and _plain(body).endswith(f" {wanted}"))


_TRIAL = "Twilio trial account"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _meaning(error: Exception, letter: Letter) -> SendError:
    from twilio.base.exceptions import TwilioRestException, TwilioServiceException

    if isinstance(error, SendError):
        return error
    if isinstance(error, TooManyError):
        return send_error(429, error.code, seconds_of(error.retry_after, letter.now))
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return send_error(error.status, error.code, None)
    # Of other errors only the kind is said: their messages quote what was sent.
    return UnclearError(f"Twilio's answer cannot be read ({type(error).__name__})")
