"""What one sign-in through the provider is bound by, sealed into a cookie of the browser that began it."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections import OrderedDict
from datetime import timedelta

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.clock import Clock
from bot.staff.oidc_refused import OidcError

LASTS = timedelta(minutes=10)
"""From leaving for the provider to being back: time to find one's telephone for the second factor."""

_MOST_USED = 10_000


class Attempt(msgspec.Struct, frozen=True):
    """`state` comes back in the address, `nonce` in the ID token; `verifier` proves to the provider that it was us."""

    state: str
    nonce: str
    verifier: str


def new_attempt() -> Attempt:
    """An attempt nobody can guess."""
    return Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


class Attempts:
    """Seals attempts and opens each once.

    Nothing is kept for an attempt that was only begun, so beginning thousands pushes out nobody else's.
    """

    def __init__(self, secret_key: str, clock: Clock) -> None:
        key = HKDF(SHA256(), length=32, salt=None, info=b"nexus-guide oidc attempt").derive(secret_key.encode())
        self._fernet = Fernet(urlsafe_b64encode(key))
        self._clock = clock
        self._used: OrderedDict[str, None] = OrderedDict()

    def seal(self, attempt: Attempt) -> str:
        """The cookie's value: unreadable and unforgeable without SECRET_KEY."""
        return self._fernet.encrypt_at_time(msgspec.json.encode(attempt), self._now()).decode()

    def open(self, sealed: str, state: str) -> Attempt:
        """The attempt of the cookie, if it is the one of `state`; a second time it is refused.

        Raises:
            OidcError: expired; it is not ours, not of this `state`, older than `LASTS`, or used.
        """
        try:
            told = self._fernet.decrypt_at_time(
                sealed.encode("utf-8", "surrogatepass"), int(LASTS.total_seconds()), self._now()
            )
        except InvalidToken as error:
            raise OidcError("expired", "no attempt of this browser, or one that is too old") from error
        attempt = msgspec.json.decode(told, type=Attempt)
        if not hmac.compare_digest(attempt.state.encode(), state.encode("utf-8", "surrogatepass")):
            raise OidcError("expired", "the state is not the one of this browser's attempt")
        if attempt.state in self._used:
            raise OidcError("expired", "the attempt was used before")
        self._used[attempt.state] = None
        while len(self._used) > _MOST_USED:  # the provider takes each code once as well
            self._used.popitem(last=False)
        return attempt

    def _now(self) -> int:
        return int(self._clock().timestamp())
