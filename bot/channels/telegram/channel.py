"""Telegram, put together."""

import asyncio
import logging
from collections.abc import Sequence

from bot.channels.kind import Kind, Parts
from bot.channels.port import Call, CallAnswer, Came, Finding
from bot.channels.rendering.compose import compose
from bot.channels.rendering.form import Form
from bot.channels.telegram import checking, incoming, outgoing
from bot.channels.telegram.api import Api
from bot.channels.telegram.settings import Options
from bot.channels.telegram.signature import is_genuine
from bot.conversations.outbox.port import Letter, Page, SendError, Sent, UnclearError
from bot.conversations.transcript import ShownMessage
from bot.formats import Language
from bot.texts import Catalogue

_log = logging.getLogger(__name__)
FORM = Form(longest=4096, buttons=8, longest_title=40)
"""4,096 characters, whatever planes they are of, as it was measured at Telegram (docs/channels/telegram.md). Eight
buttons leave the text in sight on a telephone, and 40 characters are what one shows in a row."""


class Telegram:
    """One bot, in private chats."""

    name = "telegram"

    def __init__(self, options: Options, catalogue: Catalogue, public_url: str) -> None:
        self._options = options
        self._catalogue = catalogue
        self._hook = f"{public_url}/channels/{self.name}"
        self._api = Api(options.telegram_api_url, options.telegram_bot_token)
        self._answering: set[asyncio.Task[None]] = set()

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        """Pages of one part for each message, with its buttons under it."""
        return compose(messages, language, FORM, self._catalogue)

    async def send(self, letter: Letter) -> Sent:
        """Sends one message. Raises SendError."""
        return await outgoing.send(self._api, letter)

    async def find(self, letter: Letter) -> Sent | None:
        """Raises UnclearError: a bot cannot read what it has written."""
        raise UnclearError("Telegram cannot be asked whether a message arrived")

    def handshake(self, call: Call) -> CallAnswer | None:
        """None: who has the token needs no other proof."""
        return None

    def is_genuine(self, call: Call) -> bool:
        """Whether the call carries the secret token."""
        return is_genuine(self._options.telegram_secret_token, call.headers)

    def read(self, call: Call) -> Sequence[Came]:
        """What was said; a pressed button stops looking busy. Raises CallError."""
        update = incoming.decode(call.body)
        if update.callback_query is not None:
            task = asyncio.create_task(self._take_note(update.callback_query.id))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)
        return incoming.read(update, self._options.telegram_secret_token)

    async def _take_note(self, press: str) -> None:
        try:
            await self._api.call("answerCallbackQuery", callback_query_id=press)
        except SendError as error:
            # The button looks busy for a while longer; the answer itself is on its way.
            _log.info("Telegram: a press on a button was not acknowledged: %s", error)

    def acknowledgement(self) -> CallAnswer:
        """Nothing but the status."""
        return CallAnswer()

    async def check(self) -> Sequence[Finding]:
        """Asks Telegram whose token it is, and where it delivers."""
        return await checking.check(self._api, self._hook)

    async def close(self) -> None:
        """Closes its connections."""
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)
        await self._api.close()


def _build(options: Options, parts: Parts) -> Telegram:
    return Telegram(options, parts.catalogue, parts.settings.public_url)


KIND = Kind("telegram", Options, "telegram_bot_token", _build)
