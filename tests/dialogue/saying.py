"""Entities as the understanding hands them over, in few words."""

from datetime import datetime
from typing import Any

from bot.formats import Language
from bot.nlu.entities import load_rules
from bot.policy.places import load_places
from bot.settings import ROOT

# Saturday, November 21, 2026, noon.
NOW = datetime.fromisoformat("2026-11-21T12:00")
RULES = load_rules()
PLACES = {(place.kind, place.value): place for place in load_places(ROOT / "policy").all}


def place(kind: str, value: str, role: str | None = None, start: int = 0) -> dict[str, Any]:
    """A place of the gazetteer, found at `start`."""
    known = PLACES[(kind, value)]
    extra = {"country": known.country, "airports": list(known.airports)}
    entity = {"entity": kind, "value": value, "start": start, "end": start + len(value), "extra": extra}
    return entity | ({"role": role} if role else {})


def airport(code: str, role: str | None = None, start: int = 0) -> dict[str, Any]:
    if ("airport", code) in PLACES:
        return place("airport", code, role, start)
    extra = {"country": "US", "airports": [code]}
    entity = {"entity": "airport", "value": code, "start": start, "end": start + 3, "extra": extra}
    return entity | ({"role": role} if role else {})


def city(name: str, role: str | None = None, start: int = 0) -> dict[str, Any]:
    return place("city", name, role, start)


def at(value: str, grain: str = "minute") -> dict[str, Any]:
    return {"entity": "time", "value": value, "start": 0, "end": 1, "extra": {"grain": grain}}


def claim(entity: str, value: str, start: int = 0) -> dict[str, Any]:
    return {"entity": entity, "value": value, "start": start, "end": start + 4}


def found(text: str, language: Language = "en", now: datetime = NOW) -> list[dict[str, Any]]:
    """The entities of a text as the rules find them."""
    return [entity.as_rasa("rules") for entity in RULES.find(text, language, now)]
