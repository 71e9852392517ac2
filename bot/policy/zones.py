"""Time zones and countries of IATA codes."""

import zoneinfo
from functools import lru_cache

from bot.policy.reading import Reading

# The programme counts these territories as the United States.
_UNITED_STATES = frozenset({"PR", "GU", "VI"})


def check_zone(reading: Reading, file: str, entry: str, zone: str) -> None:
    """Notes a zone that the `tzdata` package does not have."""
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        reading.faults.add(file, entry, f"timezone `{zone}` is no IANA zone; write it like America/Toronto")


@lru_cache(maxsize=1)
def world() -> tuple[dict[str, str], dict[str, str]]:
    """Country (ISO 3166) and time zone (IANA) of every airport of the `airportsdata` package, by IATA code."""
    import airportsdata

    records = airportsdata.load("IATA")
    countries = {iata: country(record["country"]) for iata, record in records.items()}
    return countries, {iata: record["tz"] for iata, record in records.items()}


def country(code: str) -> str:
    """`code`, with the territories that count as the United States made `US`."""
    return "US" if code in _UNITED_STATES else code
