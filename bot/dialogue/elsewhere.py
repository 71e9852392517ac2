"""Where a told trip goes: to the United States or not, and places that share a name ("Naples")."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.dialogue.told import Told, canadian

Entity = Mapping[str, Any]
UNITED_STATES = "US"


def with_namesakes(entities: Sequence[Entity]) -> list[Entity]:
    """`entities` with all the airports a destination may mean where its name is that of a U.S. place and of another.

    Whether a flight goes to the United States decides; between two places that both do, or both do not, nothing does.
    """
    return [_with_namesakes(entity) for entity in entities]


def which_destination(told: Told, countries: Mapping[str, str]) -> list[str]:
    """The airports to choose from, the first of each country, where the destination lies in the U.S. or abroad."""
    codes = (told.destination or "").split("|")
    in_us = {countries.get(code) == UNITED_STATES for code in codes}
    if len(in_us) < 2:
        return []
    firsts: dict[str | None, str] = {}
    for code in codes:
        firsts.setdefault(countries.get(code), code)
    return list(firsts.values())


def leads_elsewhere(told: Told, countries: Mapping[str, str]) -> bool:
    """Whether a flight that is told of goes to another country than the United States, as far as it is told.

    A connection in the United States makes a difference: the flight to it is one to the United States.
    """
    known = [countries.get(code) for code in _codes(told.destination)]
    abroad = bool(known) and None not in known and UNITED_STATES not in known
    return abroad and UNITED_STATES not in {countries.get(code) for code in told.stops}


def _codes(held: str | None) -> Iterable[str]:
    return held.split("|") if held else ()


def _with_namesakes(entity: Entity) -> Entity:
    meanings = (entity.get("extra") or {}).get("meanings") or []
    meanings = [meaning for meaning in meanings if meaning["entity"] == entity["entity"]]
    if entity.get("role") not in (None, "at", "destination") or (canadian(entity) and entity.get("role") is None):
        return entity
    if len({meaning["country"] == UNITED_STATES for meaning in meanings}) < 2:
        return entity
    airports = [code for meaning in meanings for code in meaning["airports"]]
    return {**entity, "extra": {**entity["extra"], "airports": airports}}
