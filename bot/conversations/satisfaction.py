"""The one optional question at the end: whether the traveller got what they needed."""

from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.conversations.reasons import Rating
from bot.formats import Language
from bot.texts import Catalogue

RATE = "rate"
"""The intent of its buttons; no message of a traveller is read as it."""

RATINGS: tuple[Rating, ...] = ("yes", "partly", "no")


def question(catalogue: Catalogue, language: Language | None) -> Reply:
    """The question with a button for each answer."""
    chosen = language or "en"
    return Reply(
        catalogue.say("system_rate", chosen), chosen, tuple(_button(catalogue, chosen, each) for each in RATINGS)
    )


def _button(catalogue: Catalogue, language: Language, rating: Rating) -> Button:
    title = catalogue.say(f"system_rate_{rating}", language)
    return Button(title, title, Choice(RATE, ({"entity": "rating", "value": rating},)))
