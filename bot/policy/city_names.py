"""The city that people name an airport after."""

from bot.guidance.policy import Text
from bot.policy.places import Place, Places

# Regions ("Texas") have as many airports as the largest cities, but only cities have a code of their own.
MOST_WITHOUT_CODE = 2


def city_names(places: Places) -> dict[str, Text]:
    """Names by IATA code.

    An airport serves several places. People name it after a city before a region, and after the city it is the
    likeliest airport of (Newark, not New York); of those the policy lists a city before its suburbs.
    """
    listed = [place for place in places.all if place.kind == "city"]
    names: dict[str, Text] = {}
    for place in sorted(listed, key=_is_region):
        names.setdefault(place.airports[0], place.name)
    for place in sorted(listed, key=_is_region):
        for code in place.airports[1:]:
            names.setdefault(code, place.name)
    return names


def _is_region(place: Place) -> bool:
    return place.code is None and len(place.airports) > MOST_WITHOUT_CODE
