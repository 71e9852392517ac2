"""Writing checked applicants into the register, in one transaction.

An applicant whose record is the same as at the last import is left alone; one that changed is replaced with everything
below it, except who has proved to be that person. Applicants the file does not name stay as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.digests import content_digest
from bot.applicants.importing.entry import ApplicantEntry
from bot.applicants.importing.read import unpack
from bot.applicants.models import Applicant, Application, IdentityProof, Interview, Segment, Trip
from bot.db.base import Base
from bot.db.upsert import insert_into

Advance = Callable[[int], object]
# Four values an applicant at most go into one statement; PostgreSQL and SQLite take some 32,000.
CHUNK = 2_000
T = TypeVar("T")


@dataclass
class Stored:
    """How many applicants were added, changed, left as they were, and not stored since another has their number."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    clashes: tuple[str, ...] = ()


async def store(
    session: AsyncSession,
    packed: Sequence[bytes],
    secret_key: str,
    now: datetime,
    advance: Advance = lambda count: None,
    *,
    partial: bool = False,
) -> Stored:
    """Stores the applicants. `advance` hears of applicants done, twice each: compared, then written.

    Where a number and birth date are already another applicant's whom the file does not name, that applicant is left
    out with `partial`; without it nothing at all is written. `clashes` names the ids either way.
    """
    stored = Stored()
    fresh: list[tuple[bytes, str]] = []
    changed: list[str] = []
    clashing: set[str] = set()
    named = {unpack(item).id for item in packed}
    for chunk in _chunks(packed, CHUNK):
        entries = [(item, unpack(item), content_digest(secret_key, item)) for item in chunk]
        known = await _fingerprints(session, [entry.id for _, entry, _ in entries])
        taken = await _taken(session, [digest for _, entry, _ in entries for digest in entry.proofs], named)
        for item, entry, fingerprint in entries:
            if not taken.isdisjoint(entry.proofs):
                clashing.add(entry.id)
            elif known.get(entry.id) == fingerprint:
                stored.unchanged += 1
            else:
                fresh.append((item, fingerprint))
                if entry.id in known:
                    changed.append(entry.id)
        advance(len(chunk))
    stored.clashes = tuple(sorted(clashing))
    if clashing and not partial:
        return Stored(clashes=stored.clashes)
    # All of them before anything is written, since two applicants may have exchanged their numbers.
    for ids in _chunks(changed, CHUNK):
        for model in (IdentityProof, Application, Trip):
            await session.execute(delete(model).where(model.applicant_id.in_(ids)))
    for written in _chunks(fresh, CHUNK):
        await _write(session, [(unpack(item), fingerprint) for item, fingerprint in written], now)
        advance(len(written))
    advance(stored.unchanged + len(clashing))
    stored.changed = len(changed)
    stored.added = len(fresh) - len(changed)
    return stored


async def _fingerprints(session: AsyncSession, ids: list[str]) -> dict[str, str]:
    rows = await session.execute(select(Applicant.id, Applicant.fingerprint).where(Applicant.id.in_(ids)))
    return dict(rows.all())


async def _taken(session: AsyncSession, digests: list[str], named: set[str]) -> set[str]:
    query = select(IdentityProof.digest, IdentityProof.applicant_id).where(IdentityProof.digest.in_(digests))
    return {digest for digest, applicant_id in await session.execute(query) if applicant_id not in named}


async def _write(session: AsyncSession, entries: list[tuple[ApplicantEntry, str]], now: datetime) -> None:
    rows: dict[type[Base], list[dict[str, Any]]] = {
        model: [] for model in (Applicant, Application, Interview, Trip, Segment, IdentityProof)
    }
    for entry, fingerprint in entries:
        _add_rows(rows, entry, fingerprint, now)
    people = insert_into(session, Applicant)
    replaced = {name: people.excluded[name] for name in rows[Applicant][0] if name != "id"}
    connection = await session.connection()
    await connection.execute(people.on_conflict_do_update(index_elements=["id"], set_=replaced), rows.pop(Applicant))
    for model, values in rows.items():
        if values:
            await connection.execute(insert(model), values)


def _add_rows(
    rows: dict[type[Base], list[dict[str, Any]]], entry: ApplicantEntry, fingerprint: str, now: datetime
) -> None:
    rows[Applicant].append(
        {
            "id": entry.id,
            "name": entry.name,
            "language": entry.language,
            "residence": entry.residence,
            "latitude": entry.latitude,
            "longitude": entry.longitude,
            "invented": entry.invented,
            "fingerprint": fingerprint,
            "imported_at": now,
        }
    )
    rows[IdentityProof].extend({"digest": digest, "applicant_id": entry.id} for digest in entry.proofs)
    for number, application in enumerate(entry.applications, 1):
        key = {"applicant_id": entry.id, "number": number}
        rows[Application].append(key | _without(application, "interviews"))
        for place, interview in enumerate(application.interviews, 1):
            key = {"applicant_id": entry.id, "application": number, "number": place}
            rows[Interview].append(key | _without(interview))
    for number, trip in enumerate(entry.trips, 1):
        rows[Trip].append({"applicant_id": entry.id, "number": number})
        for place, segment in enumerate(trip, 1):
            rows[Segment].append({"applicant_id": entry.id, "trip": number, "number": place} | _without(segment))


def _without(entry: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__struct_fields__ if name not in names}


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
