"""What one message adds to a conversation: facts, corrections, words that point back, read by what was said before."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from bot.dialogue.correcting import correction, put_right
from bot.dialogue.elsewhere import with_namesakes
from bot.dialogue.local_times import as_of
from bot.dialogue.phrases import PLACES
from bot.dialogue.pointing import resolved, speaks_of_this_one
from bot.dialogue.short_answers import bare_clock, progress, says_both, says_unknown, yes_or_no
from bot.dialogue.told import TRIP_FACTS, Told, absorb, one
from bot.formats import Language
from bot.guidance.policy import Policy
from bot.nlu.language import CERTAINTY
from bot.policy import Everything

Entity = Mapping[str, Any]
# The zone by which "today" is told until an airport is known: that of Ottawa.
DEFAULT_ZONE = "America/Toronto"


class Context(NamedTuple):
    """When and in which language something is said, and what was said before it.

    Before it: the facts, what was asked last, which facts were told (the newest first), the last place, and the day
    that was spoken of.
    """

    now: datetime
    language: Language
    told: Told
    awaiting: str | None = None
    lately: Sequence[str] = ()
    place: Entity | None = None
    day: date | None = None


class Heard(NamedTuple):
    """One message as the dialogue takes it.

    `told` is all that is known with it, `mentioned` what it says by itself. `corrects` says that it puts a fact right,
    `unknown` that the traveller does not know what was asked, `both` that either answer will do, `refers` that it
    speaks of the flight that was spoken of, `answer` the yes or no it is.
    """

    entities: list[Entity]
    told: Told
    mentioned: Told
    corrects: bool
    unknown: bool
    both: bool
    refers: bool
    answer: str | None
    place: Entity | None


def hear(text: str, entities: Sequence[Entity], context: Context, known: Everything) -> Heard:
    """What `text` with its `entities` says in a conversation of this `context`."""
    before, awaiting, now = context.told, context.awaiting, context.now
    placed = [{"start": 0, "end": 0, **entity} for entity in entities]
    named = with_namesakes(placed)
    found = resolved(text, named, context.place, context.day)
    found = found or bare_clock(text, context.language, now)
    if awaiting == "progress" and correction(text, found) is None:
        found = [*progress(text, found), *found]
    right = correction(text, found)
    zone = _zone(absorb(before, found, awaiting, now.date()), awaiting, known.policy)
    found = as_of(now, zone, text, found, context.language)
    today = now.astimezone(zone).date()
    if right is None:
        told = absorb(before, found, awaiting, today)
        mentioned = absorb(Told(), found, awaiting, today)
    else:
        right = correction(text, found) or right
        told = put_right(before, right, context.lately, awaiting, today)
        changed = {name: getattr(told, name) for name in changed_facts(before, told)}
        mentioned = Told(**changed)
        found = list(right.meant)
    places = [entity for entity in found if entity["entity"] in PLACES]
    return Heard(
        entities=found,
        told=_at_a_centre(told, before, known.policy),
        mentioned=_at_a_centre(mentioned, Told(), known.policy),
        corrects=right is not None,
        unknown=says_unknown(text),
        both=says_both(text),
        refers=speaks_of_this_one(text),
        answer=yes_or_no(text, found),
        place=_named(places[-1]) if places else None,
    )


def spoken(message: Mapping[str, Any]) -> str:
    """The words of a message that count, at the offsets they have in it: those of one part, or after what it drops.

    A pressed button means what it was made to mean; its words, which were never read, say nothing besides.
    """
    text = str(message.get("text") or "") if CERTAINTY in message else ""
    start, end = message.get("heard") or (0, len(text))
    return " " * start + text[start:end] + " " * (len(text) - end)


def changed_facts(before: Told, after: Told) -> list[str]:
    """The names of the facts that differ."""
    return [name for name in Told.__struct_fields__ if getattr(before, name) != getattr(after, name)]


def only_of_the_trip(names: Sequence[str]) -> bool:
    """Whether all of these facts are about a flight."""
    return bool(names) and TRIP_FACTS.issuperset(names)


def without_trip(told: Told) -> Told:
    """`told` without its flight."""
    return msgspec.structs.replace(told, **dict.fromkeys(TRIP_FACTS))


def _at_a_centre(told: Told, before: Told, policy: Policy) -> Told:
    """`told` with the centre of `before` where the one that is named is none: no interview is held in Hamilton."""
    if told.claimed_cbsa_centre is None or told.claimed_cbsa_centre in policy.centres:
        return told
    # What was kept may be no centre any more: a centre that the policy has lost since.
    kept = before.claimed_cbsa_centre if before.claimed_cbsa_centre in policy.centres else None
    return msgspec.structs.replace(told, claimed_cbsa_centre=kept)


def _zone(told: Told, awaiting: str | None, policy: Policy) -> ZoneInfo:
    """The zone of the wall clock that times of the message are told by."""
    centre = policy.centres.get(told.claimed_cbsa_centre or "")
    if awaiting == "cbsa_at" and centre is not None:
        return ZoneInfo(centre.timezone)
    return ZoneInfo(policy.timezones.get(one(told.origin) if told.origin else "", DEFAULT_ZONE))


def _named(place: Entity) -> Entity:
    return {name: place[name] for name in ("entity", "value", "extra") if name in place}
