"""Whether a call comes from Slack, and was sent in the last five minutes."""

import re
from collections.abc import Mapping
from datetime import datetime

from slack_sdk.signature import Clock, SignatureVerifier

_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class _At(Clock):
    """The time at which the call arrived."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> float:
        return self._at.timestamp()


def is_genuine(secret: str, headers: Mapping[str, str], body: bytes, at: datetime) -> bool:
    """Whether time and body are signed with the app's secret, and the time is within five minutes of `at`."""
    stamp, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    if not _STAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
        return False  # the verifier raises for some of these
    try:
        return SignatureVerifier(secret, _At(at)).is_valid(body, stamp, signature)
    except UnicodeDecodeError:
        return False
