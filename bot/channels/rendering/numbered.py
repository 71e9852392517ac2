"""Choices as numbered lines, for a channel that has no buttons, or not for so many, or so long."""

from collections.abc import Sequence

from bot.channels.rendering.form import Form
from bot.conversations.transcript import ShownButton
from bot.formats import Language
from bot.texts import Catalogue

_WORDS = {1: "channel_reply_one", 2: "channel_reply_two", 3: "channel_reply_three"}


def are_native(buttons: Sequence[ShownButton], form: Form) -> bool:
    """Whether the channel shows these buttons itself."""
    return len(buttons) <= form.buttons and all(len(button.title) <= form.longest_title for button in buttons)


def lines(buttons: Sequence[ShownButton], first: int) -> str:
    """A line a choice, counted from `first`."""
    return "\n".join(f"{number}. {button.title}" for number, button in enumerate(buttons, first))


def how_to_choose(first: int, last: int, language: Language, catalogue: Catalogue) -> str:
    """The line below choices `first` to `last`."""
    key = _WORDS.get(last, "channel_reply_many") if first == 1 else "channel_reply_many"
    return catalogue.say(key, language, first=first, last=last)
