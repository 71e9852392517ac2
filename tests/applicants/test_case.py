"""A file as a case for the ruling engine."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.applicants.case import case_for
from bot.db.engine import Database
from bot.guidance import case
from tests.applicants.filing import NOW, case_now, import_person


async def case_from(database: Database, folder: Path, **person: Any) -> case.Case | None:
    await import_person(database, folder, **person)
    return await case_now(database)


async def test_every_fact_of_the_file_is_in_the_case(database: Database, tmp_path: Path) -> None:
    found = await case_from(
        database,
        tmp_path,
        residence={"latitude": 49.28, "longitude": -123.12},
        application={
            "kind": "renewal",
            "status": "conditionally_approved",
            "submitted_on": "2026-03-02",
            "membership_expires_on": "2026-12-31",
            "auto_renewed": False,
            "interviews": [
                {"agency": "CBSA", "centre": "YVR", "state": "completed", "at": "2026-11-10T10:30:00-07:00"},
                {"agency": "CBP", "state": "no_show"},
            ],
            "shared_with_cbp_at": "2026-11-11T08:00:00-05:00",
        },
        trips=[
            {"segments": [{"origin": "yxe", "destination": "YYC", "departs_at": "2026-11-28T06:00:00-06:00"}]},
            {
                "segments": [
                    {
                        "origin": "Vancouver",
                        "destination": "Seattle",
                        "departs_at": "2026-12-01T06:30:00-07:00",
                        "mode": "rail",
                        "flight": "Cascades 517",
                    }
                ]
            },
        ],
    )
    assert found == case.Case(
        now=NOW,
        residence=case.Residence(49.28, -123.12),
        application=case.Application(
            kind="renewal",
            status="conditionally_approved",
            submitted_on=date(2026, 3, 2),
            membership_expires_on=date(2026, 12, 31),
            auto_renewed=False,
            interviews=(
                case.Interview("CBSA", "completed", "YVR", datetime(2026, 11, 10, 17, 30, tzinfo=UTC)),
                case.Interview("CBP", "no_show"),
            ),
            shared_with_cbp_at=datetime(2026, 11, 11, 13, 0, tzinfo=UTC),
        ),
        trips=(
            case.Trip((case.Segment("YXE", "YYC", datetime(2026, 11, 28, 12, 0, tzinfo=UTC)),)),
            case.Trip(
                (
                    case.Segment(
                        "Vancouver", "Seattle", datetime(2026, 12, 1, 13, 30, tzinfo=UTC), "Cascades 517", "rail"
                    ),
                )
            ),
        ),
    )


async def test_a_bare_file_is_a_bare_case(database: Database, tmp_path: Path) -> None:
    assert await case_from(database, tmp_path) == case.Case(now=NOW, trips=())


async def test_nobody_has_no_case(database: Database) -> None:
    async with database.read() as session:
        assert await case_for(session, "A-1", NOW) is None


@pytest.mark.parametrize(
    ("applications", "counts"),
    [
        ([("approved", "2021-05-01"), ("pending_review", "2026-05-01")], "pending_review"),
        ([("pending_review", "2026-05-01"), ("approved", "2021-05-01")], "pending_review"),
        ([("approved", "2021-05-01"), ("not_submitted", None)], "not_submitted"),
        ([("cancelled", "2026-05-01"), ("pending_review", "2026-05-01")], "pending_review"),
        ([("approved", None), ("denied", "2020-01-01")], "denied"),
    ],
)
async def test_the_newest_application_counts(
    sqlite_database: Database, tmp_path: Path, applications: list[tuple[str, str | None]], counts: str
) -> None:
    given = [{"status": status, "submitted_on": submitted} for status, submitted in applications]
    found = await case_from(sqlite_database, tmp_path, applications=given)
    assert found is not None
    assert found.application is not None
    assert found.application.status == counts
