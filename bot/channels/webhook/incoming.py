"""What an integrator sends us."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bot.channels.port import Attachment, CallError, Came, Place, Said
from bot.conversations.outbox.port import Receipt
from bot.formats import Language
from bot.texts import LANGUAGES

_Name = Annotated[str, Meta(min_length=1, max_length=128)]


class Location(msgspec.Struct, frozen=True):
    """Where the traveller is, in degrees; used to put enrolment centres in order, and not stored."""

    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]


class IncomingMessage(msgspec.Struct, frozen=True, tag_field="type", tag="message"):
    """A traveller's message: words, a place, or something that the guide cannot read, with `text` as its caption.

    `id` is yours for the message: sent again, it is stored once. `sender` is yours for the traveller, who has one
    conversation: a number, an account, whatever a reply can be addressed to. To press a button is to send its `payload`
    as `text`. `language` is that of your page, such as `fr-CA`; it opens the conversation, and the traveller's own
    words decide later.
    """

    id: _Name
    sender: _Name
    text: str = ""
    language: Annotated[str, Meta(max_length=35)] | None = None
    location: Location | None = None
    attachment: Attachment | None = None


class IncomingReceipt(msgspec.Struct, frozen=True, tag_field="type", tag="receipt"):
    """What became of a message of ours: named by our `key`, or by the `id` that you answered when you took it."""

    state: Literal["delivered", "read", "failed"]
    key: _Name | None = None
    id: _Name | None = None
    failure: Literal["unsubscribed", "blocked", "window", "unknown_address", "rejected"] | None = None


Incoming = IncomingMessage | IncomingReceipt
_DECODER = msgspec.json.Decoder(Incoming)


def read(body: bytes) -> Came:
    """What came. Raises CallError."""
    try:
        came = _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # The decoder's words name a field and what it must be. What it says of bytes that are no text may quote them.
        what = str(error) if isinstance(error, msgspec.DecodeError) else "invalid UTF-8, or nested too deep"
        raise CallError(f"expected a message or a receipt as the description has them: {what}") from error
    if isinstance(came, IncomingReceipt):
        if came.key is None and came.id is None:
            raise CallError("expected `key` or `id` in a receipt, got neither; send the `key` of our message")
        return Receipt(provider_id=came.id, key=came.key, state=came.state, failure=came.failure)
    if not (came.id.isprintable() and came.sender.isprintable()):
        raise CallError("expected printable characters in `id` and `sender`")
    if came.sender.strip() != came.sender:
        raise CallError("expected `sender` without spaces around it")
    if not came.text.strip() and came.location is None and came.attachment is None:
        raise CallError("expected `text`, `location` or `attachment` in a message, got none of them")
    place = None if came.location is None else Place(came.location.latitude, came.location.longitude)
    return Said(came.sender, came.id, came.text, came.attachment, place, _language(came.language))


def _language(tag: str | None) -> Language | None:
    primary = (tag or "").replace("_", "-").partition("-")[0].lower()
    return next((each for each in LANGUAGES if each == primary), None)
