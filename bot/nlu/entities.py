"""The Rasa component for entities: places, flight numbers, agencies, times, and what travellers say of their file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.clock import system_clock
from bot.formats import Language
from bot.nlu.asking import is_asked
from bot.nlu.flights import find_flights
from bot.nlu.found import Found
from bot.nlu.interviews import find_interview
from bot.nlu.language import LANGUAGE
from bot.nlu.patterns import Patterns, load_patterns
from bot.nlu.places import PlaceFinder
from bot.nlu.plain import plain
from bot.nlu.private import find_private
from bot.nlu.registration import component
from bot.nlu.times import find_times
from bot.policy.places import load_places
from bot.policy.zones import world
from bot.settings import ROOT

# The wall clock by which "tomorrow" is read until an airport is known: that of the programme's headquarters, Ottawa.
DEFAULT_ZONE = ZoneInfo("America/Toronto")
# Said of the trip that is asked about: "can I do it by train?" tells how one travels.
_OF_THE_TRIP = frozenset({"travel_mode"})


class EntityRules:
    """All entity rules together; pure but for what it is given."""

    def __init__(self, places: PlaceFinder, patterns: Patterns, zones: Mapping[str, str]) -> None:
        """`zones` are the IANA time zones of airports."""
        self._places = places
        self._zones = zones
        self._patterns = patterns

    def find(self, text: str, language: Language, reference: datetime) -> list[Found]:
        """The entities of `text` in order; times refer to `reference`, the traveller's now.

        With a zone it is a moment: then it is read on the clock of the airport that the message leaves from, where it
        names one, for tomorrow in Vancouver may be today in Ottawa. Without one it is that clock's time already.
        """
        found = find_private(text, reference)
        text = _hidden(text, found)
        plain_text = plain(text)
        found += _apart(find_flights(plain_text, self._patterns.carriers), found)
        found += _apart(self._places.find(text), found)
        times = [
            Found("time", t.value.isoformat(timespec="minutes"), t.start, t.end, extra={"grain": t.grain})
            for t in find_times(_without(text, found), language, self._wall_clock(reference, found))
        ]
        found += _apart(times, found)
        found += self._agencies(plain_text)
        found += find_interview(plain_text, self._patterns)
        found += self._claims(plain_text)
        return sorted(found, key=lambda entity: (entity.start, entity.end))

    def _wall_clock(self, reference: datetime, found: list[Found]) -> datetime:
        if reference.tzinfo is None:
            return reference
        places = [place for place in found if (place.extra or {}).get("airports")]
        canadian = [place for place in places if (place.extra or {})["country"] == "CA"]
        origins = [place for place in places if place.role == "origin"]
        starts = origins or [place for place in canadian if place.role in (None, "at", "via")]
        zone = self._zones.get(str((starts[0].extra or {})["airports"][0])) if starts else None
        return (reference.astimezone(ZoneInfo(zone)) if zone else reference).replace(tzinfo=None)

    def _agencies(self, plain_text: str) -> list[Found]:
        found: list[Found] = []
        for name, pattern in self._patterns.agencies:
            hits = [Found("agency", name, m.start(), m.end()) for m in pattern.finditer(plain_text)]
            found += _apart(hits, found)
        return found

    def _claims(self, plain_text: str) -> list[Found]:
        """The first pattern that fits decides each kind of claim, so a negative comes before its positive."""
        found: dict[str, Found] = {}
        for entity, value, pattern in self._patterns.claims:
            if entity not in found:
                for match in pattern.finditer(plain_text):
                    if entity in _OF_THE_TRIP or not is_asked(plain_text, match.start(), self._patterns):
                        found[entity] = Found(entity, value, match.start(), match.end())
                        break
        return list(found.values())


def _hidden(text: str, private: list[Found]) -> str:
    for value in private:
        text = text[: value.start] + value.value + text[value.end :]
    return text


def _without(text: str, found: list[Found]) -> str:
    """`text` with a word that says nothing in the place of each entity: there is no time in a flight number."""
    for entity in found:
        text = text[: entity.start] + "x" * (entity.end - entity.start) + text[entity.end :]
    return text


def _apart(candidates: list[Found], taken: list[Found]) -> list[Found]:
    return [entity for entity in candidates if not any(entity.overlaps(other) for other in taken)]


def load_rules() -> EntityRules:
    """The rules over this installation's policy places."""
    patterns = load_patterns()
    countries, zones = world()
    return EntityRules(PlaceFinder(load_places(ROOT / "policy"), countries, patterns), patterns, zones)


@component("ENTITY_EXTRACTOR", trainable=False)
class ProgrammeEntities(GraphComponent):
    """Adds entities to messages.

    The time they refer to comes in the metadata as `wall_clock` (ISO); without a zone it is that of `DEFAULT_ZONE`.
    """

    def __init__(self, rules: EntityRules, now: Callable[[], datetime]) -> None:
        self._rules = rules
        self._now = now

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ProgrammeEntities":
        """Made by Rasa's graph; reads the policy's places."""
        return cls(load_rules(), system_clock)

    def process(self, messages: list[Message]) -> list[Message]:
        """Finds entities in each message, in its own language."""
        for message in messages:
            stated = (message.get("metadata") or {}).get("wall_clock")
            reference = datetime.fromisoformat(stated) if stated else self._now().astimezone(DEFAULT_ZONE)
            if reference.tzinfo is None:
                reference = reference.replace(tzinfo=DEFAULT_ZONE)
            text = message.get(TEXT) or ""
            found = self._rules.find(text, message.get(LANGUAGE) or "en", reference)
            entities = [entity.as_rasa(type(self).__name__) for entity in found]
            message.set(ENTITIES, (message.get(ENTITIES) or []) + entities, add_to_output=True)
        return messages
