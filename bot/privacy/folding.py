"""A plain copy of a text for patterns to look at, with the way back to the original.

People type numbers in many scripts and editors slip in invisible characters; a pattern should see plain digits and
letters only, and what it finds must be found again in what was really typed.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_DASHES = "‐‑‒–—―−"
_QUOTES = "‘’ʼ"


def fold(text: str) -> tuple[str, Sequence[int]]:
    """`text` without accents and invisible characters, all digits ASCII; and for each character its place in `text`.

    Letter case is kept.
    """
    if text.isascii():
        return text, range(len(text))
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _plain(character)
        folded.append(plain)
        places.extend([place] * len(plain))
    return "".join(folded), places


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character in _DASHES:
        return "-"
    if character in _QUOTES:
        return "'"
    kept = []
    for part in unicodedata.normalize("NFKD", character):
        if unicodedata.category(part) in ("Mn", "Me", "Cf", "Cc"):
            continue
        digit = unicodedata.digit(part, None)
        kept.append(part if digit is None else str(digit))
    return "".join(kept)
