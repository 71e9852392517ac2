"""What the Graph API's errors mean for a part that was to be sent.

Codes as the references of the Graph API, the Messenger Platform and the WhatsApp Cloud API listed them in 2026
(docs/channels/meta.md). Meta's own words are not passed on: they may name the traveller.
"""

import math
from collections.abc import Mapping

import msgspec

from bot.conversations.outbox.models import Failure
from bot.conversations.outbox.port import NotSentError, RefusedError, SendError, UnclearError

_LONGEST_RETRY_AFTER = 3600.0

_WINDOW_SUBCODES = {2018065, 2018108, 2018278, 2534022}
_GONE_SUBCODE = 2018001
_UNAVAILABLE_SUBCODE = 1545041
_MISSING_OBJECT_SUBCODE = 33
_SENT_ALL_THE_SAME_SUBCODE = 1357046
"""Meta's list: «the messages are all sent successfully, but the endpoint returns an error»."""

_REFUSED: dict[int, Failure] = {
    470: "window",
    131047: "window",
    551: "blocked",
    130497: "blocked",
    131026: "unknown_address",
    131030: "unknown_address",
    131050: "unsubscribed",
    130472: "rejected",
    131049: "rejected",
}
_SLOWER_FOR_ALL = {4, 17, 32, 80006, 80007, 130429, 131048}
_SLOWER_FOR_ONE = {9, 341, 613, 131056}
_LATER = {1200, 131016, 133004}
_UNKNOWN = {1, 2, 131000}
_SETTINGS: dict[int, str] = {
    0: "the token is not accepted; make a new one and set it",
    3: "the app lacks a permission; add it in the app's dashboard",
    10: "the app lacks a permission; add it in the app's dashboard",
    33: "there is no such page or number, or the token may not use it; check its id and the token",
    102: "the token is not accepted; make a new one and set it",
    190: "the token is not accepted; make a new one and set it",
    368: "Meta has blocked the account for a time, for its policies; see its quality page",
    131005: "the token may not send; give its user the permission whatsapp_business_messaging",
    131031: "Meta has locked the account; see the WhatsApp manager",
    131037: "the number's display name is not approved; see the WhatsApp manager",
    131042: "the account cannot pay; see its payment settings",
    131045: "the number is not registered; register it",
    131057: "the account is being maintained by Meta",
    133010: "the number is not registered; register it",
}
"""Errors that concern every message: until somebody has seen to it, nothing is taken."""


class _Error(msgspec.Struct, frozen=True):
    code: int = -1
    error_subcode: int | None = None
    is_transient: bool = False
    message: str = ""


class _Answer(msgspec.Struct, frozen=True):
    error: _Error


def failure(code: int) -> Failure | None:
    """Why a message failed that was taken at first, None where it might arrive if it were sent again."""
    if code in _REFUSED:
        return _REFUSED[code]
    may_work = code in _SETTINGS or code in _SLOWER_FOR_ALL | _SLOWER_FOR_ONE | _LATER | _UNKNOWN
    return None if may_work else "rejected"


class DeniedError(NotSentError):
    """The settings or the account are at fault: nothing is taken until somebody has seen to it."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, everybody=True)


def meaning(status: int, headers: Mapping[str, str], body: bytes) -> SendError:
    """What an answer that is no success says."""
    try:
        error = msgspec.json.decode(body, type=_Answer, strict=False).error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _without_code(status, headers)
    detail = f"Graph API: status {status}, error {error.code}"
    if error.error_subcode is not None:
        detail += f", subcode {error.error_subcode}"
    refused = _refusal(error)
    if refused is not None:
        return RefusedError(refused, detail)
    return _passing(error, status, detail, _wait(headers)) or RefusedError("rejected", detail)


def _passing(error: _Error, status: int, detail: str, wait: float | None) -> SendError | None:
    """What may be otherwise later; None for what will not."""
    if error.code in _SLOWER_FOR_ALL or error.code in _SLOWER_FOR_ONE or status == 429:
        everybody = error.code in _SLOWER_FOR_ALL
        return NotSentError(f"{detail}: too many requests", retry_after=wait, everybody=everybody)
    hint = _hint(error)
    if hint is not None:
        return DeniedError(f"{detail}: {hint}")
    if error.code in _LATER or (error.is_transient and error.error_subcode != _SENT_ALL_THE_SAME_SUBCODE):
        return NotSentError(f"{detail}: it may work later", retry_after=wait)
    if status >= 500 or error.code in _UNKNOWN:
        return UnclearError(f"{detail}: whether it was sent is not known")
    return None


def _refusal(error: _Error) -> Failure | None:
    if error.error_subcode in _WINDOW_SUBCODES:
        return "window"
    if error.error_subcode == _UNAVAILABLE_SUBCODE:
        return "blocked"
    if error.error_subcode == _GONE_SUBCODE:
        return "unknown_address"
    return _REFUSED.get(error.code)


def _hint(error: _Error) -> str | None:
    if error.code == 100 and error.error_subcode == _MISSING_OBJECT_SUBCODE:
        return _SETTINGS[33]
    if error.code == 100 and "appsecret_proof" in error.message:
        return "the token is not one of this app; check META_APP_SECRET"
    if 200 <= error.code <= 299:
        return _SETTINGS[10]
    return _SETTINGS.get(error.code)


def _without_code(status: int, headers: Mapping[str, str]) -> SendError:
    detail = f"Graph API: status {status} without an error of its own"
    if status in (429, 503):
        return NotSentError(detail, retry_after=_wait(headers), everybody=True)
    if status >= 500:
        return UnclearError(detail)
    return DeniedError(f"{detail}; check META_GRAPH_URL and META_GRAPH_VERSION")


class _Usage(msgspec.Struct, frozen=True):
    estimated_time_to_regain_access: float = 0


def _wait(headers: Mapping[str, str]) -> float | None:
    """The seconds to wait, by `Retry-After`, or by the minutes in `X-Business-Use-Case-Usage`, which Meta documents."""
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        seconds = 60 * _minutes(headers.get("X-Business-Use-Case-Usage", ""))
    return min(seconds, _LONGEST_RETRY_AFTER) if math.isfinite(seconds) and seconds > 0 else None


def _minutes(usage: str) -> float:
    try:
        each = msgspec.json.decode(usage or "{}", type=dict[str, list[_Usage]])
    except msgspec.DecodeError:
        # It only says when trying again is worth while; without it the outbox has its own pace.
        return 0
    return max((one.estimated_time_to_regain_access for uses in each.values() for one in uses), default=0)
