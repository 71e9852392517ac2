"""Files in a register for tests, what staff do with them, and what they are as cases."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.applicants.case import case_for
from bot.applicants.corrected import CorrectedFile, corrected
from bot.applicants.corrections import Correcting
from bot.applicants.importing.read import read_file
from bot.applicants.importing.store import store
from bot.applicants.lookup import applicant_file
from bot.audit.actor import Actor
from bot.audit.models import AuditEntry
from bot.db.engine import Database
from bot.guidance import case
from bot.guidance.policy import Policy

Correct = Callable[..., Awaitable[Any]]
NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
PERSON: dict[str, Any] = {"id": "A-1", "name": "Amara", "language": "en"}
NADIA, LUC = Actor("staff:1", "Nadia Roy"), Actor("staff:2", "Luc Côté")
DONE = {"agency": "CBSA", "state": "completed", "centre": "YVR", "at": "2026-11-10T10:30:00-08:00"}
BOOKED = {**DONE, "state": "scheduled"}
AHEAD = {**BOOKED, "at": "2026-12-01T10:30:00-08:00"}
FLIGHT = {"origin": "YVR", "destination": "SEA", "departs_at": "2026-11-27T14:00:00-08:00", "flight": "AC 8095"}


def application(*interviews: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A conditionally approved application with these interviews."""
    return {
        "status": "conditionally_approved",
        "submitted_on": "2026-03-02",
        "interviews": list(interviews),
        **facts,
    }


async def import_person(database: Database, folder: Path, **person: Any) -> None:
    """Imports a file of one person as the register would get it."""
    file = folder / "file.json"
    file.write_text(json.dumps([PERSON | person]), encoding="utf-8")
    async with database.write() as session:
        await store(session, read_file(file, "key", NOW.date()).packed, "key", NOW)


async def case_now(database: Database) -> case.Case | None:
    """The person's case."""
    async with database.read() as session:
        return await case_for(session, "A-1", NOW)


async def file_now(database: Database) -> CorrectedFile:
    """The person's file with what staff corrected."""
    async with database.read() as session:
        applicant = await applicant_file(session, "A-1")
        assert applicant is not None
        return corrected(applicant)


def correcting(database: Database, known: Policy, applicant_id: str = "A-1") -> Correct:
    """Does one act of `Correcting` by its name, in a transaction of its own."""

    async def act(verb: str, *given: object, actor: Actor = NADIA) -> Any:
        async with database.write() as session:
            here = Correcting(session, applicant_id, actor, NOW, known, {"conversation": "c-1"})
            return await getattr(here, verb)(*given)

    return act


async def audited(database: Database) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Who did what to which object, and what more is said of it, in order."""
    async with database.read() as session:
        entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
        return [(entry.actor_name, entry.action, entry.object_id, entry.data) for entry in entries]
