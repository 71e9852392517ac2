"""Several segments in one message, made one journey: where it begins, where it changes planes, where it goes and back.

"Saskatoon to Calgary, then Calgary to Las Vegas" goes through Calgary; "and back to Saskatoon" is another journey,
whose places get the role `return`.
"""

import re
from dataclasses import replace

from bot.nlu.beside import share_airport
from bot.nlu.found import Found

_ROUTE = ("origin", "destination", "via")
_BACK = re.compile(r"\b(?:back|home|return\w*|retour\w*|revien\w*|reven\w*|rentr\w*)\b")

_COMES_BACK = re.compile(
    r"\b(?:com(?:e|es|ing) (?:back|home)|way (?:back|home)|return\w*|retour|revien\w*|reven\w*|rentr\w*)\b[^.,;!?]*$"
)


def linked(found: list[Found], plain_text: str) -> list[Found]:
    """`found`, in the order of the text and with roles of single segments, with those of the whole journey."""
    journey = _Journey(found, plain_text)
    for index, place in enumerate(found):
        if place.role in _ROUTE and (journey.is_back or journey.comes_back_through(index)):
            journey.set_role(index, "return")
        elif place.role == "destination":
            journey.go(index)
        elif place.role == "origin":
            journey.leave(index)
    return journey.places


class _Journey:
    """A walk over the places of a message: where it started, where it goes so far, whether it is on its way back."""

    def __init__(self, found: list[Found], plain_text: str) -> None:
        self.places = list(found)
        self.is_back = False
        self._found = found
        self._plain_text = plain_text
        self._start: int | None = None
        self._goal: int | None = None

    def set_role(self, index: int, role: str) -> None:
        """Gives the place at `index` another role."""
        self.places[index] = replace(self.places[index], role=role)

    def go(self, index: int) -> None:
        """A segment to the place at `index`."""
        closes = self._start is not None and self._same(self._start, index)
        if closes and self._goal is None:
            self._turn_round(index)
        elif self._goal is not None and self._start is not None and (closes or self._says_back(index)):
            self._return(index)
        else:
            self._goal = index

    def comes_back_through(self, index: int) -> bool:
        """Whether the way back alone leads through the place at `index`: "and we come back via Newark"."""
        before = self._plain_text[self._found[index - 1].end if index else 0 : self._found[index].start]
        ahead = any(self._goes(later) for later in range(index, len(self._found)))
        return self.places[index].role == "via" and not ahead and _COMES_BACK.search(before) is not None

    def leave(self, index: int) -> None:
        """A segment from the place at `index`."""
        if self._goal is None:
            self._start = index if self._start is None else self._start
        elif self._start is not None and self._says_back(index):
            self._return(index)
        elif self._same(self._goal, index):
            ahead = next((later for later in range(index, len(self._found)) if self._goes(later)), None)
            if ahead is None or (self._start is not None and self._same(self._start, ahead)):
                self._return(index)
            else:
                self.set_role(self._goal, "via")
                self.set_role(index, "via")
                self._goal = None
        else:
            # To Denver from Calgary; or another journey, or a correction, which counts instead.
            self._goal = None if self._start is not None else self._goal
            self._start = index

    def _return(self, index: int) -> None:
        self.set_role(index, "return")
        self.is_back = True

    def _turn_round(self, index: int) -> None:
        """The route "YXE-YYC-LAS-YYC-YXE" has come back: the middle is where the journey went."""
        stops = [stop for stop in range(index) if self.places[stop].role == "via"]
        if not stops:
            return
        middle = stops[len(stops) // 2]
        self.set_role(middle, "destination")
        for later in (*(stop for stop in stops if stop > middle), index):
            self.set_role(later, "return")
        self.is_back = True

    def _goes(self, index: int) -> bool:
        return self._found[index].role == "destination"

    def _says_back(self, index: int) -> bool:
        before = self._found[index - 1].end if index else 0
        return _BACK.search(self._plain_text, before, self._found[index].start) is not None

    def _same(self, one: int, other: int) -> bool:
        return share_airport(self._found[one], self._found[other])
