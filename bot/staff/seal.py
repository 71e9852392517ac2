"""Keeping a secret that must be read again, such as that of a second factor, encrypted in the database."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealError(Exception):
    """What was sealed cannot be read: SECRET_KEY is another one than when it was sealed."""


class Seal:
    """Encrypts and decrypts with a key of its own, derived from the installation's secret key."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"nexus-guide {purpose}".encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))

    def close(self, text: str) -> str:
        """The text, encrypted and protected against changes."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text again. Raises SealError."""
        try:
            return self._fernet.decrypt(sealed.encode("ascii")).decode()
        except InvalidToken as error:
            raise SealError(
                "a sealed secret of a staff account cannot be read: SECRET_KEY has changed; set the former key again, "
                "or run nexus-guide staff reset --second-factor"
            ) from error
