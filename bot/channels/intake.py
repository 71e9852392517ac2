"""Takes in what travellers write on a messaging channel: finds their conversation, and stores the message in it."""

import logging

from bot.channels.flood import Flood
from bot.channels.hearing import Hearing, needs_pages
from bot.channels.keywords import Keyword, keyword
from bot.channels.port import Channel, Said
from bot.channels.storable import storable_id, storable_text
from bot.channels.told import told
from bot.clock import Clock
from bot.conversations.dialogue_port import Reply
from bot.conversations.intake import SendMessage
from bot.conversations.outbox.contacts import Contacts
from bot.conversations.service import Conversations
from bot.db.engine import Database
from bot.formats import Language
from bot.guidance.policy import Policy
from bot.texts import LANGUAGES, Catalogue

_log = logging.getLogger(__name__)


class Intake:
    """What all channels share of taking messages in."""

    def __init__(
        self,
        conversations: Conversations,
        contacts: Contacts,
        database: Database,
        catalogue: Catalogue,
        *,
        policy: Policy,
        clock: Clock,
        flood: Flood,
    ) -> None:
        self._conversations = conversations
        self._contacts = contacts
        self._database = database
        self._catalogue = catalogue
        self._policy = policy
        self._clock = clock
        self._flood = flood

    async def take(self, channel: Channel, said: Said) -> None:
        """Stores a message once, however often the provider repeats it, and whatever it holds."""
        if not _is_address(said.sender):
            _log.warning("channel %s: let go of a message whose sender is nobody that can be answered", channel.name)
            return
        text = storable_text(said.text)
        begins_with = keyword(text, channel=channel.name, stopped=False)
        # Who begins with STOP or HELP is answered that, and not welcomed besides.
        welcome = None if begins_with and not said.attachment else self._welcome(said.language)
        language = said.language or _language_of(begins_with)
        known = await self._contacts.of(channel.name, said.sender, welcome, language)
        stopped = known.unreachable == "unsubscribed"
        word = keyword(text, channel=channel.name, stopped=stopped)
        async with self._database.read() as session:
            lately = await told(session, known.conversation_id, pages=needs_pages(text, word))
        hearing = Hearing(
            channel=channel,
            told=lately,
            stopped=stopped,
            language=known.language or said.language or _language_of(word),
            catalogue=self._catalogue,
            policy=self._policy,
            now=self._clock(),
        )
        name = said.id or f"{channel.name}-{self._clock().isoformat()}"
        every = await hearing.of(said, text, word)
        every = await self._flood.stemmed(known.conversation_id, every, hearing.too_fast())
        for number, heard in enumerate(every):
            # No provider's id can be this: it is not printable, and so becomes a digest.
            client_id = storable_id(name if number == 0 else f"{name}\x1f{number}")
            message = SendMessage(heard.text, client_id)
            await self._conversations.take_in(known.conversation_id, message, heard.own, heard.meaning)

    def _welcome(self, language: Language | None) -> Reply:
        languages = LANGUAGES if language is None else (language,)
        text = "\n".join(self._catalogue.say("channel_welcome", each) for each in languages)
        return Reply(text, language or LANGUAGES[0])


def _is_address(sender: str) -> bool:
    return storable_text(sender) == sender != ""


def _language_of(word: Keyword | None) -> Language | None:
    return word.language if word is not None else None
