"""`centres.yml`: NEXUS enrolment centres over time.

A centre can change its kind (Derby Line did joint interviews, then split ones), so each entry is a series of phases.
The engine gets one `Centre` for each kind. Under an entry's id stands the newest kind; an earlier kind stands under
`ID/KIND`. Other numbers of the same centre stand in the same mapping and are not `bookable`, so whoever looks an id up
finds the centre, and whoever goes through the bookable ones finds each once.
"""

from typing import Annotated, Literal

import msgspec

from bot.guidance.policy import Centre, CentreKind
from bot.policy.files import Filled, SourceIds, Words, read_sections
from bot.policy.names import Names
from bot.policy.reading import Reading
from bot.policy.spans import Dated, check_series
from bot.policy.zones import check_zone

FILE = "centres.yml"


class Phase(Dated, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The days in which the centre was open as this kind."""

    kind: CentreKind


class CentreEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A centre as the file gives it.

    `first_half` says, for a split pair, on which side of the border it begins. `bookable: false` marks the half that
    is booked through its partner and a second entry of the same building (`same_as`).
    """

    name: Words
    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    timezone: Filled
    address: Filled | None
    phone: Annotated[str, msgspec.Meta(pattern=r"^\d{3}-\d{3}-\d{4}$")] | None
    phases: Annotated[tuple[Phase, ...], msgspec.Meta(min_length=1)]
    aliases: Names
    iata: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$")] | None = None
    ttp_id: str | None = None
    partner: Words | None = None
    first_half: Literal["ca", "us"] | None = None
    same_as: str | None = None
    bookable: bool = True
    note: Words | None = None


class NotOfferedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A place that lists name but that the guide never offers, and why."""

    name: Words
    why: Words
    sources: SourceIds


def read_centre_entries(reading: Reading) -> dict[str, CentreEntry]:
    """The checked entries by centre id: an IATA code, a number of the U.S. scheduler, or a name of our own."""
    kinds: dict[str, type[CentreEntry] | type[NotOfferedEntry]] = {
        "centres": CentreEntry,
        "not_offered": NotOfferedEntry,
    }
    sections = read_sections(reading.folder / FILE, kinds, reading.faults)
    for name, closed in sections["not_offered"].items():
        assert isinstance(closed, NotOfferedEntry)
        reading.check_sources(FILE, name, closed.sources)
    entries = {name: entry for name, entry in sections["centres"].items() if isinstance(entry, CentreEntry)}
    for name, entry in entries.items():
        check_zone(reading, FILE, name, entry.timezone)
        check_series(reading, FILE, name, entry.phases)
        _check_one(reading, name, entry, entries)
    return entries


def _check_one(reading: Reading, name: str, entry: CentreEntry, entries: dict[str, CentreEntry]) -> None:
    kinds = {phase.kind for phase in entry.phases}
    if ("airport" in kinds) != (entry.iata is not None):
        reading.faults.add(FILE, name, "`iata` goes with the kind airport, and only with it")
    if entry.iata is not None and entry.iata != name:
        reading.faults.add(FILE, name, f"an airport centre's id is its IATA code; expected `{entry.iata}`")
    if "land_split" in kinds and (entry.partner is None or entry.first_half is None):
        reading.faults.add(FILE, name, "a split centre needs `partner` and `first_half`")
    if entry.same_as is not None and (entry.same_as not in entries or entry.bookable):
        reading.faults.add(FILE, name, f"`same_as: {entry.same_as}` must name another centre, with `bookable: false`")
    if entry.ttp_id is not None and entry.ttp_id in entries:
        reading.faults.add(FILE, name, f"`ttp_id: {entry.ttp_id}` is another centre's id")


def centres(entries: dict[str, CentreEntry]) -> dict[str, Centre]:
    """The engine's centres by every id a case may name; see the module's description."""
    found: dict[str, Centre] = {}
    for name, entry in entries.items():
        newest = max(entry.phases, key=lambda phase: (phase.start is not None, phase.start)).kind
        for kind in dict.fromkeys(phase.kind for phase in entry.phases):
            found[name if kind == newest else f"{name}/{kind}"] = _centre(name, kind, entry)
        if entry.ttp_id is not None:
            found[entry.ttp_id] = msgspec.structs.replace(found[name], bookable=False)
    return found


def _centre(name: str, kind: CentreKind, entry: CentreEntry) -> Centre:
    return Centre(
        centre_id=name,
        kind=kind,
        name=entry.name.text(),
        latitude=entry.latitude,
        longitude=entry.longitude,
        timezone=entry.timezone,
        open=tuple(phase.span() for phase in entry.phases if phase.kind == kind),
        iata=entry.iata,
        partner=entry.partner.text() if entry.partner is not None and kind == "land_split" else None,
        bookable=entry.bookable,
    )
