"""`airports.yml`: Canadian airports, the names people use for them, what the programme does there and since when."""

import msgspec

from bot.guidance.policy import Airport
from bot.policy.files import Filled, Words, read_section
from bot.policy.names import Names
from bot.policy.reading import Reading
from bot.policy.spans import Dated, check_series
from bot.policy.zones import check_zone

FILE = "airports.yml"


class AirportEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A Canadian airport; empty lists mean that no source says the programme does anything there."""

    name: Words
    city: Words
    timezone: Filled
    aliases: Names
    preclearance: tuple[Dated, ...] = ()
    cbp_interviews: tuple[Dated, ...] = ()


def read_airport_entries(reading: Reading) -> dict[str, AirportEntry]:
    """The checked entries by IATA code."""
    entries = read_section(reading.folder / FILE, "airports", AirportEntry, reading.faults)
    for iata, entry in entries.items():
        check_zone(reading, FILE, iata, entry.timezone)
        check_series(reading, FILE, iata, entry.preclearance)
        check_series(reading, FILE, iata, entry.cbp_interviews)
    return entries


def airport(iata: str, entry: AirportEntry) -> Airport:
    """The airport as the engine sees it."""
    return Airport(
        iata=iata,
        name=entry.name.text(),
        timezone=entry.timezone,
        preclearance=tuple(dated.span() for dated in entry.preclearance),
        cbp_interviews=tuple(dated.span() for dated in entry.cbp_interviews),
    )
