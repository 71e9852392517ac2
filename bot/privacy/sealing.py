"""Sealing what must be read again, such as a telephone number to answer: a copy of the database tells nobody."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken


class SealError(ValueError):
    """What was sealed cannot be opened: it was sealed under another SECRET_KEY, or altered."""


class Seal:
    """Seals and opens texts under the installation's secret key, and gives keyed digests to find them by."""

    def __init__(self, secret_key: str) -> None:
        # Keys of their own for each use, as neither may help against the other; the secret is long and random.
        self._fernet = Fernet(urlsafe_b64encode(hmac.digest(secret_key.encode(), b"seal|addresses", "sha256")))
        self._digest_key = hmac.digest(secret_key.encode(), b"digest|addresses", "sha256")

    def close(self, text: str) -> str:
        """The sealed text; sealed twice, it looks different."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text again. Raises SealError."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise SealError(
                "an address cannot be read: expected one sealed under this SECRET_KEY; restore the key it had"
            ) from error

    def digest(self, *parts: str) -> str:
        """The same for the same parts, and telling nothing about them to whoever has not the key."""
        return hmac.digest(self._digest_key, "\x1f".join(parts).encode(), hashlib.sha256).hex()
