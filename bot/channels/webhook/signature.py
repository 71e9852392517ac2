"""Signing as Standard Webhooks does (https://www.standardwebhooks.com), in both directions.

Not a scheme of our own: integrators find libraries for it in a dozen languages, it signs id and time with the body, so
that neither can be exchanged, and it carries several signatures at once, by which a secret is changed without a gap.
"""

import base64
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

ID, TIMESTAMP, SIGNATURE = "Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"
TOLERANCE_SECONDS = 300
"""How far the time stamp may be from our clock, either way."""

_VERSION = "v1,"
_USABLE_ID = re.compile(r"[!-\-/-~]{1,128}", re.ASCII)
"""Printable and without a full stop: with one, two different sets of id, time and body could be signed alike."""
_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_MOST_SIGNATURES = 8


def signed(keys: Sequence[bytes], name: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers that go with `body`, which is called `name`: one signature for each key."""
    stamp = str(int(now.timestamp()))
    return {ID: name, TIMESTAMP: stamp, SIGNATURE: " ".join(_signature(key, name, stamp, body) for key in keys)}


def is_genuine(keys: Sequence[bytes], headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Whether one of the keys made one of the signatures within the tolerance; any wrong one takes as long."""
    name, stamp = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not _USABLE_ID.fullmatch(name) or not _STAMP.fullmatch(stamp):
        return False
    if abs(now.timestamp() - int(stamp)) > TOLERANCE_SECONDS:
        return False
    given = headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape").split(b" ")[:_MOST_SIGNATURES]
    # All are tried, so that the time taken does not tell which one nearly matched.
    made = [_signature(key, name, stamp, body).encode() for key in keys]
    matches = [hmac.compare_digest(ours, theirs) for ours in made for theirs in given]
    return any(matches)


def _signature(key: bytes, name: str, stamp: str, body: bytes) -> str:
    content = f"{name}.{stamp}.".encode() + body
    return _VERSION + base64.b64encode(hmac.digest(key, content, "sha256")).decode("ascii")
