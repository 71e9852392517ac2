"""What one sign-in through the provider is bound by, sealed into a cookie of the browser that began it."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.clock import Clock
from bot.staff.oidc_refused import OidcError
from bot.staff.seal import Seal, SealError

LASTS = timedelta(minutes=10)
"""From leaving for the provider to being back: time to find one's telephone for the second factor."""


class Attempt(msgspec.Struct, frozen=True):
    """`state` comes back in the address, `nonce` in the ID token; `verifier` proves to the provider that it was us."""

    state: str
    nonce: str
    verifier: str
    begun_at: datetime


class Used(Protocol):
    """Remembers what was used; all processes of an installation together."""

    async def is_first(self, name: str, seconds: int) -> bool:
        """Whether `name` is used for the first time in so many `seconds`; from then on it is used."""
        ...


class Attempts:
    """Seals attempts and opens each once; the provider takes each code once as well.

    Nothing is kept for an attempt that was only begun, so beginning thousands pushes out nobody else's.
    """

    def __init__(self, secret_key: str, clock: Clock, used: Used) -> None:
        self._seal = Seal(secret_key, "oidc attempt")
        self._clock = clock
        self._used = used

    def begin(self) -> Attempt:
        """An attempt nobody can guess."""
        return Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), self._clock())

    def seal(self, attempt: Attempt) -> str:
        """The cookie's value: unreadable and unforgeable without SECRET_KEY."""
        return self._seal.close(msgspec.json.encode(attempt).decode())

    async def open(self, sealed: str, state: str) -> Attempt:
        """The attempt of the cookie, if it is the one of `state`; a second time it is refused.

        Raises:
            OidcError: expired; it is not ours, not of this `state`, older than `LASTS`, or used.
        """
        try:
            attempt = msgspec.json.decode(self._seal.open(sealed if sealed.isascii() else ""), type=Attempt)
        except SealError as error:
            raise OidcError("expired", "the browser shows no attempt of ours") from error
        if self._clock() - attempt.begun_at > LASTS:
            raise OidcError("expired", "the browser's attempt is too old")
        if not hmac.compare_digest(attempt.state.encode(), state.encode("utf-8", "surrogatepass")):
            raise OidcError("expired", "the state is not the one of this browser's attempt")
        digest = hashlib.sha256(attempt.state.encode()).hexdigest()
        if not await self._used.is_first(f"oidc:{digest}", int(LASTS.total_seconds()) + 1):
            raise OidcError("expired", "the attempt was used before")
        return attempt
