"""What a message on a channel is: a word the channel obeys, a number, a place, something unreadable, or words.

What the channel answers by itself offers again what the guide had offered, so that "2" means what it meant. While a
person has the conversation, only STOP, START, HELP and MORE are answered: the person answers the rest.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.channels.keywords import Keyword
from bot.channels.near import near
from bot.channels.numbers import number
from bot.channels.port import Place, Said
from bot.channels.storable import shortened
from bot.channels.told import Told
from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.conversations.limits import LONGEST_TEXT
from bot.conversations.outbox.port import Carrier
from bot.conversations.own_answer import OwnAnswer
from bot.conversations.states import bot_answers
from bot.formats import Language
from bot.guidance.policy import Policy
from bot.texts import LANGUAGES, Catalogue

_LARGEST_CHOICE = 9
"""A larger number that is none of the choices may well be an hour, a day or a gate."""

_MEANINGS = {"start": "greet", "person": "talk_to_human"}
_SUBSCRIPTION = {"stop": "channel_stopped", "start": "channel_started"}


@dataclass(frozen=True)
class Heard:
    """One message to store: `own` is the channel's own answer to it, `meaning` what the guide need not read."""

    text: str
    own: OwnAnswer | None = None
    meaning: Choice | None = None


def needs_pages(text: str, word: Keyword | None) -> bool:
    """Whether it matters which pages the traveller has, or which choices stand on them by number."""
    return (word is not None and word.word == "more") or number(text) is not None


@dataclass(frozen=True)
class Hearing:
    """Hears one traveller; `language` is theirs, None while unknown. `stopped` says that they wrote STOP before."""

    channel: Carrier
    told: Told
    stopped: bool
    language: Language | None
    catalogue: Catalogue
    policy: Policy
    now: datetime

    async def of(self, said: Said, text: str, word: Keyword | None) -> Sequence[Heard]:
        """The messages to store for what was said, whose storable `text` may be the keyword `word`."""
        if said.place is not None:
            return await self._place(said.place, text)
        if said.attachment is not None or not text:
            return self._attached(said.attachment or "other", text)
        if word is not None:
            heard = self._word(word, text)
            if heard is not None:
                return [heard]
        return [self._words(text)]

    def too_fast(self) -> Reply:
        """What is said to who writes faster than can be answered; their choices stay open."""
        return self._again("channel_too_fast")

    def _word(self, word: Keyword, text: str) -> Heard | None:
        """What is done for a word; None where it is one only in other circumstances."""
        if word.word == "stop" or (word.word == "start" and self.stopped):
            return Heard(text, self._subscription(word.word))
        if word.word == "help":
            return Heard(text, OwnAnswer((self._again("channel_help"),)))
        if word.word == "more":
            return self._more(text)
        meaning = Choice(_MEANINGS[word.word])
        return Heard(text, meaning=meaning) if bot_answers(self.told.state) else None

    def _subscription(self, wish: Literal["stop", "start"]) -> OwnAnswer:
        # Who says STOP again was told already.
        replies = () if wish == "stop" and self.stopped else (self._reply(_SUBSCRIPTION[wish]),)
        return OwnAnswer(replies, subscription=wish, for_staff=True)

    def _more(self, text: str) -> Heard | None:
        page = self.told.next_page(self.channel)
        if page is not None:
            return Heard(text, OwnAnswer(page=page))
        if bot_answers(self.told.state):
            return Heard(text, OwnAnswer((self._again("channel_no_more"),)))
        return None

    def _words(self, text: str) -> Heard:
        if len(text) > LONGEST_TEXT:
            return self._too_long(text)
        chosen = number(text)
        choices = self.told.by_number(self.channel) if chosen is not None else ()
        if chosen is None or not choices or chosen > max(_LARGEST_CHOICE, len(choices)):
            return Heard(text, meaning=self.told.pressed(text))
        if 1 <= chosen <= len(choices):
            button = choices[chosen - 1]
            return Heard(button.payload, meaning=button.choice)
        if not bot_answers(self.told.state):
            return Heard(text)
        return Heard(text, OwnAnswer((self._again("channel_no_such_choice", number=chosen),)))

    def _too_long(self, text: str) -> Heard:
        kept = shortened(text, self.now)
        if not bot_answers(self.told.state):
            return Heard(kept)
        return Heard(kept, OwnAnswer((self._again("channel_too_long"),)))

    def _attached(self, kind: str, caption: str) -> Sequence[Heard]:
        """The caption is a message of its own, so that the guide reads it and nothing else."""
        mark = self._say(f"channel_attached.{kind}")
        if not bot_answers(self.told.state):
            return [self._words(f"{mark} {caption}".strip())]
        if not caption:
            return [Heard(mark, OwnAnswer((self._again(f"channel_unreadable.{kind}"),)))]
        return [Heard(mark, OwnAnswer((self._reply("channel_only_words"),))), self._words(caption)]

    async def _place(self, place: Place, text: str) -> Sequence[Heard]:
        # In a thread, as the first one reads a table.
        city = await asyncio.to_thread(near, place, self.policy)
        words = [self._words(text)] if text else []
        if city is None:
            mark = self._say("channel_place_unknown")
            own = OwnAnswer((self._again("channel_far"),)) if bot_answers(self.told.state) else None
            return [Heard(mark, own), *words]
        name = city.name.fr if self.language == "fr" else city.name.en
        mark = self._say("channel_place", city=name)
        return [Heard(mark, meaning=city.question()), *words]

    def _say(self, key: str, **values: object) -> str:
        return self.catalogue.say(key, self.language or LANGUAGES[0], **values)

    def _reply(self, key: str, buttons: tuple[Button, ...] = (), **values: object) -> Reply:
        """The text in the traveller's language, in both while it is unknown."""
        languages = LANGUAGES if self.language is None else (self.language,)
        text = "\n".join(self.catalogue.say(key, each, **values) for each in languages)
        return Reply(text, self.language or LANGUAGES[0], buttons)

    def _again(self, key: str, **values: object) -> Reply:
        return self._reply(key, self.told.offered(), **values)
