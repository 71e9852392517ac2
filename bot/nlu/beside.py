"""Names that stand beside each other and mean one place: "Toronto (YYZ)", "London Heathrow", "Portland, PWM"."""

import re
from dataclasses import replace
from itertools import pairwise

from bot.nlu.found import Found

_BESIDE = re.compile(r"\s*[(,/]?\s*")


def settled(found: list[Found], plain_text: str) -> list[Found]:
    """`found`, in the order of the text; of a name of several cities the one that the airport beside it serves."""
    result = list(found)
    for index, (one, other) in enumerate(pairwise(found)):
        if stand_beside(plain_text[one.end : other.start]):
            if other.entity == "airport":
                result[index] = _served(one, other)
            elif one.entity == "airport":
                result[index + 1] = _served(other, one)
    return result


def stand_beside(gap: str) -> bool:
    """Whether `gap`, the text between two names, lets them be two names of one place."""
    return _BESIDE.fullmatch(gap) is not None


def are_one(one: Found, other: Found) -> bool:
    """Whether two names beside each other mean one place: a city and its airport, « Québec, la Vieille Capitale »."""
    if one.value == other.value:
        return one.end - one.start != other.end - other.start
    return one.entity != other.entity and "airport" in (one.entity, other.entity) and share_airport(one, other)


def share_airport(one: Found, other: Found) -> bool:
    """Whether an airport serves both."""
    return not set((one.extra or {})["airports"]).isdisjoint((other.extra or {})["airports"])


def narrowed(one: Found, other: Found) -> tuple[Found, Found]:
    """Both, with the airports alone that serve both."""
    both = [code for code in (one.extra or {})["airports"] if code in (other.extra or {})["airports"]]
    first, second = (replace(each, extra={**(each.extra or {}), "airports": both}) for each in (one, other))
    return first, second


def _served(city: Found, airport: Found) -> Found:
    for meaning in (city.extra or {}).get("meanings", ()):
        if airport.value in meaning["airports"]:
            extra = {"country": meaning["country"], "airports": meaning["airports"]}
            return replace(city, entity=meaning["entity"], value=meaning["value"], extra=extra)
    return city
