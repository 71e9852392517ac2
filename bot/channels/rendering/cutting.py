"""Cutting a text that is too long: between paragraphs, else sentences, else words; an address is never cut."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import takewhile

Fits = Callable[[str], bool]
"""Whether a text is short enough; the beginning of a text that fits, fits."""

# After "U.S." no sentence ends.
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\b[A-Z]\.)\s+(?=[^\W_a-zà-ÿ]|[\"“«(])")
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), _SENTENCE, re.compile(r"\s+"))


def head(text: str, fits: Fits) -> tuple[str, str]:
    """A beginning that fits and what is left: whole paragraphs, or lines, sentences, words where that fills far more.

    The beginning is empty where not even the first word fits.
    """
    text = text.strip()
    if fits(text):
        return text, ""
    longest = _longest(text, fits)
    ends = [_last_end(text, breaks, longest) for breaks in _BREAKS]
    end = next(end for end in ends if 2 * end >= max(ends))
    return text[:end].rstrip(), text[end:].lstrip()


def cut(text: str, fits: Fits) -> Iterator[str]:
    """The pieces of a text, each of which fits; a word that does not fit by itself is cut where it must be."""
    rest = text.strip()
    while rest:
        piece, rest = head(rest, fits)
        if not piece:
            piece, rest = broken(rest, fits)
        yield piece


def broken(text: str, fits: Fits) -> tuple[str, str]:
    """As much as fits, wherever that ends; at least one character, so that cutting comes to an end."""
    length = max(1, _longest(text, fits))
    return text[:length], text[length:].lstrip()


def _longest(text: str, fits: Fits) -> int:
    """How many characters fit."""
    return bisect_left(range(1, len(text) + 1), True, key=lambda length: not fits(text[:length]))


def _last_end(text: str, breaks: re.Pattern[str], longest: int) -> int:
    # A break is known by what follows it, at most two characters.
    starts = (found.start() for found in breaks.finditer(text, 0, longest + 2))
    return max(takewhile(lambda start: start <= longest, starts), default=0)
