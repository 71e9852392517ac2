"""What staff may correct in a file, what they may not, and what the audit says of it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.applicants.corrections import Correcting, NoSuchCorrectionError
from bot.applicants.markable import markable
from bot.applicants.refusal import CorrectionRefusedError
from bot.applicants.told_trip import CorrectionFaultsError
from bot.db.engine import Database
from bot.guidance.engine import rule
from bot.guidance.policy import Policy
from bot.settings import ROOT
from bot.texts import Catalogue
from tests.applicants.filing import (
    AHEAD,
    BOOKED,
    DONE,
    FLIGHT,
    LUC,
    NADIA,
    NOW,
    Correct,
    application,
    audited,
    case_now,
    file_now,
    import_person,
)

LAND = {**DONE, "centre": "5520"}


@pytest.fixture(scope="module")
def words() -> Catalogue:
    return Catalogue.load(ROOT / "data" / "responses")


async def test_marked_as_shared_the_flight_becomes_a_yes(
    database: Database, tmp_path: Path, correct: Correct, known: Policy, words: Catalogue
) -> None:
    await import_person(database, tmp_path, application=application(DONE), trips=[{"segments": [FLIGHT]}])
    verdicts = []
    for mark in (False, True):
        if mark:
            made = await correct("mark_cbsa_shared")
        case = await case_now(database)
        assert case is not None
        verdicts.append(rule(case, known, words, "en").cbp_on_next_flight.code)
    assert verdicts == ["not_shared_yet", "shared_and_precleared"]
    assert (made.made_by_id, made.made_by_name, made.made_at) == (NADIA.id, NADIA.name, NOW)
    assert await audited(database) == [
        (
            "Nadia Roy",
            "file.corrected",
            "A-1",
            {"conversation": "c-1", "correction": made.id, "kind": "cbsa_shared"},
        )
    ]


async def test_withdrawn_it_counts_no_more_and_stays(database: Database, tmp_path: Path, correct: Correct) -> None:
    await import_person(database, tmp_path, application=application(DONE))
    made = await correct("mark_cbsa_shared")
    await correct("withdraw", made.id, actor=LUC)
    case = await case_now(database)
    assert case is not None
    assert case.application is not None
    assert case.application.shared_with_cbp_at is None
    with pytest.raises(CorrectionRefusedError, match="Luc Côté has withdrawn") as refused:
        await correct("withdraw", made.id)
    assert refused.value.reason == "withdrawn-already"
    assert [(name, action) for name, action, *_ in await audited(database)] == [
        ("Nadia Roy", "file.corrected"),
        ("Luc Côté", "file.correction_withdrawn"),
    ]


async def test_nobody_withdraws_from_another_file(
    sqlite_database: Database, tmp_path: Path, correct_here: Correct, known: Policy
) -> None:
    await import_person(sqlite_database, tmp_path)
    await import_person(sqlite_database, tmp_path, id="B-1")
    made = await correct_here("add_trip", [FLIGHT])
    async with sqlite_database.write() as session:
        elsewhere = Correcting(session, "B-1", NADIA, NOW, known, {})
        with pytest.raises(NoSuchCorrectionError):
            await elsewhere.withdraw(made.id)


async def test_two_marks_at_once_are_one(database: Database, tmp_path: Path, correct: Correct) -> None:
    await import_person(database, tmp_path, application=application(DONE))
    ends = await asyncio.gather(
        correct("mark_cbsa_shared"), correct("mark_cbsa_shared", actor=LUC), return_exceptions=True
    )
    refused = [end for end in ends if isinstance(end, CorrectionRefusedError)]
    assert [error.reason for error in refused] == ["shared-already"]
    assert len(await audited(database)) == 1


@pytest.mark.parametrize(
    ("verb", "given", "reason"),
    [
        ("mark_cbsa_shared", None, "no-application"),
        ("mark_cbsa_shared", application(), "cbsa-not-completed"),
        ("mark_cbsa_shared", application(BOOKED), "cbsa-not-completed"),
        ("mark_cbsa_shared", application(LAND), "cbsa-at-land-centre"),
        ("mark_cbsa_shared", application(DONE, shared_with_cbp_at="2026-11-12T09:00:00Z"), "shared-already"),
        ("mark_cbsa_shared", application({**DONE, "centre": "ZZZ"}), "centre-unknown"),
        ("mark_cbsa_completed", application(), "cbsa-not-booked"),
        ("mark_cbsa_completed", application({**BOOKED, "state": "no_show"}), "cbsa-not-booked"),
        ("mark_cbsa_completed", application(AHEAD), "cbsa-still-ahead"),
        ("mark_cbsa_completed", application(DONE, AHEAD), "cbsa-completed-already"),
    ],
)
async def test_a_mark_never_invents_what_the_file_does_not_have(
    *,
    sqlite_database: Database,
    tmp_path: Path,
    correct_here: Correct,
    known: Policy,
    verb: str,
    given: dict[str, Any] | None,
    reason: str,
) -> None:
    await import_person(sqlite_database, tmp_path, **({"application": given} if given else {}))
    before = await case_now(sqlite_database)
    with pytest.raises(CorrectionRefusedError) as refused:
        await correct_here(verb)
    assert refused.value.reason == reason
    assert verb.removeprefix("mark_") not in markable(await file_now(sqlite_database), NOW, known)
    assert await case_now(sqlite_database) == before
    assert await audited(sqlite_database) == []


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ("2026-11-21T14:00:01Z", "shared_at: expected an instant not after now"),
        ("2026-11-10T10:29:00-08:00", "shared_at: expected an instant after the CBSA interview"),
        ("2026-11-12T09:00:00", "shared_at: not a date-time with offset"),
        ("0001-01-01T00:00:00+14:00", "shared_at: the year 0001 is out of range"),
        (17, "shared_at: not a date-time with offset"),
    ],
)
async def test_a_wrong_instant_is_named(
    sqlite_database: Database, tmp_path: Path, correct_here: Correct, given: object, fault: str
) -> None:
    await import_person(sqlite_database, tmp_path, application=application(DONE))
    with pytest.raises(CorrectionFaultsError) as faults:
        await correct_here("mark_cbsa_shared", given)
    assert [error[: len(fault)] for error in faults.value.errors] == [fault]
