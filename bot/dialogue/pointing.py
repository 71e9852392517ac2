"""Words that point back: "and from there?", "the next day", « et le lendemain? », "that flight"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.dialogue.phrases import only_small_words, phrases
from bot.dialogue.told import canadian
from bot.nlu.plain import plain

Entity = Mapping[str, Any]
_QUESTION = re.compile(r"\?\s*$")
# These ask also without a question mark.
_ASKS_ANYWAY = re.compile(r"about|if|same|meme|pareil|idem|qu'en|et si")
_MOST_WORDS = 12


def resolved(text: str, entities: Sequence[Entity], place: Entity | None, day: date | None) -> list[Entity]:
    """`entities` with what the pointing words of `text` stand for.

    `place` is the place that was named last and `day` the day of travel that was spoken of last; what points to nothing
    known adds nothing. A day that was read as if it pointed to today gives way.
    """
    pointed = [*_places(plain(text), place), *_days(plain(text), day)]
    kept = [entity for entity in entities if not any(_overlap(entity, other) for other in pointed)]
    return sorted([*kept, *pointed], key=lambda entity: int(entity["start"]))


def points_to_a_day(text: str) -> bool:
    """Whether `text` names its day by another one."""
    plain_text = plain(text)
    said = phrases()
    return any(pattern.search(plain_text) for pattern in (said.next_day, said.day_before, said.week_later))


def points_to_a_place(text: str) -> bool:
    """Whether `text` says "there"."""
    return phrases().there_from.search(plain(text)) is not None or phrases().there.search(plain(text)) is not None


def speaks_of_this_one(text: str) -> bool:
    """Whether `text` asks about the flight that was spoken of: "can I do it on that flight?"."""
    return phrases().this_one.search(plain(text)) is not None


def is_follow_up(text: str, entities: Sequence[Entity]) -> bool:
    """Whether `text` asks the last question again with another fact: "and from Montreal?", « et pour dimanche? »."""
    plain_text = plain(text).strip()
    begins = phrases().follows.match(plain_text)
    if begins is None or len(plain_text.split()) > _MOST_WORDS:
        return False
    says_fact = bool(entities) or points_to_a_day(text) or points_to_a_place(text)
    asks = _QUESTION.search(text) is not None or _ASKS_ANYWAY.search(begins.group()) is not None
    return says_fact and asks and only_small_words(plain(text), entities)


def asks_of_others(text: str) -> bool:
    """Whether a follow-up asks about other people: "and my wife?", « et mes enfants? »."""
    plain_text = plain(text).strip()
    if phrases().follows.match(plain_text) is None or len(plain_text.split()) > _MOST_WORDS:
        return False
    left = phrases().others.sub("", plain_text)
    return left != plain_text and only_small_words(left)


def _places(plain_text: str, place: Entity | None) -> Iterator[Entity]:
    if place is None:
        return
    match = phrases().there_from.search(plain_text)
    if match is not None:
        # No flight of this trip leaves from the city abroad that it goes to: what is meant is not known.
        if canadian(place):
            yield {**place, "role": "origin", "start": match.start(), "end": match.end()}
        return
    match = phrases().there.search(plain_text)
    if match is not None:
        yield {**place, "role": "at", "start": match.start(), "end": match.end()}


def _days(plain_text: str, day: date | None) -> Iterator[Entity]:
    if day is None:
        return
    said = phrases()
    for pattern, shift in ((said.next_day, 1), (said.day_before, -1), (said.week_later, 7)):
        match = pattern.search(plain_text)
        if match is not None:
            value = datetime.combine(day + timedelta(days=shift), time())
            yield {
                "entity": "time",
                "value": value.isoformat(timespec="minutes"),
                "start": match.start(),
                "end": match.end(),
                "extra": {"grain": "day", "pointed": True},
            }
            return


def _overlap(one: Entity, other: Entity) -> bool:
    return int(one["start"]) < int(other["end"]) and int(other["start"]) < int(one["end"])
