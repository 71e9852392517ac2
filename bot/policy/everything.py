"""The whole policy folder in one reading, each file checked against the others."""

from pathlib import Path

import msgspec

from bot.guidance.policy import Policy
from bot.policy.airports import AirportEntry, airport, read_airport_entries
from bot.policy.answers import read_answers
from bot.policy.centres import CentreEntry, centres, read_centre_entries
from bot.policy.city_names import city_names
from bot.policy.notices import read_notices
from bot.policy.parameters import read_parameters
from bot.policy.places import PlaceEntries, Places, places, read_place_entries
from bot.policy.reading import Reading
from bot.policy.rules import read_rules
from bot.policy.sources import read_sources
from bot.policy.statements import Statement, read_statements
from bot.policy.zones import country, world
from bot.settings import ROOT

FOLDER = ROOT / "policy"


class Everything(msgspec.Struct, frozen=True):
    """All that the policy folder says."""

    policy: Policy
    places: Places
    statements: dict[str, Statement]
    answers: dict[str, tuple[str, ...]]
    airports: dict[str, AirportEntry]
    centres: dict[str, CentreEntry]


def load(folder: Path = FOLDER) -> Policy:
    """The policy as the engine sees it. Raises PolicyError with every fault in the folder."""
    return load_all(folder).policy


def load_all(folder: Path = FOLDER) -> Everything:
    """Everything in the folder, read once.

    Raises:
        PolicyError: listing every fault, each naming file and entry.
    """
    reading = Reading(folder)
    sources = read_sources(reading)
    parameters = read_parameters(reading)
    airports = read_airport_entries(reading)
    centre_entries = read_centre_entries(reading)
    rules = read_rules(reading)
    notices = read_notices(reading, rules, airports)
    place_entries = read_place_entries(reading)
    known_places = places(reading, place_entries, airports, centre_entries)
    statements = read_statements(reading)
    answers = read_answers(reading, statements)
    reading.faults.stop_if_any()
    countries, timezones = _codes(place_entries, airports)
    policy = Policy(
        sources=sources,
        parameters=parameters,
        airports={iata: airport(iata, entry) for iata, entry in airports.items()},
        centres=centres(centre_entries),
        rules=rules,
        notices=notices,
        countries=countries,
        timezones=timezones,
        ambiguous={
            city.code: city.code_airports
            for city in place_entries.cities.values()
            if city.code is not None and len(city.code_airports) > 1
        },
        city_names=city_names(known_places),
    )
    return Everything(policy, known_places, statements, answers, airports, centre_entries)


def _codes(entries: PlaceEntries, airports: dict[str, AirportEntry]) -> tuple[dict[str, str], dict[str, str]]:
    countries, timezones = map(dict, world())
    for city in entries.cities.values():
        if city.code is not None:
            countries[city.code] = country(city.country)
            timezones[city.code] = timezones[city.airports[0]]
    timezones.update({iata: entry.timezone for iata, entry in airports.items()})
    return countries, timezones
