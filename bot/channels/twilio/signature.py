"""X-Twilio-Signature: whether Twilio made a call, checked by Twilio's own validator.

It signs the address as it knows it and the fields of the form with the account's token, or, where the body is JSON, the
address with the body's digest in it (https://www.twilio.com/docs/usage/webhooks/webhooks-security, read 2026-11-22).
A call carries no time; a repeated one is stored once, by its message's id.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.channels.port import Call, CallError
from bot.channels.twilio.form import fields

if TYPE_CHECKING:
    from multidict import MultiDict

HEADER = "X-Twilio-Signature"
_JSON = "application/json"


def is_signed(call: Call, tokens: Sequence[str]) -> bool:
    """Whether one of the tokens signed the call."""
    from twilio.request_validator import RequestValidator

    signature = call.headers.get(HEADER, "")
    try:
        signed = _signed(call)
    except (CallError, UnicodeDecodeError):
        return False
    return any(RequestValidator(token).validate(call.url, signed, signature) for token in tokens if token)


def is_json(call: Call) -> bool:
    """Whether the body is JSON, which Twilio posts for other things than messages."""
    return call.headers.get("Content-Type", "").partition(";")[0].strip().lower() == _JSON


def _signed(call: Call) -> "MultiDict[str] | str":
    # Without its digest in the address a body of JSON would not be signed at all.
    if is_json(call) and "bodySHA256" in call.query:
        return call.body.decode()
    return fields(call.body)
