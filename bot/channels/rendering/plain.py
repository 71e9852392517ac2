"""A text as a text message writes it, so that three segments hold it.

Typography becomes what a keyboard has. A letter that GSM 03.38 lacks loses its accent (ê, ç, ô, À), as French capitals
often do, and œ becomes oe: every reader knows the word, while one such letter kept would make the whole text UCS-2,
whose three segments hold 201 characters instead of 459. é, è, à, ù and É, which carry most of the meaning, stay.
What has no such form (emoji, other scripts) is kept, and the text is counted as UCS-2.
"""

import re
import unicodedata
from functools import lru_cache

from bot.channels.rendering.gsm import BASIC, EXTENSION, is_gsm

_WRITTEN = {
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\t", " "),
    **dict.fromkeys("’‘‛ʼ′`´", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    **dict.fromkeys("–—‑‐−", "-"),
    **dict.fromkeys("•·▪◦‣✗✘", "-"),
    **dict.fromkeys("✓✔", "+"),
    **dict.fromkeys("\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f", ""),
    "…": "...",
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "≤": "<=",
    "≥": ">=",
    "×": "x",
    "œ": "oe",
    "Œ": "OE",
    "\u2028": "\n",
    "\u2029": "\n",
    "\r": "",
}
_QUOTED = re.compile(r"«\s*(.*?)\s*»", re.DOTALL)


def plain(text: str) -> str:
    """`text` in GSM 03.38 as far as that can say it; the same again for what is plain already."""
    text = _QUOTED.sub(r'"\1"', unicodedata.normalize("NFC", text))
    return text if is_gsm(text) and "\r" not in text else "".join(map(_written, text))


@lru_cache(maxsize=1024)
def _written(character: str) -> str:
    if character in _WRITTEN:
        return _WRITTEN[character]
    if character in BASIC or character in EXTENSION:
        return character
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    bare = "".join(_WRITTEN.get(part, part) for part in bare)
    return bare if bare and all(part in BASIC or part in EXTENSION for part in bare) else character
