"""Places a traveller may name: airports, cities, enrolment centres, by the names people use in both languages.

A city may stand for several airports ("Toronto": Pearson or Billy Bishop). A name may stand for several places
("London"): then each of them marks it `shared`, and looking it up gives all. Codes of airports outside Canada are not
names, since some are words ("LAS", "SAN"): match `code` only where it is written in capitals.
"""

from collections import defaultdict
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from bot.guidance.policy import Text
from bot.policy.airports import FILE as AIRPORTS
from bot.policy.airports import AirportEntry, read_airport_entries
from bot.policy.centres import FILE as CENTRES
from bot.policy.centres import CentreEntry, read_centre_entries
from bot.policy.files import Filled, read_section
from bot.policy.names import fold, folded, spellings
from bot.policy.reading import Reading
from bot.policy.sources import read_sources
from bot.policy.zones import country, world

FILE = "places.yml"
ABROAD = "places_abroad.yml"
Iata = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$")]
Area = Literal["city", "state", "country"]


class Place(msgspec.Struct, frozen=True):
    """One place; `aliases` holds each name in the spellings people use.

    `value` is an IATA code (airport), the city's key in `places.yml` (city) or a centre id (centre). `airports` are the
    IATA codes it stands for, the likeliest first; `code` is an airport's own IATA code or a city's metropolitan code.
    `area` tells a region that people name as a destination from a city; `state` is what is written after a name that
    several cities share ("Portland, ME").
    """

    kind: Literal["airport", "city", "centre"]
    value: str
    name: Text
    aliases: tuple[str, ...]
    airports: tuple[str, ...]
    country: str
    code: str | None = None
    area: Area = "city"
    state: str | None = None


class Places(msgspec.Struct, frozen=True):
    """All places. `by_alias` is keyed by the folded name, `by_code` by the IATA code in capitals."""

    all: tuple[Place, ...]
    by_alias: dict[str, tuple[Place, ...]]
    by_code: dict[str, Place]

    def find(self, name: str) -> tuple[Place, ...]:
        """The places of this name, however it is spelt; several where it is shared, none where it is unknown."""
        return self.by_alias.get(fold(name), ())


class CityEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A city, or a region people name as a destination. The first name of each language is the one shown."""

    country: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")]
    airports: Annotated[tuple[Iata, ...], msgspec.Meta(min_length=1)]
    en: Annotated[tuple[Filled, ...], msgspec.Meta(min_length=1)]
    fr: Annotated[tuple[Filled, ...], msgspec.Meta(min_length=1)]
    code: Iata | None = None
    code_airports: tuple[Iata, ...] = ()
    shared: tuple[Filled, ...] = ()
    area: Area = "city"
    state: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")] | None = None


class AbroadEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An airport outside Canada that people call by its own name."""

    en: Annotated[tuple[Filled, ...], msgspec.Meta(min_length=1)]
    fr: Annotated[tuple[Filled, ...], msgspec.Meta(min_length=1)]
    shared: tuple[Filled, ...] = ()


class PlaceEntries(msgspec.Struct, frozen=True):
    """The entries of `places.yml` and `places_abroad.yml`."""

    cities: dict[str, CityEntry]
    airports_abroad: dict[str, AbroadEntry]


def load_places(folder: Path) -> Places:
    """The places of the policy in `folder`. Raises PolicyError naming every fault in the files read."""
    reading = Reading(folder)
    read_sources(reading)
    found = places(reading, read_place_entries(reading), read_airport_entries(reading), read_centre_entries(reading))
    reading.faults.stop_if_any()
    return found


def read_place_entries(reading: Reading) -> PlaceEntries:
    """The checked entries: every IATA code exists, every metropolitan code is no airport's."""
    countries, _ = world()
    cities = read_section(reading.folder / FILE, "cities", CityEntry, reading.faults)
    abroad = read_section(reading.folder / ABROAD, "airports_abroad", AbroadEntry, reading.faults)
    for name, entry in cities.items():
        for iata in (*entry.airports, *entry.code_airports):
            if iata not in countries:
                reading.faults.add(FILE, name, f"`{iata}` is no airport's IATA code")
            elif countries[iata] != country(entry.country):
                reading.faults.add(FILE, name, f"`{iata}` lies in {countries[iata]}, not in {entry.country}")
        if entry.code is not None and entry.code in countries and entry.code not in entry.airports:
            reading.faults.add(FILE, name, f"code `{entry.code}` is an airport's; leave it out")
    for iata in abroad:
        if iata not in countries:
            reading.faults.add(ABROAD, iata, "is no airport's IATA code")
    return PlaceEntries(cities, {iata: entry for iata, entry in abroad.items() if iata in countries})


def places(
    reading: Reading, entries: PlaceEntries, airports: dict[str, AirportEntry], centres: dict[str, CentreEntry]
) -> Places:
    """All places; notes a name of two places that they do not both mark as shared."""
    countries, _ = world()
    listed: list[tuple[str, Place, frozenset[str]]] = []
    for iata, airport in airports.items():
        names = (airport.name.en, airport.name.fr, iata, *airport.aliases.every())
        place = Place("airport", iata, airport.name.text(), spellings(names), (iata,), "CA", iata)
        listed.append((AIRPORTS, place, folded(airport.aliases.shared)))
    for iata, abroad in entries.airports_abroad.items():
        names = spellings((*abroad.en, *abroad.fr))
        place = Place("airport", iata, Text(abroad.en[0], abroad.fr[0]), names, (iata,), countries[iata], iata)
        listed.append((ABROAD, place, folded(abroad.shared)))
    for name, city in entries.cities.items():
        names = spellings((*city.en, *city.fr))
        shown = Text(city.en[0], city.fr[0])
        lies_in = country(city.country)
        place = Place("city", name, shown, names, city.airports, lies_in, city.code, city.area, city.state)
        listed.append((FILE, place, folded(city.shared)))
    for name, centre in centres.items():
        if centre.same_as is None and centre.aliases.every():
            listed.append((CENTRES, _centre_place(name, centre), folded(centre.aliases.shared)))
    by_alias = _by_alias(reading, listed)
    found = tuple(place for _, place, _ in listed)
    return Places(found, by_alias, {place.code: place for place in found if place.code is not None})


def _centre_place(name: str, centre: CentreEntry) -> Place:
    airports = (centre.iata,) if centre.iata else ()
    return Place("centre", name, centre.name.text(), spellings(centre.aliases.every()), airports, _land(centre))


def _land(centre: CentreEntry) -> str:
    if centre.iata is not None:
        return "CA"
    if centre.first_half is None:
        return "US"
    # A pair is booked where it begins.
    begins_in_canada = centre.first_half == "ca"
    return "CA" if begins_in_canada == centre.bookable else "US"


def _by_alias(reading: Reading, listed: list[tuple[str, Place, frozenset[str]]]) -> dict[str, tuple[Place, ...]]:
    holders: defaultdict[str, list[tuple[str, Place, frozenset[str]]]] = defaultdict(list)
    for file, place, shared in listed:
        for alias in folded(place.aliases):
            holders[alias].append((file, place, shared))
        for stray in shared - folded(place.aliases):
            reading.faults.add(file, place.value, f"marks `{stray}` as shared, which is none of its names")
    for alias, held in holders.items():
        for file, place, shared in held:
            if len(held) > 1 and alias not in shared:
                others = ", ".join(other.value for _, other, _ in held if other is not place)
                reading.faults.add(file, place.value, f"the name `{alias}` is also that of {others}; mark it `shared`")
    return {alias: tuple(place for _, place, _ in held) for alias, held in holders.items()}
