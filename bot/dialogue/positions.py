"""Where a named place lies, for ranking centres by distance."""

from functools import lru_cache

from bot.guidance.case import Residence
from bot.policy import Everything


def position(known: Everything, named: str) -> Residence | None:
    """The position of `named` ("kind:value" of the gazetteer), None for a place nobody has coordinates of.

    A city lies where its first airport does: good to some tens of kilometres, which ranks centres well enough.
    """
    kind, _, value = named.partition(":")
    if kind == "centre":
        centre = known.policy.centres.get(value)
        return Residence(centre.latitude, centre.longitude) if centre else None
    airport = value if kind == "airport" else _first_airport(known, value)
    return _airport_positions().get(airport) if airport else None


def _first_airport(known: Everything, city: str) -> str | None:
    place = next((place for place in known.places.all if place.kind == "city" and place.value == city), None)
    return place.airports[0] if place else None


@lru_cache(maxsize=1)
def _airport_positions() -> dict[str, Residence]:
    import airportsdata

    return {iata: Residence(entry["lat"], entry["lon"]) for iata, entry in airportsdata.load("IATA").items()}
