"""The settings of the webhook."""

import base64
import binascii
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

_PREFIX = "whsec_"
_SHORTEST, _LONGEST = 24, 64
"""Bytes of a secret, as Standard Webhooks asks for."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Where messages are delivered, and the secret that both sides sign with.

    While `webhook_secret_old` is set, calls signed with it are taken too, and ours carry a signature of each: so the
    secret is changed without a gap.
    """

    webhook_url: str
    webhook_secret: str
    webhook_secret_old: str = ""

    def __post_init__(self) -> None:
        _check_url(self.webhook_url)
        self.keys()

    def keys(self) -> tuple[bytes, ...]:
        """The keys behind the secrets, the new one first. Raises ValueError."""
        old = (_key("WEBHOOK_SECRET_OLD", self.webhook_secret_old),) if self.webhook_secret_old else ()
        return (_key("WEBHOOK_SECRET", self.webhook_secret), *old)


def _key(name: str, secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(_PREFIX) or not _SHORTEST <= len(key) <= _LONGEST:
        # The secret itself stays out of the sentence.
        raise ValueError(
            f"{name}: expected {_PREFIX} and {_SHORTEST} to {_LONGEST} random bytes in base64, got something else; "
            f'make one by: echo "{_PREFIX}$(openssl rand -base64 32)"'
        )
    return key


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and not (parts.username or parts.password or parts.fragment)
        usable = usable and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname or "")))
    except ValueError:
        usable = False
    if not usable:
        # An address may hold a secret in its query, and so is not repeated.
        raise ValueError(
            "WEBHOOK_URL: expected an https address without a user's name, or an http one of this machine, such as "
            "https://app.example.org/nexus or http://127.0.0.1:9000/nexus; got something else"
        )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
