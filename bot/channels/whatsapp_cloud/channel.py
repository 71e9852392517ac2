"""WhatsApp Cloud as a channel."""

from collections.abc import Sequence

from bot.channels.graph.base import GraphChannel
from bot.channels.kind import Kind, Parts
from bot.channels.port import Call, Came, Finding
from bot.channels.rendering.compose import compose
from bot.channels.rendering.form import Form
from bot.channels.whatsapp_cloud import incoming, outgoing
from bot.channels.whatsapp_cloud.checking import check
from bot.channels.whatsapp_cloud.settings import Options
from bot.conversations.outbox.port import Letter, Page, Sent, UnclearError
from bot.conversations.transcript import ShownMessage
from bot.formats import Language

# What does not fit three buttons is a list, which has more room; so the list's bounds are the channel's.
FORM = Form(longest=4096, buttons=outgoing.MOST_ROWS, longest_title=outgoing.LONGEST_TITLE)


class WhatsAppCloud(GraphChannel):
    """A number on WhatsApp."""

    name = "whatsapp_cloud"

    def __init__(self, options: Options, parts: Parts) -> None:
        super().__init__(options, options.whatsapp_cloud_token)
        self._options = options
        self._catalogue = parts.catalogue
        self._address = f"{parts.settings.public_url}/channels/{self.name}"

    def read(self, call: Call) -> Sequence[Came]:
        """What came, oldest first. Raises CallError."""
        return incoming.read(call.body, self._options.whatsapp_cloud_phone_id)

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        """The pages of messages that were said together."""
        return compose(messages, language, FORM, self._catalogue)

    async def send(self, letter: Letter) -> Sent:
        """Sends one part. Raises SendError."""
        return await outgoing.send(
            self.graph,
            self._options.whatsapp_cloud_phone_id,
            letter,
            template=self._options.template(letter.language),
            choose=self._catalogue.say("whatsapp_choose", letter.language),
        )

    async def find(self, letter: Letter) -> Sent | None:
        """Raises UnclearError: the Cloud API shows no messages; what became of one comes by webhook, with our key."""
        raise UnclearError("WhatsApp Cloud cannot be asked what has arrived")

    async def check(self) -> Sequence[Finding]:
        """Tries the token and the number."""
        return [finding async for finding in check(self.graph, self._options, self._address)]


KIND = Kind("whatsapp_cloud", Options, "whatsapp_cloud_token", WhatsAppCloud)
