"""Whether a webhook comes from Chatwoot: the header X-Chatwoot-Signature over time stamp and body."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

TOLERANCE_SECONDS = 300
"""How far the time stamp may be from our clock, either way: what Chatwoot recommends."""

_LONGEST_STAMP = 12


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The header's value, as Chatwoot makes it."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


def is_genuine(secrets: Iterable[str], timestamp: str, signature: str, body: bytes, now: datetime) -> bool:
    """Whether one of the secrets made `signature`, within the tolerance; comparing takes as long for any wrong one."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _LONGEST_STAMP):
        return False
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    # All are tried, so that the time taken does not tell which one nearly matched.
    given = signature.encode("utf-8", "surrogateescape")
    matches = [hmac.compare_digest(sign(secret, timestamp, body).encode(), given) for secret in secrets]
    return any(matches)
