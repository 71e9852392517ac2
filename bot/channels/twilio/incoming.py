"""Reads what Twilio posts: a message, or what became of one of ours.

Fields: https://www.twilio.com/docs/messaging/guides/webhook-request and
https://www.twilio.com/docs/messaging/guides/track-outbound-message-status, read 2026-11-22.
"""

import math
from collections.abc import Sequence

from multidict import MultiDict

from bot.channels.port import Attachment, Call, CallError, Came, Place, Said
from bot.channels.twilio.errors import failure_of
from bot.channels.twilio.form import fields, needed, one
from bot.channels.twilio.signature import is_json
from bot.conversations.outbox.port import Receipt

KEY = "key"
"""The parameter of our address for status callbacks that names the part."""

_LONGEST_ID = 128
_MOST_DIGITS = 9
_OF_THEIRS = frozenset({"receiving", "received"})
_KINDS: dict[str, Attachment] = {"image": "picture", "audio": "voice", "video": "video"}
_TYPES: dict[str, Attachment] = {
    "image/webp": "sticker",  # WhatsApp's stickers are the only pictures of this type
    "text/vcard": "contact",
    "text/x-vcard": "contact",
    "text/directory": "contact",
}


def read(call: Call, account: str, prefix: str) -> Sequence[Came]:
    """What came. `prefix` is how addresses of the channel begin. Raises CallError."""
    if is_json(call):
        return []
    form = fields(call.body)
    if needed(form, "AccountSid") != account:
        raise CallError("expected a call for the account TWILIO_ACCOUNT_SID; it is for another account")
    status = one(form, "MessageStatus")
    if status and status not in _OF_THEIRS:
        return _receipts(form, status, call.query.get(KEY))
    sender = needed(form, "From")
    if sender.isalnum():
        # A short code or a name: another program, which is not to be talked with.
        return []
    if not sender.startswith(prefix):
        raise CallError(
            f"expected From to begin with {prefix}; this message is of another kind, "
            "whose number or service has this channel's address set at Twilio"
        )
    return [_said(form, sender)]


def _said(form: MultiDict[str], sender: str) -> Said:
    place = _place(form)
    text = one(form, "ButtonPayload") or one(form, "Body")
    attachment = _attachment(form)
    if attachment is None and place is None and not text.strip():
        attachment = "other"
    return Said(sender, _message_id(form), text, attachment, place)


def _message_id(form: MultiDict[str]) -> str:
    identifier = needed(form, "MessageSid")
    if len(identifier) > _LONGEST_ID or not identifier.isprintable():
        raise CallError(f"expected MessageSid to be at most {_LONGEST_ID} printable characters")
    return identifier


def _attachment(form: MultiDict[str]) -> Attachment | None:
    number = one(form, "NumMedia") or "0"
    if not _is_number(number):
        raise CallError("expected NumMedia to be a number")
    if int(number) == 0:
        return None
    media_type = one(form, "MediaContentType0").partition(";")[0].strip().lower()
    return _TYPES.get(media_type) or _KINDS.get(media_type.partition("/")[0], "file")


def _is_number(digits: str) -> bool:
    # Python refuses to read thousands of digits.
    return digits.isdecimal() and len(digits) <= _MOST_DIGITS


def _place(form: MultiDict[str]) -> Place | None:
    latitude, longitude = one(form, "Latitude"), one(form, "Longitude")
    if not latitude and not longitude:
        return None
    return Place(_degrees(latitude, "Latitude", 90), _degrees(longitude, "Longitude", 180))


def _degrees(value: str, name: str, most: int) -> float:
    try:
        degrees = float(value)
    except ValueError:
        degrees = math.nan
    if not abs(degrees) <= most:
        raise CallError(f"expected {name} to be degrees between -{most} and {most}")
    return degrees


def _receipts(form: MultiDict[str], status: str, key: str | None) -> list[Receipt]:
    provider_id = _message_id(form)
    if status == "delivered":
        return [Receipt(provider_id, key, "delivered")]
    if status == "read":
        return [Receipt(provider_id, key, "read")]
    if status not in {"failed", "undelivered", "canceled"}:
        return []
    code = one(form, "ErrorCode")
    number = int(code) if _is_number(code) else None
    detail = f"Twilio: {status}, error {number}" if number is not None else f"Twilio: {status}"
    return [Receipt(provider_id, key, "failed", failure_of(number), detail)]
