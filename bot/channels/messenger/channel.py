"""Messenger as a channel."""

from collections.abc import Sequence

from bot.channels.graph.base import GraphChannel
from bot.channels.kind import Kind, Parts
from bot.channels.messenger import incoming, looking, outgoing
from bot.channels.messenger.checking import check
from bot.channels.messenger.settings import Options
from bot.channels.port import Call, Came, Finding
from bot.channels.rendering.compose import compose
from bot.channels.rendering.form import Form
from bot.conversations.outbox.port import Letter, Page, Sent
from bot.conversations.transcript import ShownMessage
from bot.formats import Language
from bot.texts import LANGUAGES

FORM = Form(longest=2000, buttons=outgoing.MOST_BUTTONS, longest_title=outgoing.LONGEST_TITLE)


class Messenger(GraphChannel):
    """A page on Messenger."""

    name = "messenger"

    def __init__(self, options: Options, parts: Parts) -> None:
        super().__init__(options, options.messenger_page_token)
        self._page_id = options.messenger_page_id
        self._human_agent = bool(options.messenger_human_agent)
        self._catalogue = parts.catalogue
        self._greeting = {each: parts.catalogue.say("messenger_get_started", each) for each in LANGUAGES}

    def read(self, call: Call) -> Sequence[Came]:
        """What came, oldest first. Raises CallError."""
        return incoming.read(call.body, self._page_id, self._greeting)

    def compose(self, messages: Sequence[ShownMessage], language: Language) -> Sequence[Page]:
        """The pages of messages that were said together."""
        return compose(messages, language, FORM, self._catalogue)

    async def send(self, letter: Letter) -> Sent:
        """Sends one part. Raises SendError."""
        return await outgoing.send(self.graph, self._page_id, letter, human_agent=self._human_agent)

    async def find(self, letter: Letter) -> Sent | None:
        """The part among what the page has said to the traveller. Raises NotSentError or UnclearError."""
        return await looking.find(self.graph, self._page_id, letter)

    async def check(self) -> Sequence[Finding]:
        """Tries the token, and what the page delivers."""
        return [finding async for finding in check(self.graph, self._page_id, human_agent=self._human_agent)]


KIND = Kind("messenger", Options, "messenger_page_token", Messenger)
