"""The webhook, put together."""

from collections.abc import Sequence

from bot.channels.kind import Kind, Parts
from bot.channels.port import Call, CallAnswer, Came, Finding
from bot.channels.rendering.compose import compose
from bot.channels.rendering.form import Form
from bot.channels.webhook import incoming
from bot.channels.webhook.outgoing import Outgoing
from bot.channels.webhook.settings import Options
from bot.channels.webhook.signature import is_genuine
from bot.clock import Clock, clock_from
from bot.conversations.outbox.port import Letter, Page, SendError, Sent, UnclearError
from bot.conversations.transcript import ShownMessage
from bot.formats import Language
from bot.texts import Catalogue

FORM = Form(longest=2000, buttons=10, longest_title=80)


class Webhook:
    """JSON in and out for any integrator."""

    name = "webhook"

    def __init__(self, options: Options, catalogue: Catalogue, clock: Clock) -> None:
        self._keys = options.keys()
        self._outgoing = Outgoing(options)
        self._catalogue = catalogue
        self._clock = clock

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        """Pages of one part for each message, with the buttons as such."""
        return compose(messages, language, FORM, self._catalogue)

    async def send(self, letter: Letter) -> Sent:
        """Posts one part to WEBHOOK_URL. Raises SendError."""
        return await self._outgoing.send(letter)

    async def find(self, letter: Letter) -> Sent | None:
        """Raises UnclearError: it is sent again under the same key, by which the other side tells repeats."""
        raise UnclearError("a webhook cannot be asked; the key makes a repeat harmless")

    def handshake(self, call: Call) -> CallAnswer | None:
        """None: who has the secret needs no other proof."""
        return None

    def is_genuine(self, call: Call) -> bool:
        """Whether the call is signed with the secret, or the old one, in the last five minutes."""
        return is_genuine(self._keys, call.headers, call.body, call.at)

    def read(self, call: Call) -> Sequence[Came]:
        """The message or receipt. Raises CallError."""
        return [incoming.read(call.body)]

    def acknowledgement(self) -> CallAnswer:
        """An object, to which fields may be added."""
        return CallAnswer(200, "{}", "application/json")

    async def check(self) -> Sequence[Finding]:
        """Posts a message of type `check`."""
        try:
            await self._outgoing.check(self._clock())
        except SendError as error:
            return [Finding(False, f"WEBHOOK_URL did not take a signed check: {error}")]
        return [Finding(True, "WEBHOOK_URL took a signed check")]

    async def close(self) -> None:
        """Closes its connections."""
        await self._outgoing.close()


def _build(options: Options, parts: Parts) -> Webhook:
    return Webhook(options, parts.catalogue, clock_from(parts.settings.clock_start))


KIND = Kind("webhook", Options, "webhook_url", _build)
