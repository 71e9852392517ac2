"""Takes in what travellers write on a messaging channel: finds their conversation, and stores the message in it."""

from bot.channels.port import Channel, Said
from bot.conversations.dialogue_port import Reply
from bot.conversations.intake import SendMessage
from bot.conversations.outbox.contacts import Contacts, Known
from bot.conversations.service import Conversations
from bot.db.engine import Database
from bot.formats import Language
from bot.texts import LANGUAGES, Catalogue


class Intake:
    """What all channels share of taking messages in."""

    def __init__(
        self, conversations: Conversations, contacts: Contacts, database: Database, catalogue: Catalogue
    ) -> None:
        self._conversations = conversations
        self._contacts = contacts
        self._database = database
        self._catalogue = catalogue

    async def take(self, channel: Channel, said: Said) -> None:
        """Stores a message once, however often the provider repeats it."""
        known = await self._contacts.of(channel.name, said.sender, self._welcome(said.language), said.language)
        await self._store(known, said)

    async def _store(self, known: Known, said: Said) -> None:
        await self._conversations.take_in(known.conversation_id, SendMessage(said.text, said.id))

    def _welcome(self, language: Language | None) -> Reply:
        languages = LANGUAGES if language is None else (language,)
        text = "\n".join(self._catalogue.say("channel_welcome", each) for each in languages)
        return Reply(text, language or LANGUAGES[0])
