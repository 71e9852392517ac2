"""Which sentences may be trained on, and the form in which they are written down."""

import unicodedata
from datetime import datetime

from bot.improving.sentences import words
from bot.privacy.masking import MASK, mask

# A classifier's sentence, not a letter; of a longer one only the beginning is read.
LONGEST = 400
# Rasa would read these as marks of an entity: [Vancouver](airport).
_BRACKETS = str.maketrans("[]{}", "()()")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def tidy(text: str) -> str:
    """`text` as one line that YAML and Rasa take for words alone: no line breaks, unseen signs, brackets or dash."""
    seen = "".join(
        character for character in text if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    return " ".join(unicodedata.normalize("NFC", seen).translate(_BRACKETS).split()).lstrip("-–—* ")


def unfit(text: str, now: datetime) -> str | None:
    """Why `text` must not be trained on as it stands, as half a sentence; None where it may.

    `now` tells birth dates from dates of travel, as it does when a message is masked.
    """
    if MASK in text or mask(text, now).spans:
        return "part of it is masked, or ought to be, and what is left may still tell who wrote it"
    if not is_sentence(text):
        return 'it holds no words, or begins with "/", and is never read as a sentence'
    if len(text) > LONGEST:
        return f"it has {len(text)} characters, and at most {LONGEST} are read"
    return None


def is_sentence(text: str) -> bool:
    """Whether the guide reads `text` at all: what begins with "/" and what has no word in it is not."""
    return not text.lstrip().startswith("/") and any(character.isalpha() for word in words(text) for character in word)
