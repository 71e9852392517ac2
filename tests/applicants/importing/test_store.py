"""Storing what was read: all of it once, changes replaced, real clashes refused."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.applicants import identity
from bot.applicants.identity import ProofResult
from bot.applicants.importing.read import read_file
from bot.applicants.importing.store import Stored, store
from bot.applicants.lookup import applicant_file
from bot.applicants.models import Applicant, Application, IdentityProof, Interview, Segment, Trip
from bot.db.engine import Database

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
KEY = "a key for tests"


def person(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"A-{number}",
        "name": f"Person {number}",
        "language": "en",
        "birth_date": "1984-03-09",
        "passid": str(980000000 + number),
        "application": {
            "status": "conditionally_approved",
            "interviews": [{"agency": "CBSA", "state": "completed", "centre": "YVR"}] * 2,
        },
        "trips": [
            {
                "segments": [
                    {"origin": "YXE", "destination": "YYC", "departs_at": "2026-11-28T06:00:00-06:00"},
                    {"origin": "YYC", "destination": "LAX", "departs_at": "2026-11-28T09:00:00-06:00"},
                ]
            }
        ],
    } | changes


@pytest.fixture
def keep(database: Database, tmp_path: Path) -> Any:
    async def run(people: Sequence[dict[str, Any]], *, partial: bool = False) -> Stored:
        file = tmp_path / "file.json"
        file.write_text(json.dumps(people), encoding="utf-8")
        contents = read_file(file, KEY, NOW.date())
        assert contents.faults == []
        async with database.write() as session:
            return await store(session, contents.packed, KEY, NOW, partial=partial)

    return run


async def counts(database: Database) -> list[int]:
    tables = (Applicant, Application, Interview, Trip, Segment, IdentityProof)
    async with database.read() as session:
        return [await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


async def proves(database: Database, passid: str) -> str | None:
    async with database.write() as session:
        token = (await identity.issue_link(session, "c-1", NOW)).token
        proof = await identity.prove(session, token, passid, "1984-03-09", NOW, KEY)
    assert (proof.result is ProofResult.PROVED) == (proof.applicant_id is not None)
    return proof.applicant_id


async def test_everything_of_an_applicant_is_stored(database: Database, keep: Any) -> None:
    assert await keep([person(1), person(2)]) == Stored(added=2)
    assert await counts(database) == [2, 2, 4, 2, 4, 2]
    async with database.read() as session:
        file = await applicant_file(session, "A-1")
        assert file is not None
        assert [leg.departs_at.isoformat() for leg in file.trips[0].segments] == [
            "2026-11-28T12:00:00+00:00",
            "2026-11-28T15:00:00+00:00",
        ]
        assert not file.invented
    assert await proves(database, "980-000-001") == "A-1"


async def test_the_same_file_twice_changes_nothing(database: Database, keep: Any) -> None:
    await keep([person(1), person(2)])
    assert await keep([person(1), person(2)]) == Stored(unchanged=2)
    assert await counts(database) == [2, 2, 4, 2, 4, 2]


async def test_a_change_replaces_what_was_below_and_keeps_who_was_proved(database: Database, keep: Any) -> None:
    await keep([person(1), person(2)])
    assert await proves(database, "980000001") == "A-1"
    changed = person(1, name="New Name", trips=[], passid="980000099")
    assert await keep([changed, person(2), person(3)]) == Stored(added=1, changed=1, unchanged=1)
    assert await counts(database) == [3, 3, 6, 2, 4, 3]
    async with database.read() as session:
        assert await identity.proved_applicant(session, "c-1") == "A-1"
        assert (await session.get_one(Applicant, "A-1")).name == "New Name"
    assert await proves(database, "980000001") is None
    assert await proves(database, "980000099") == "A-1"


async def test_those_the_file_does_not_name_stay(database: Database, keep: Any) -> None:
    await keep([person(1)])
    await keep([person(2)])
    assert (await counts(database))[0] == 2


async def test_two_may_exchange_their_numbers(database: Database, keep: Any) -> None:
    await keep([person(1), person(2)])
    exchanged = [person(1, passid="980000002"), person(2, passid="980000001")]
    assert await keep(exchanged) == Stored(changed=2)
    assert await proves(database, "980000001") == "A-2"


async def test_a_number_that_is_anothers_stops_everything(database: Database, keep: Any) -> None:
    await keep([person(1)])
    thief = person(2, passid="980000001")
    assert await keep([thief, person(3)]) == Stored(clashes=("A-2",))
    assert (await counts(database))[0] == 1
    assert await keep([thief, person(3)], partial=True) == Stored(added=1, clashes=("A-2",))
    assert await proves(database, "980000001") == "A-1"
