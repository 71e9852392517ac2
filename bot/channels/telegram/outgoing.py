"""What we send to Telegram.

Telegram knows no keys of ours and a bot cannot read a chat, so after a cut connection nobody can say whether a message
arrived. It is then sent again: a traveller who reads an answer twice has lost nothing, one who never gets it misses a
flight.
"""

from bot.channels.rendering.link import beside_button
from bot.channels.telegram import buttons
from bot.channels.telegram.api import Api
from bot.conversations.outbox.port import Letter, Part, Sent, UnclearError


async def send(api: Api, letter: Letter) -> Sent:
    """Sends one part. Raises SendError."""
    result = await api.call("sendMessage", chat_id=int(letter.address), **body(letter.part))
    try:
        return Sent(str(result["message_id"]))
    except (KeyError, TypeError) as error:
        raise UnclearError("expected the message that was sent, and something else came") from error


def body(part: Part) -> dict[str, object]:
    """A message without `parse_mode`: its text is shown as it stands, and nothing in it can be taken for markup."""
    keyboard = [buttons.row(button, place) for place, button in enumerate(part.buttons, 1)]
    if part.link is not None:
        keyboard.insert(0, [{"text": part.link_title or part.link, "url": part.link}])
    made: dict[str, object] = {"text": beside_button(part), "link_preview_options": {"is_disabled": True}}
    return {**made, "reply_markup": {"inline_keyboard": keyboard}} if keyboard else made
