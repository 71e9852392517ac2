"""Where a traveller is who shares it: the city they are near, which is all that is kept."""

import math
from dataclasses import dataclass
from functools import lru_cache

from bot.channels.port import Place
from bot.conversations.dialogue_port import Choice
from bot.guidance.distance import Point, kilometres, point
from bot.guidance.policy import Policy, Text

FAR_KM = 300.0
"""Kilometres from the next city that we know of in Canada and the United States; who is farther is elsewhere."""

_COUNTRIES = frozenset({"CA", "US"})


@dataclass(frozen=True)
class Near:
    """A city, by its airport."""

    iata: str
    name: Text

    def question(self) -> Choice:
        """What sharing the place means: which centres are near."""
        place = {"entity": "airport", "value": self.iata, "start": 0, "end": 0, "role": "home"}
        return Choice("ask_where_centres", (place,))


def near(place: Place, policy: Policy) -> Near | None:
    """The nearest city of Canada and the United States; None where none is near, or the place is nowhere.

    The first call reads a table of airports, for a tenth of a second.
    """
    if not (math.isfinite(place.latitude) and math.isfinite(place.longitude)):
        return None
    if abs(place.latitude) > 90 or abs(place.longitude) > 180:
        return None
    here = point(round(place.latitude, 1), round(place.longitude, 1))
    codes = [code for code in policy.city_names if policy.countries.get(code) in _COUNTRIES and code in _airports()]
    distances = kilometres(here, [_airports()[code] for code in codes])
    distance, nearest = min(zip(distances, codes, strict=True), default=(math.inf, ""))
    return Near(nearest, policy.city_names[nearest]) if distance <= FAR_KM else None


@lru_cache(maxsize=1)
def _airports() -> dict[str, Point]:
    import airportsdata

    return {
        iata: point(entry["lat"], entry["lon"])
        for iata, entry in airportsdata.load("IATA").items()
        if entry["country"] in _COUNTRIES
    }
