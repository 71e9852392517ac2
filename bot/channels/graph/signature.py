"""Signatures with the app's secret: of what Meta sends, and of what is asked of Meta."""

import hmac
import re
from collections.abc import Mapping

_SIGNATURE = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)


def is_genuine(app_secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether `X-Hub-Signature-256` is that of the body as it came, byte for byte. Compared in constant time."""
    given = _SIGNATURE.fullmatch(headers.get("X-Hub-Signature-256", ""))
    return given is not None and hmac.compare_digest(_digest(app_secret, body), given[1])


def proof(app_secret: str, token: str) -> str:
    """The `appsecret_proof`: it shows that whoever uses the token also knows the secret of its app."""
    return _digest(app_secret, token.encode())


def _digest(app_secret: str, signed: bytes) -> str:
    return hmac.digest(app_secret.encode(), signed, "sha256").hex()
