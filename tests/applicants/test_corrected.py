"""The register and the corrections above it, together, and what becomes of them when the register changes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from bot.applicants.corrected import MOST_TRIPS
from bot.applicants.models import Applicant, Correction
from bot.applicants.refusal import CorrectionRefusedError
from bot.db.engine import Database
from tests.applicants.filing import (
    AHEAD,
    BOOKED,
    DONE,
    FLIGHT,
    NOW,
    Correct,
    application,
    case_now,
    file_now,
    import_person,
)


async def test_corrections_outlast_an_import_of_a_changed_register(
    database: Database, tmp_path: Path, correct: Correct
) -> None:
    await import_person(database, tmp_path, application=application(DONE))
    await correct("mark_cbsa_shared", "2026-11-12T09:00:00-05:00")
    await correct("add_trip", [FLIGHT])
    await import_person(
        database, tmp_path, name="Amara Okafor", application=application(DONE, membership_expires_on="2027-01-31")
    )
    case = await case_now(database)
    assert case is not None
    assert case.application is not None
    assert case.application.membership_expires_on is not None
    assert case.application.shared_with_cbp_at == datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
    assert [leg.flight for trip in case.trips or () for leg in trip.segments] == ["AC 8095"]


async def test_they_go_with_the_applicant(database: Database, tmp_path: Path, correct: Correct) -> None:
    await import_person(database, tmp_path)
    await correct("add_trip", [FLIGHT])
    async with database.write() as session:
        await session.execute(delete(Applicant))
        assert await session.scalar(select(func.count()).select_from(Correction)) == 0


async def test_a_booked_interview_that_took_place_can_be_marked_and_then_shared(
    sqlite_database: Database, tmp_path: Path, correct_here: Correct
) -> None:
    await import_person(sqlite_database, tmp_path, application=application(BOOKED, AHEAD))
    completed = await correct_here("mark_cbsa_completed")
    shared = await correct_here("mark_cbsa_shared")
    file = await file_now(sqlite_database)
    assert file.application is not None
    assert [one.state for one in file.application.interviews or ()] == ["completed", "scheduled"]
    assert file.application.shared_with_cbp_at == NOW

    await correct_here("withdraw", completed.id)
    file = await file_now(sqlite_database)
    assert file.application is not None
    assert file.application.shared_with_cbp_at is None, "a mark that rests on what was withdrawn has no effect"
    assert shared.id not in file.in_effect


@pytest.mark.parametrize(
    "now_says",
    [
        application({**BOOKED, "state": "no_show"}),
        application({**BOOKED, "at": "2026-12-08T10:30:00-08:00"}),
        application(BOOKED, submitted_on="2026-10-01"),
    ],
    ids=["no show", "another day", "another application"],
)
async def test_a_mark_is_not_carried_over_to_something_else(
    sqlite_database: Database, tmp_path: Path, correct_here: Correct, now_says: dict[str, Any]
) -> None:
    await import_person(sqlite_database, tmp_path, application=application(BOOKED))
    await correct_here("mark_cbsa_completed")
    await correct_here("mark_cbsa_shared")
    await import_person(sqlite_database, tmp_path, application=now_says)
    file = await file_now(sqlite_database)
    assert file.application is not None
    assert "completed" not in [one.state for one in file.application.interviews or ()]
    assert file.application.shared_with_cbp_at is None
    assert file.in_effect == frozenset()


async def test_of_register_and_staff_the_earlier_sharing_counts(
    sqlite_database: Database, tmp_path: Path, correct_here: Correct
) -> None:
    await import_person(sqlite_database, tmp_path, application=application(DONE))
    await correct_here("mark_cbsa_shared", "2026-11-20T12:00:00Z")
    for says, counts in (("2026-11-25T12:00:00Z", 20), ("2026-11-15T12:00:00Z", 15)):
        await import_person(sqlite_database, tmp_path, application=application(DONE, shared_with_cbp_at=says))
        file = await file_now(sqlite_database)
        assert file.application is not None
        assert file.application.shared_with_cbp_at == datetime(2026, 11, counts, 12, 0, tzinfo=UTC)


async def test_a_trip_is_in_the_file_once(sqlite_database: Database, tmp_path: Path, correct_here: Correct) -> None:
    await import_person(sqlite_database, tmp_path)
    made = await correct_here("add_trip", [FLIGHT | {"origin": "yvr"}])
    assert [key for _, key in (await file_now(sqlite_database)).trips] == [made.id]
    with pytest.raises(CorrectionRefusedError) as refused:
        await correct_here("add_trip", [FLIGHT | {"departs_at": "2026-11-27T22:00:00+00:00"}])
    assert refused.value.reason == "trip-known"

    await import_person(sqlite_database, tmp_path, trips=[{"segments": [FLIGHT]}])
    file = await file_now(sqlite_database)
    assert [key for _, key in file.trips] == [None], "the register has it now"
    assert made.id not in file.in_effect


async def test_a_file_never_has_more_trips_than_a_case(
    sqlite_database: Database, tmp_path: Path, correct_here: Correct
) -> None:
    def trip(day: int) -> dict[str, Any]:
        at = datetime(2026, 12, 1, 14, tzinfo=UTC) + timedelta(days=day)
        return {"segments": [FLIGHT | {"departs_at": at.isoformat()}]}

    await import_person(sqlite_database, tmp_path, trips=[trip(day) for day in range(MOST_TRIPS - 1)])
    made = await correct_here("add_trip", [FLIGHT])
    with pytest.raises(CorrectionRefusedError) as refused:
        await correct_here("add_trip", trip(99)["segments"])
    assert refused.value.reason == "too-many-trips"
    await import_person(sqlite_database, tmp_path, trips=[trip(day) for day in range(MOST_TRIPS)])
    trips = (await file_now(sqlite_database)).trips
    assert (len(trips), trips[-1][1]) == (MOST_TRIPS, made.id)
