"""Cutting a text that is too long: between paragraphs, else sentences, else words; an address is never cut."""

import re
from collections.abc import Callable, Iterator

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
    ends = [_last_end(text, breaks, fits) for breaks in _BREAKS]
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
    length = 1
    while length < len(text) and fits(text[: length + 1]):
        length += 1
    return text[:length], text[length:].lstrip()


def _last_end(text: str, breaks: re.Pattern[str], fits: Fits) -> int:
    last = 0
    for found in breaks.finditer(text):
        if not fits(text[: found.start()]):
            break
        last = found.start()
    return last
