"""What Telegram delivers: an update with a message, an edited message, or a press on a button."""

import hmac
from collections.abc import Mapping
from typing import Any

import msgspec

from bot.channels.port import Attachment, CallError, Place, Said
from bot.channels.telegram import buttons, commands
from bot.formats import Language

# An animation comes as a document too, for apps that do not know it; so it stands before.
_ATTACHMENTS: Mapping[str, Attachment] = {
    "photo": "picture",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "file",
    "sticker": "sticker",
    "contact": "contact",
    "poll": "other",
    "dice": "other",
    "game": "other",
    "story": "other",
    "paid_media": "other",
    "checklist": "other",
}


class Chat(msgspec.Struct, frozen=True):
    """Where something was said; the one of a private chat has the number of the traveller."""

    id: int
    type: str


class User(msgspec.Struct, frozen=True):
    """Who said it; `language_code` is that of their app, such as `fr` or `pt-br`."""

    id: int
    is_bot: bool = False
    language_code: str = ""


class Location(msgspec.Struct, frozen=True):
    """A place, in degrees."""

    latitude: float
    longitude: float


class Keyboard(msgspec.Struct, frozen=True):
    """The buttons under a message."""

    inline_keyboard: list[list[buttons.Key]] = []


class Message(msgspec.Struct, frozen=True):
    """A message as far as it matters here; one that cannot be read any more has only `chat` and `message_id`."""

    message_id: int
    chat: Chat
    sender: User | None = msgspec.field(default=None, name="from")
    text: str | None = None
    caption: str | None = None
    location: Location | None = None
    reply_markup: Keyboard | None = None
    photo: Any = None
    voice: Any = None
    audio: Any = None
    video: Any = None
    video_note: Any = None
    animation: Any = None
    document: Any = None
    sticker: Any = None
    contact: Any = None
    poll: Any = None
    dice: Any = None
    game: Any = None
    story: Any = None
    paid_media: Any = None
    checklist: Any = None

    @property
    def attachment(self) -> Attachment | None:
        """What is with it that the guide cannot read."""
        return next((kind for field, kind in _ATTACHMENTS.items() if getattr(self, field) is not None), None)


class Press(msgspec.Struct, frozen=True):
    """A press on a button; `message` is the one it stands under."""

    id: str
    sender: User = msgspec.field(name="from")
    message: Message | None = None
    data: str | None = None


class Update(msgspec.Struct, frozen=True):
    """One call of Telegram's; at most one of the fields is given.

    `my_chat_member` (blocked, unblocked) is not asked for: the next message is refused with a clear word, and the
    traveller's next one makes them reachable again.
    """

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Press | None = None


def decode(body: bytes) -> Update:
    """The update. Raises CallError."""
    try:
        return msgspec.json.decode(body, type=Update)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CallError("expected an Update of the Telegram Bot API") from error


def read(update: Update, key: str) -> list[Said]:
    """What a traveller said in a private chat; `key` is secret. In groups nothing is answered: others would read it.

    An edited text is a message of its own: who corrects an airport waits for another answer. Telegram also tells of
    edits that change nothing a traveller sees, so the text is in the name of a message: the same words are stored once.
    """
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    message = update.message or update.edited_message
    if message is None or message.chat.type != "private" or message.sender is None or message.sender.is_bot:
        return []
    text = message.text or message.caption or ""
    if update.message is None and not text:
        return []  # a live location moves on
    where = message.location
    place = Place(where.latitude, where.longitude) if where else None
    if not text and not place and not message.attachment:
        return []  # service messages: a pinned message, another wallpaper
    language = _language(message.sender)
    # Keyed, as the name is stored and must not tell what was masked.
    digest = hmac.digest(key.encode(), text.encode(errors="surrogatepass"), "sha256").hex()[:12]
    name = f"m{message.message_id}-{digest}"
    words = commands.words(text, language) if message.text else text
    return [Said(str(message.chat.id), name, words, message.attachment, place, language)]


def _pressed(press: Press) -> list[Said]:
    if press.message is None or press.message.chat.type != "private" or not press.data:
        return []
    keyboard = press.message.reply_markup.inline_keyboard if press.message.reply_markup else []
    text = buttons.meaning(press.data, keyboard)
    return [Said(str(press.message.chat.id), f"c{press.id}", text, language=_language(press.sender))]


def _language(user: User) -> Language | None:
    match user.language_code.lower().partition("-")[0]:
        case "en":
            return "en"
        case "fr":
            return "fr"
        case _:
            return None
