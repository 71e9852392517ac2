"""What WhatsApp Cloud delivers: messages, pressed buttons, and what became of ours."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from bot.channels.graph import errors
from bot.channels.graph.reading import Coordinates, decode, name_of, when
from bot.channels.port import Attachment, Came, Said
from bot.conversations.outbox.port import Receipt

_ATTACHMENTS: dict[str, Attachment] = {
    "image": "picture",
    "audio": "voice",
    "video": "video",
    "document": "file",
    "sticker": "sticker",
    "contacts": "contact",
}
_SILENT = {"reaction", "system", "request_welcome"}
"""An emoji on a message of ours, a number that was changed, a chat that was opened: nothing to answer."""

_STATES: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}


class _Text(msgspec.Struct, frozen=True):
    body: str | None = None


class _Button(msgspec.Struct, frozen=True):
    payload: str | None = None
    text: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    id: str


class _Interactive(msgspec.Struct, frozen=True):
    button_reply: _Choice | None = None
    list_reply: _Choice | None = None


class _Media(msgspec.Struct, frozen=True):
    caption: str | None = None


class _Message(msgspec.Struct, frozen=True):
    """`from` is the number, which people with a username may hide; `from_user_id` is theirs for this business alone."""

    id: str
    type: str
    timestamp: int | str
    number: str | None = msgspec.field(name="from", default=None)
    from_user_id: str | None = None
    group_id: str | None = None
    text: _Text = _Text()
    button: _Button = _Button()
    interactive: _Interactive = _Interactive()
    image: _Media = _Media()
    video: _Media = _Media()
    document: _Media = _Media()
    location: Coordinates = Coordinates()


class _Error(msgspec.Struct, frozen=True):
    code: int = 0


class _Status(msgspec.Struct, frozen=True):
    id: str
    status: str
    timestamp: int | str = 0
    biz_opaque_callback_data: str | None = None
    errors: list[_Error] = []


class _Metadata(msgspec.Struct, frozen=True):
    phone_number_id: str = ""


class _Value(msgspec.Struct, frozen=True):
    metadata: _Metadata = _Metadata()
    messages: list[_Message] = []
    statuses: list[_Status] = []


class _Change(msgspec.Struct, frozen=True):
    field: str = ""
    value: msgspec.Raw = msgspec.Raw(b"{}")


class _Entry(msgspec.Struct, frozen=True):
    changes: list[_Change]


class _Call(msgspec.Struct, frozen=True):
    object: str
    entry: list[_Entry]


def read(body: bytes, phone_id: str) -> Sequence[Came]:
    """What came for the number, oldest first. Raises CallError."""
    call = decode(body, _Call)
    if call.object != "whatsapp_business_account":
        return ()
    # Other fields, such as the state of templates, have values of other shapes.
    changes = [change for entry in call.entry for change in entry.changes if change.field == "messages"]
    ours: list[_Message | _Status] = []
    for change in changes:
        value = decode(bytes(change.value), _Value)
        if value.metadata.phone_number_id == phone_id:
            ours += [*value.messages, *value.statuses]
    return [came for each in sorted(ours, key=_moment) for came in _came(each)]


def _moment(each: _Message | _Status) -> int:
    return when(each.timestamp)


def _came(each: _Message | _Status) -> Iterator[Came]:
    if isinstance(each, _Message):
        said = _said(each)
        if said is not None:
            yield said
    elif each.status in _STATES:
        code = each.errors[0].code if each.errors else 0
        failed = each.status == "failed"
        yield Receipt(
            provider_id=name_of(each.id),
            key=each.biz_opaque_callback_data,
            state=_STATES[each.status],
            failure=errors.failure(code) if failed else None,
            detail=f"WhatsApp: error {code}" if failed else None,
        )


def _said(message: _Message) -> Said | None:
    if message.type in _SILENT or message.group_id is not None:
        return None
    # The id stays when a number is hidden later, so that the conversation does not begin anew.
    sender = message.from_user_id or message.number or ""
    name, text = name_of(message.id), _text(message)
    place = message.location.place() if message.type == "location" else None
    if text is not None or place is not None:
        return Said(sender, name, text or "", None, place) if place or (text or "").strip() else None
    caption = {"image": message.image, "video": message.video, "document": message.document}.get(message.type, _Media())
    return Said(sender, name, caption.caption or "", _ATTACHMENTS.get(message.type, "other"))


def _text(message: _Message) -> str | None:
    """What was written or pressed, None where it was something else."""
    chosen = message.interactive.button_reply or message.interactive.list_reply
    if message.type == "interactive" and chosen is not None:
        return chosen.id
    if message.type == "button":
        return message.button.payload or message.button.text or ""
    return (message.text.body or "") if message.type == "text" else None
