"""Making what providers send fit to be stored, whatever it holds; nothing here raises."""

import hashlib
import re
import unicodedata
from datetime import datetime

from bot.conversations.intake import LONGEST_CLIENT_ID
from bot.conversations.limits import LONGEST_TEXT
from bot.privacy.masking import mask

CUT = " […]"
"""Stands at the end of a text that was longer than can be kept."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
"""By an expression, as the largest call has a million characters, and nobody else is answered meanwhile."""

_READ_OF_LONG = 2 * LONGEST_TEXT


def storable_text(text: str) -> str:
    """The text without what cannot be stored or seen: control characters, halves of surrogate pairs; "" for a blank."""
    kept = _UNSEEN.sub("", text).strip()
    return "" if all(unicodedata.category(each)[0] in "ZC" for each in kept) else kept


def storable_id(provider_id: str) -> str:
    """The provider's id for a message, or a digest of one that is too long or not printable."""
    if 1 <= len(provider_id) <= LONGEST_CLIENT_ID and provider_id.isprintable():
        return provider_id
    return f"sha256-{hashlib.sha256(provider_id.encode(errors='surrogatepass')).hexdigest()}"


def shortened(text: str, at: datetime) -> str:
    """The first `LONGEST_TEXT` characters of a longer text; masked before it is cut, so that no number is halved."""
    return mask(text[:_READ_OF_LONG], at).text[: LONGEST_TEXT - len(CUT)] + CUT
