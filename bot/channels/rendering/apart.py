"""Pages of a channel where each message is a part of its own: what is said at once, and all that waits for MORE."""

from collections.abc import Iterator
from dataclasses import replace

from bot.channels.rendering.cutting import cut
from bot.channels.rendering.numbered import are_native
from bot.channels.rendering.speech import Saying, Speech
from bot.conversations.outbox.port import Page, Part


def apart(speech: Speech) -> list[Page]:
    """One page, or two where something waits."""
    said = tuple(part for saying in speech.sayings for part in _parts(saying, speech))
    waiting = tuple(Part(text) for text in cut(speech.waiting, speech.fits))
    return [Page(_with_more(said, speech)), Page(waiting)] if waiting else [Page(said)]


def _parts(saying: Saying, speech: Speech) -> Iterator[Part]:
    pieces = [*cut(saying.whole, speech.fits)] or [""]
    for number, text in enumerate(pieces, 1):
        last = number == len(pieces)
        linked = saying.link is not None and saying.link in text
        yield Part(
            text,
            saying.buttons if last else (),
            saying.sender,
            saying.link if linked else None,
            saying.link_title if linked else None,
            saying.numbered if last else (),
        )


def _with_more(parts: tuple[Part, ...], speech: Speech) -> tuple[Part, ...]:
    """The parts with MORE as a button of the last, else as its last line, else as a part of its own."""
    *before, last = parts
    button = speech.more_button()
    if button is not None and are_native([*last.buttons, button], speech.form):
        return (*before, replace(last, buttons=(*last.buttons, button)))
    line = speech.more(only_sources=not speech.rest)
    text = f"{last.text}\n{line}"
    if speech.fits(text):
        return (*before, replace(last, text=text))
    return (*parts, Part(line))
