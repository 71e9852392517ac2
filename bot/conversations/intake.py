"""What a traveller's message must be before it is taken in."""

import unicodedata
from typing import Annotated

import msgspec

from bot.conversations.limits import LONGEST_TEXT

LONGEST_CLIENT_ID = 128


class IntakeError(ValueError):
    """A message cannot be taken: `field` is at fault, the message says what was expected and what came."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field}: {detail}")
        self.field = field
        self.detail = detail


class TextTooLongError(IntakeError):
    """The text has more than `LONGEST_TEXT` characters (code points)."""


class SendMessage(msgspec.Struct, frozen=True):
    """A traveller's message. `client_message_id` is the sender's name for it: sent again, it is not stored again."""

    text: Annotated[str, msgspec.Meta(extra_json_schema={"minLength": 1, "maxLength": LONGEST_TEXT})]
    client_message_id: Annotated[str, msgspec.Meta(extra_json_schema={"minLength": 1, "maxLength": LONGEST_CLIENT_ID})]


def check(message: SendMessage) -> SendMessage:
    """`message` itself where it can be taken; marks of writing direction, emoji and HTML are text like any other.

    Raises:
        TextTooLongError: the text is too long.
        IntakeError: the text is blank or holds NUL, which cannot be stored, or the client's id is none.
    """
    if len(message.text) > LONGEST_TEXT:
        raise TextTooLongError("text", f"expected at most {LONGEST_TEXT} characters, got {len(message.text)}")
    if "\x00" in message.text:
        raise IntakeError("text", "holds a NUL character; remove it")
    if not _is_encodable(message.text):
        raise IntakeError("text", "holds half of a surrogate pair; send whole characters")
    if _is_blank(message.text):
        raise IntakeError("text", "is empty; write something")
    if not 1 <= len(message.client_message_id) <= LONGEST_CLIENT_ID:
        raise IntakeError(
            "client_message_id",
            f"expected 1 to {LONGEST_CLIENT_ID} characters, got {len(message.client_message_id)}",
        )
    if not message.client_message_id.isprintable():
        raise IntakeError("client_message_id", "expected printable characters only")
    return message


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_blank(text: str) -> bool:
    return all(unicodedata.category(character)[0] in "ZC" for character in text)
