"""The first words of a conversation, with the three things most travellers come for."""

from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.formats import Language
from bot.texts import Catalogue

_OFFERS = (
    ("button.cbp", "ask_cbp_on_flight"),
    ("button.status", "check_status"),
    ("button.options", "ask_interview_options"),
)


def greeting(wording: Catalogue, language: Language | None) -> Reply:
    """In `language`; in both, "Bonjour / Hello", while it is unknown. The buttons then come in both as well."""
    languages: tuple[Language, ...] = (language,) if language else ("en", "fr")
    buttons = tuple(
        Button(title, title, Choice(intent))
        for key, intent in _OFFERS
        for each in languages
        for title in [wording.say(key, each)]
    )
    key = "greeting.one" if language else "greeting.both"
    return Reply(wording.say(key, language or "en"), language or "en", buttons, {"intent": "greet"})
