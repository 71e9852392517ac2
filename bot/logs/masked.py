"""Masks what is about to be written down; ids that the program gives itself stay readable."""

import re
from datetime import datetime

from bot.privacy.links import without_links
from bot.privacy.masking import MASK, mask

# Ids of conversations, messages and requests: random, and of use only to who may read the record.
_ID = re.compile(
    r"(?<![0-9A-Za-z-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9a-f]*[a-f])[0-9a-f]{32})(?![0-9A-Za-z-])"
)
# What opens something: long, and of letters and digits as no word is.
_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*[0-9])(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]{20,}")
_HOLDER = "|"
_SMALL = 1_000_000
"""Counts, statuses and milliseconds; no document, card or telephone has so few digits."""


def masked_value(value: object, now: datetime) -> object:
    """A value as it may stand in a line: small numbers as they are, an error without its message, text masked."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) < _SMALL else masked(str(value), now)
    if isinstance(value, BaseException):
        return f"{type(value).__module__}.{type(value).__qualname__}"
    return masked(str(value), now)


def masked(text: str, now: datetime) -> str:
    """`text` without numbers of documents and cards, telephones, e-mail addresses, birth dates and tokens."""
    if _ID.fullmatch(text):
        return text
    ids = [found.span() for found in _ID.finditer(text)]
    hidden = text
    for start, end in ids:
        # No digit and no letter, so that nothing of the id is taken for a number, alone or with its neighbours.
        hidden = hidden[:start] + _HOLDER * (end - start) + hidden[end:]
    hidden = _TOKEN.sub(lambda token: MASK * len(token.group()), without_links(hidden))
    hidden = mask(hidden, now).text
    for start, end in ids:
        hidden = hidden[:start] + text[start:end] + hidden[end:]
    return hidden
