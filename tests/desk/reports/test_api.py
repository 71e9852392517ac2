"""The figures over HTTP, and tables for spreadsheets."""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import select

from bot.audit.models import AuditEntry
from bot.desk.reports.tables import NAMES
from tests.desk.clerks import Clerk, Desk
from tests.desk.reports.made import at, conversation, handoff, not_understood, ruled, traveller

NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}


@pytest.fixture
async def supervisor(desk: Desk) -> Clerk:
    """A supervisor at a desk where three travellers wrote, one of them hostile in every way there is."""
    asked = [handoff("asked", at(3), 61)]
    await conversation(desk.database, at(3), traveller(), handoffs=asked, rating="yes")
    await conversation(desk.database, at(3), traveller(), rating="yes", language="fr")
    hostile = not_understood('=HYPERLINK("http://evil.example")')
    await conversation(
        desk.database,
        at(4),
        hostile,
        not_understood("ask_fees"),
        ruled("cannot_tell", "policy_silent_mode"),
        rating="no",
    )
    return await desk.sign_in("supervisor")


async def test_the_report(supervisor: Clerk) -> None:
    found = await supervisor.read("reports", params=NOVEMBER)
    assert found["about"] == {**NOVEMBER, "time_zone": "America/Toronto", "channel": None, "language": None}
    assert found["channels"] == ["web"]
    assert found["conversations"]["total"] == 3 and len(found["days"]) == 30
    assert found["waiting"]["median_seconds"] == 61
    assert found["unanswered"][0]["code"] == "policy_silent_mode"
    assert found["meanings"]["ask_fees"]["fr"] and len(found["meanings"]) == 1


async def test_thirty_days_unless_asked_otherwise(supervisor: Clerk) -> None:
    assert len((await supervisor.read("reports"))["days"]) == 30
    only = await supervisor.read("reports", params={**NOVEMBER, "language": "fr", "channel": "web"})
    assert only["conversations"]["total"] == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("from", "yesterday"),
        ("to", "2026-02-30"),
        ("to", "2026-10-31"),
        ("from", "2020-01-01"),
        ("channel", "../web"),
        ("language", "de"),
    ],
)
async def test_what_cannot_be_reported_on_is_refused(supervisor: Clerk, field: str, value: str) -> None:
    response = await supervisor.get("reports", params={**NOVEMBER, field: value})
    assert response.status == 422
    assert (await response.json())["errors"][0]["field"] in {field, "to"}


async def _table(clerk: Clerk, name: str, language: str) -> tuple[str, list[list[str]]]:
    response = await clerk.get("reports.csv", params={**NOVEMBER, "table": name, "lang": language})
    assert response.status == 200, await response.text()
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = (await response.read()).decode("utf-8")
    return text, list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter="," if language == "en" else ";"))


@pytest.mark.parametrize("name", NAMES)
async def test_every_table_in_both_languages(supervisor: Clerk, name: str) -> None:
    tables = [(await _table(supervisor, name, language))[1] for language in ("en", "fr")]
    assert tables[0][0] != tables[1][0]
    for rows in tables:
        assert len(rows) > 1 and len({len(row) for row in rows}) == 1


async def test_spreadsheets_open_it_in_columns_with_its_accents(supervisor: Clerk) -> None:
    text, rows = await _table(supervisor, "satisfaction", "fr")
    assert text.startswith("\ufeff") and "\r\n" in text
    assert rows[1:] == [["yes", "Oui", "2", "66,7"], ["partly", "En partie", "0", "0"], ["no", "Non", "1", "33,3"]]
    _, rows = await _table(supervisor, "satisfaction", "en")
    assert rows[1] == ["yes", "Yes", "2", "66.7"]


async def test_a_cell_never_becomes_a_formula(supervisor: Clerk) -> None:
    _, rows = await _table(supervisor, "unsure", "en")
    assert ['\'=HYPERLINK("http://evil.example")', "1", "1"] in rows


async def test_what_is_taken_out_is_audited(supervisor: Clerk, desk: Desk) -> None:
    asked = {**NOVEMBER, "table": "days", "channel": "web"}
    response = await supervisor.get("reports.csv", params=asked)
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="nexus-guide-days-2026-11-01-2026-11-30-web.csv"'
    )
    refused = await supervisor.get("reports.csv", params={**asked, "table": "everything"})
    assert refused.status == 422
    async with desk.database.read() as session:
        entries = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "report.exported"))).all()
    expected: dict[str, Any] = {**NOVEMBER, "channel": "web", "language": None}
    assert [(entry.actor_id, entry.object_id, entry.data) for entry in entries] == [
        (supervisor.actor.id, "days", expected)
    ]


async def test_reports_are_for_supervisors(desk: Desk) -> None:
    for path in ("reports", "reports.csv?table=days"):
        assert (await (await desk.sign_in("agent")).get(path)).status == 403
        assert (await (await desk.visitor()).get(path)).status == 401
        assert (await (await desk.sign_in("administrator")).get(path)).status == 200
