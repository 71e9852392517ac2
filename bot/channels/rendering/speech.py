"""Messages that were said together, sorted by what is said at once and what waits for MORE."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.channels.rendering.brief import split
from bot.channels.rendering.form import Form
from bot.channels.rendering.gsm import segments
from bot.channels.rendering.numbered import are_native, how_to_choose, lines
from bot.channels.rendering.plain import plain
from bot.channels.rendering.sources import sources
from bot.conversations.transcript import ShownButton, ShownMessage
from bot.formats import Language
from bot.texts import Catalogue


@dataclass(frozen=True)
class Saying:
    """One message: what is said at once, and what it offers.

    `choices` are the lines of what it offers by number, `invitation` the line below them.
    """

    text: str
    buttons: tuple[ShownButton, ...]
    numbered: tuple[ShownButton, ...]
    choices: str
    invitation: str
    sender: Literal["bot", "staff"]
    link: str | None
    link_title: str | None

    @property
    def whole(self) -> str:
        """The text with its choices."""
        return "\n".join(filter(None, (self.text, self.choices, self.invitation)))


@dataclass(frozen=True)
class Speech:
    """`sayings` are said at once; `rest` are the reasons and `cited` the sources that wait."""

    sayings: tuple[Saying, ...]
    rest: str
    cited: str
    language: Language
    form: Form
    catalogue: Catalogue

    @classmethod
    def of(cls, messages: Sequence[ShownMessage], language: Language, form: Form, catalogue: Catalogue) -> "Speech":
        """Sorts the messages; choices by number are counted through all of them."""
        sayings: list[Saying] = []
        rests: list[str] = []
        count = 0
        for message in messages:
            first, rest = split(message) if form.brief else (message.text, "")
            author = message.meta.get("author")
            if author is not None:
                # Nothing else tells a traveller on a channel that a person speaks now.
                first = catalogue.say("channel_staff", language, name=author["name"], text=first)
            native = are_native(message.buttons, form)
            by_number = () if native else tuple(message.buttons)
            first_number, count = count + 1, count + len(by_number)
            invitation = how_to_choose(first_number, count, language, catalogue) if by_number else ""
            link = message.meta.get("link") or {}
            url = link.get("url")
            if url is not None and url not in message.text:
                first = f"{first}\n{link['title']} : {url}" if language == "fr" else f"{first}\n{link['title']}: {url}"
            sayings.append(
                Saying(
                    text=_written(first, form),
                    buttons=tuple(message.buttons) if native else (),
                    numbered=by_number,
                    choices=_written(lines(by_number, first_number), form),
                    invitation=_written(invitation, form),
                    sender="staff" if message.sender == "staff" else "bot",
                    link=url,
                    link_title=link.get("title"),
                )
            )
            rests.append(_written(rest, form))
        cited = _written(sources(messages, language, catalogue), form)
        return cls(tuple(sayings), "\n\n".join(filter(None, rests)), cited, language, form, catalogue)

    def invitation(self) -> str:
        """The line below all choices by number; nothing where there are none."""
        count = sum(len(saying.numbered) for saying in self.sayings)
        return _written(how_to_choose(1, count, self.language, self.catalogue), self.form) if count else ""

    @property
    def waiting(self) -> str:
        """All that waits for MORE."""
        return "\n\n".join(filter(None, (self.rest, self.cited)))

    def fits(self, text: str) -> bool:
        """Whether one part holds the text."""
        if self.form.segments is not None:
            return segments(text) <= self.form.segments
        # Some providers count characters and some UTF-16; neither counts more than this.
        return len(text.encode("utf-16-le")) // 2 <= self.form.longest

    def more(self, *, only_sources: bool) -> str:
        """The line that says how to get what is left."""
        key = "channel_more_sources" if only_sources else "channel_more"
        return _written(self.catalogue.say(key, self.language), self.form)

    def more_button(self) -> ShownButton | None:
        """What to press for what is left, None where the channel has no buttons for it."""
        word = self.catalogue.say("channel_more_word", self.language)
        button = ShownButton(self.catalogue.say("channel_more_title", self.language), word)
        return button if are_native([button], self.form) else None


def _written(text: str, form: Form) -> str:
    return plain(text) if form.segments is not None else text
