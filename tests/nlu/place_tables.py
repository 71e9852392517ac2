"""The finder of places over this installation's policy, for the tables of sentences."""

from functools import lru_cache

import tests.quietly  # noqa: F401
from bot.nlu.found import Found
from bot.nlu.patterns import load_patterns
from bot.nlu.places import PlaceFinder
from bot.policy.places import load_places
from bot.policy.zones import world
from bot.settings import ROOT


@lru_cache(maxsize=1)
def finder() -> PlaceFinder:
    """One for all tables: making it reads the policy."""
    return PlaceFinder(load_places(ROOT / "policy"), world()[0], load_patterns())


def find(text: str) -> list[Found]:
    """The places of `text`, with all they carry."""
    return finder().find(text)


def bare(found: list[Found]) -> list[Found]:
    """`found` as a table shows it: without what a place carries beside its name."""
    return [Found(place.entity, place.value, place.start, place.end, place.role) for place in found]
