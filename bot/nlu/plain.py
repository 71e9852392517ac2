"""A plain form of a text, character for character, for matching what people type without accents or capitals.

Every character becomes exactly one, so an offset in the plain form is an offset in the text.
"""

import unicodedata
from functools import lru_cache

_SAME = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "œ": "o"}


def plain(text: str) -> str:
    """Lower case, no accents, straight apostrophes and hyphens; as long as `text`."""
    return "".join(map(_plain_character, text))


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    character = _SAME.get(character, character)
    if unicodedata.category(character) in ("Cc", "Cf"):  # marks of direction and the like, which are not seen
        return " "
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character
