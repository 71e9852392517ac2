"""What Messenger delivers: messages, pressed buttons, deliveries."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from bot.channels.graph.reading import Coordinates, decode, made_name, name_of, when
from bot.channels.port import Attachment, Came, Place, Said
from bot.conversations.outbox.port import Receipt
from bot.formats import Language

GET_STARTED = "GET_STARTED"
"""The payload to give the page's Get Started button; nobody has written anything yet when it is pressed."""

_TITLES: dict[str, Language] = {"get started": "en", "démarrer": "fr", "commencer": "fr"}
"""What Messenger writes on that button, in the language of the person's app."""

_ATTACHMENTS: dict[str, Attachment] = {
    "image": "picture",
    "audio": "voice",
    "video": "video",
    "reel": "video",
    "ig_reel": "video",
    "file": "file",
    "sticker": "sticker",
}


class _Person(msgspec.Struct, frozen=True):
    id: str = ""


class _Payload(msgspec.Struct, frozen=True):
    sticker_id: int | str | None = None
    coordinates: Coordinates | None = None


class _Attachment(msgspec.Struct, frozen=True):
    type: str = ""
    payload: _Payload | None = None


class _QuickReply(msgspec.Struct, frozen=True):
    payload: str = ""


class _Message(msgspec.Struct, frozen=True):
    mid: str
    text: str | None = None
    quick_reply: _QuickReply | None = None
    attachments: list[_Attachment] | None = None
    is_echo: bool = False
    metadata: str | None = None


class _Postback(msgspec.Struct, frozen=True):
    mid: str | None = None
    title: str | None = None
    payload: str | None = None


class _Delivery(msgspec.Struct, frozen=True):
    mids: list[str] | None = None


class _Event(msgspec.Struct, frozen=True):
    sender: _Person = _Person()
    recipient: _Person = _Person()
    timestamp: int | str = 0
    message: _Message | None = None
    postback: _Postback | None = None
    delivery: _Delivery | None = None


class _Entry(msgspec.Struct, frozen=True):
    id: str
    messaging: list[_Event] = []
    """Events for the app that has the conversation; those for others, in `standby`, are not ours to answer."""


class _Call(msgspec.Struct, frozen=True):
    object: str
    entry: list[_Entry]


def read(body: bytes, page_id: str, greeting: Mapping[Language, str]) -> Sequence[Came]:
    """What came for the page, oldest first; pressing Get Started says `greeting`. Raises CallError."""
    call = decode(body, _Call)
    if call.object != "page":
        return ()
    ours = (event for entry in call.entry if entry.id == page_id for event in entry.messaging)
    return [came for event in sorted(ours, key=_moment) for came in _came(event, page_id, greeting)]


def _moment(event: _Event) -> int:
    return when(event.timestamp)


def _came(event: _Event, page_id: str, greeting: Mapping[Language, str]) -> Iterator[Came]:
    if event.delivery is not None:
        # Reads name no message, only a moment, and so do deliveries to old apps; these tell nothing of any one message.
        for mid in event.delivery.mids or ():
            yield Receipt(provider_id=name_of(mid), key=None, state="delivered")
    message, postback = event.message, event.postback
    # What the page itself says comes back as an echo, with our key where it is ours.
    if message is not None and message.is_echo and message.metadata and event.sender.id == page_id:
        yield Receipt(provider_id=name_of(message.mid), key=message.metadata, state="sent")
    if event.sender.id == page_id or (message is not None and message.is_echo):
        return
    if message is not None:
        said = _said(event.sender.id, message)
        if said is not None:
            yield said
    elif postback is not None:
        yield from _pressed(event.sender.id, event.timestamp, postback, greeting)


def _pressed(sender: str, at: int | str, postback: _Postback, greeting: Mapping[Language, str]) -> Iterator[Said]:
    name = name_of(postback.mid) if postback.mid else made_name(sender, str(at))
    title = postback.title or ""
    if postback.payload == GET_STARTED:
        language = _TITLES.get(title.strip().casefold())
        yield Said(sender, name, greeting[language or "en"], language=language)
        return
    text = postback.payload or title
    if text.strip():
        yield Said(sender, name, text)


def _said(sender: str, message: _Message) -> Said | None:
    text = (message.text or "") if message.quick_reply is None else message.quick_reply.payload or message.text or ""
    attachments = message.attachments or []
    place = next((place for each in attachments if (place := _place(each)) is not None), None)
    attachment = None if place is not None else _attachment(attachments, text)
    if not text.strip() and place is None and attachment is None:
        return None
    return Said(sender, name_of(message.mid), text, attachment, place)


def _place(attachment: _Attachment) -> Place | None:
    payload = attachment.payload
    return None if payload is None or payload.coordinates is None else payload.coordinates.place()


def _attachment(attachments: Sequence[_Attachment], text: str) -> Attachment | None:
    if not attachments:
        return None
    if any(each.type == "sticker" or (each.payload and each.payload.sticker_id) for each in attachments):
        return "sticker"
    named = next((_ATTACHMENTS[each.type] for each in attachments if each.type in _ATTACHMENTS), None)
    # A preview of an address in the text comes as «fallback»: the text is all that was said.
    return named or (None if text.strip() else "other")
