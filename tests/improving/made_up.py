"""A small evaluation that nobody made."""

from datetime import UTC, datetime

from bot.improving.measuring import Read
from bot.improving.reading import Reading
from bot.improving.report import About

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
ABOUT = About("0123456789abcdef" * 4, ("heldout_en.yml", "heldout_fr.yml"), NOW)
ORDER = ("greet", "ask_fees", "ask_card", "ask_why")


def read(text: str, language: str, intent: str, read_as: str, confidence: float, *, asked_again: bool = False) -> Read:
    """One sentence and its reading."""
    return Read(text, language, intent, Reading(read_as, confidence, asked_again))


READS = (
    read("hello there", "en", "greet", "greet", 0.95),
    read("good day <b>to</b> you", "en", "greet", "greet", 0.85),
    read("what do I owe you", "en", "ask_fees", "ask_card", 0.55),
    read("how much", "en", "ask_fees", "ask_fees", 0.75),
    read("où est ma carte", "fr", "ask_card", "ask_card", 0.65),
    read("combien pour la carte", "fr", "ask_fees", "ask_card", 0.75),
    read("la carte, c'est payant ?", "fr", "ask_fees", "ask_why", 0.25, asked_again=True),
    read("bonjour", "fr", "greet", "greet", 0.95),
)
