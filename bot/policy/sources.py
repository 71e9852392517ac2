"""`sources.yml`: the publications the guide cites."""

import datetime
from typing import Annotated

import msgspec

from bot.guidance.policy import Source
from bot.policy.files import Filled, Words, read_section
from bot.policy.reading import Reading

FILE = "sources.yml"


class SourceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Either `date`, or `undated: true` with the day the copy was read."""

    title: Words
    publisher: Filled
    url: Annotated[str, msgspec.Meta(pattern=r"^https://\S+$")] | None
    date: datetime.date | None = None
    undated: bool = False
    read_on: datetime.date | None = None


def read_sources(reading: Reading) -> dict[str, Source]:
    """All sources by id; makes them known to `reading`, so that the other files can cite them."""
    entries = read_section(reading.folder / FILE, "sources", SourceEntry, reading.faults)
    for name, entry in entries.items():
        if (entry.date is None) != entry.undated:
            reading.faults.add(FILE, name, "give either `date` or `undated: true`, and not both")
        if entry.undated != (entry.read_on is not None):
            reading.faults.add(FILE, name, "`read_on` goes with `undated: true`: the day the undated copy was read")
    reading.sources = frozenset(entries)
    return {name: Source(name, entry.title.text(), entry.date, entry.url) for name, entry in entries.items()}
