"""Which sources a part of a ruling rests on, in the order they are cited."""

from collections.abc import Iterator
from typing import Literal

from bot.guidance.ruling import FlightRuling, NextStep, Notice, OptionRuling, Reason, Ruling

Card = Literal["flight", "options", "renewal", "step"]


def sources_of(ruling: Ruling, card: Card) -> tuple[str, ...]:
    """The ids of the sources of one part of `ruling`, each once."""
    return tuple(dict.fromkeys(_cited(ruling, card)))


def _cited(ruling: Ruling, card: Card) -> Iterator[str]:
    if card == "step":
        yield from ruling.next_step.sources
        return
    # The reason that decided comes last, and its source is the one a reader looks for first.
    if card == "renewal":
        renewal = ruling.renewal
        yield from _ids(*reversed(renewal.reasons), *renewal.notices)
        return
    parts: tuple[FlightRuling | OptionRuling, ...] = ruling.options
    if card == "flight":
        parts = (ruling.cbp_on_next_flight,)
    for part in parts:
        yield from _ids(*reversed(part.reasons), *part.next_steps, *part.notices)


def _ids(*citing: Reason | NextStep | Notice) -> Iterator[str]:
    for each in citing:
        yield from each.sources
