"""A traveller who drops what they asked: "never mind", "forget the flight, I'd rather go to a land centre"."""

import re
from typing import NamedTuple

from bot.dialogue.phrases import only_small_words, phrases
from bot.nlu.plain import plain

_BETWEEN = re.compile(r"^[\s,.;:!–—-]*(?:(?:and|so|then|but|instead|et|alors|donc|mais)\b[\s,]*)?")
# "Actually, sorry, never mind": words that may stand before it.
_BEFORE = re.compile(r"^\W*(?:(?:ok|okay|actually|oh|well|sorry|no|so|please|en fait|bon|non|finalement|ah)\W+)*")


class Dropped(NamedTuple):
    """What was dropped: the flight as well as the question, and where in the text the rest begins."""

    trip: bool
    rest: int


def dropped(text: str) -> Dropped | None:
    """What `text` drops at its beginning; None where it drops nothing."""
    plain_text = plain(text)
    before = _BEFORE.match(plain_text)
    start = before.end() if before else 0
    said = phrases()
    trip = said.drops_trip.match(plain_text, start)
    match = trip or said.drops.match(plain_text, start)
    if match is None:
        return None
    between = _BETWEEN.match(plain_text[match.end() :])
    rest = match.end() + (between.end() if between else 0)
    if only_small_words(plain_text[rest:]):
        rest = len(text)
    return Dropped(trip is not None, rest)
