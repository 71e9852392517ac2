"""A message as it is seen from outside; field names are the public interface: add freely, rename none."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from bot.conversations.models import GUESSES, Message
from bot.conversations.states import State
from bot.formats import Language

Sender = Literal["traveller", "bot", "staff"]


class ShownButton(msgspec.Struct, frozen=True):
    """One thing to press; the client sends `payload` as the text of its next message."""

    title: str
    payload: str


class ShownSource(msgspec.Struct, frozen=True):
    """A publication an answer rests on; `date` and `url` are null where none is known."""

    id: str
    title: str
    date: str | None
    url: str | None


class ShownLink(msgspec.Struct, frozen=True):
    """A page to open, such as the identity form; of no use after `expires_at`."""

    url: str
    title: str
    expires_at: str | None = None


class MessageMeta(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands behind a message. `ruling` is a ruling as `POST /api/v1/guidance` gives it; there may be more.

    `card` names the part of the ruling that the message is about (flight, options, renewal or step), and `summary` is
    what to show instead of the text beside a drawing of that part.
    """

    intent: str | None
    sources: list[ShownSource]
    confidence: float | None = None
    ruling: Annotated[
        dict[str, Any] | None, msgspec.Meta(extra_json_schema={"$ref": "#/components/schemas/Ruling"})
    ] = None
    card: str | None = None
    summary: str | None = None
    link: ShownLink | None = None


class ShownMessage(msgspec.Struct, frozen=True):
    """One message. `seq` counts from 1 in each conversation with no gap; `text` is masked."""

    id: str
    seq: int
    sender: Sender
    text: str
    language: Language | None
    buttons: list[ShownButton]
    created_at: datetime
    meta: Annotated[dict[str, Any], msgspec.Meta(extra_json_schema={"$ref": "#/components/schemas/MessageMeta"})]
    client_message_id: str | None = None


class Transcript(msgspec.Struct, frozen=True):
    """Messages in order, and who has the conversation."""

    messages: list[ShownMessage]
    state: State


class StartedConversation(msgspec.Struct, frozen=True):
    """A new conversation with its greeting. `token` opens it and nothing else, and is given only here."""

    conversation_id: str
    token: str
    state: State
    messages: list[ShownMessage]


def shown(message: Message) -> ShownMessage:
    """The outside of a stored message; what its buttons mean and what else it could have meant stay inside."""
    return ShownMessage(
        id=message.id,
        seq=message.seq,
        sender=message.sender,  # type: ignore[arg-type]
        text=message.text,
        language=message.language,
        buttons=[ShownButton(button["title"], button["payload"]) for button in message.buttons],
        created_at=message.created_at,
        meta={"intent": None, "sources": [], **{key: value for key, value in message.meta.items() if key != GUESSES}},
        client_message_id=message.client_message_id,
    )
