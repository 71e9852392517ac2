"""Corrections: "no, I meant Ottawa", "Saturday, not Friday", « pas Toronto, Ottawa ».

A value that is denied is never taken for a fact. The one that is meant replaces the fact it corrects in place: the one
that was denied, else the one of its kind that was told last; a U.S. city corrects the destination.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec

from bot.dialogue.phrases import FACTS, PLACES, only_small_words, phrases
from bot.dialogue.pointing import points_to_a_day
from bot.dialogue.told import Told, absorb, canadian, code_of
from bot.nlu.plain import plain

Entity = Mapping[str, Any]
_DENIABLE = PLACES | {"time", "flight_number"}
_TIME_FACTS = ("travel_day", "travel_time", "claimed_cbsa_at")
_PLACE_FACTS = ("origin", "destination", "via", "claimed_cbsa_centre", "home")


class Correction(NamedTuple):
    """The values that were said to be wrong, and what else was said."""

    denied: tuple[Entity, ...]
    meant: tuple[Entity, ...]


def correction(text: str, entities: Sequence[Entity]) -> Correction | None:
    """What `text` puts right; None where it corrects nothing."""
    plain_text = plain(text)
    denied = tuple(entity for entity in entities if entity["entity"] in _DENIABLE and _is_denied(plain_text, entity))
    leads = phrases().corrects.match(plain_text.lstrip(" ,.!-\n")) is not None
    if not denied and not (leads and _tells(text, entities)):
        return None
    return Correction(denied, tuple(entity for entity in entities if entity not in denied))


def is_bare_correction(text: str, entities: Sequence[Entity]) -> bool:
    """Whether `text` corrects a fact and asks nothing of its own."""
    found = correction(text, entities)
    if found is None or not _tells(text, found.meant):
        return False
    plain_text = plain(text)
    lead = phrases().corrects.match(plain_text)
    if lead is not None:
        plain_text = " " * lead.end() + plain_text[lead.end() :]
    return only_small_words(plain_text, entities)


def put_right(told: Told, found: Correction, lately: Sequence[str], awaiting: str | None, today: date) -> Told:
    """`told` with the correction made; `lately` are the names of the facts told, the newest first."""
    meant = [_with_role(told, entity, found.denied, lately, awaiting) for entity in found.meant]
    times = [entity for entity in meant if entity["entity"] == "time"]
    times_told = [fact for fact in lately if fact in _TIME_FACTS]
    about_interview = times_told[:1] == ["claimed_cbsa_at"]
    asked = "cbsa_at" if about_interview or awaiting == "cbsa_at" else None
    after = absorb(told, meant, asked, today)
    if asked == "cbsa_at":
        return _interview_moved(told, after, times)
    if times and after.travel_time is None:
        # "Saturday, not Friday" moves the day; the flight still leaves at the hour that was told.
        after = msgspec.structs.replace(after, travel_time=told.travel_time)
    return after


def _tells(text: str, entities: Sequence[Entity]) -> bool:
    return points_to_a_day(text) or any(entity["entity"] in FACTS for entity in entities)


def _is_denied(plain_text: str, entity: Entity) -> bool:
    start = int(entity["start"])
    return any(match.end() == start for match in phrases().denies.finditer(plain_text, 0, start))


def _with_role(
    told: Told, entity: Entity, denied: Sequence[Entity], lately: Sequence[str], awaiting: str | None
) -> Entity:
    """A place with the part it corrects; anything else as it is."""
    if entity["entity"] not in PLACES or entity.get("role") not in (None, "at"):
        return entity
    fact = _corrected_fact(told, entity, denied, lately, awaiting)
    if fact == "claimed_cbsa_centre":
        # As absorb takes a centre: for the one of the interview.
        return {**entity, "entity": "centre", "role": None, "value": code_of(entity).split("|", maxsplit=1)[0]}
    return {**entity, "role": fact}


def _corrected_fact(
    told: Told, entity: Entity, denied: Sequence[Entity], lately: Sequence[str], awaiting: str | None
) -> str:
    wrong = {code for place in denied if place["entity"] in PLACES for code in code_of(place).split("|")}
    for fact in _PLACE_FACTS:
        if wrong.intersection(_held(told, fact)):
            return fact
    # "Hamilton... no, Pearson" corrects the answer to what was asked.
    if entity["entity"] == "centre" or (awaiting == "cbsa_centre" and canadian(entity)):
        return "claimed_cbsa_centre"
    if not canadian(entity):
        return "destination"
    codes = set(code_of(entity).split("|"))
    if awaiting == "origin" and codes < set(_held(told, "origin")):
        return "origin"  # "wait, it's Billy Bishop", to "which of Toronto's airports?"
    # What is said to be wrong is not what was told already.
    wrong_now = [fact for fact in lately if fact in _PLACE_FACTS and not codes & set(_held(told, fact))]
    fitting = [fact for fact in wrong_now if fact != "destination"]
    return (fitting or wrong_now or ["origin"])[0]


def _held(told: Told, fact: str) -> list[str]:
    return (getattr(told, fact) or "").split(":")[-1].replace(">", "|").split("|")


def _interview_moved(told: Told, after: Told, times: Sequence[Entity]) -> Told:
    """The interview's day or hour alone may be put right: the other half stays."""
    if after.claimed_cbsa_at != told.claimed_cbsa_at or told.claimed_cbsa_at is None or not times:
        return after
    held = datetime.fromisoformat(told.claimed_cbsa_at)
    value = datetime.fromisoformat(times[0]["value"])
    by_clock = (times[0].get("extra") or {}).get("grain") == "clock"
    moved = datetime.combine(held.date(), value.time()) if by_clock else datetime.combine(value.date(), held.time())
    return msgspec.structs.replace(
        told, claimed_cbsa_at=moved.isoformat(timespec="minutes"), claimed_cbsa=after.claimed_cbsa
    )
