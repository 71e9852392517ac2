"""The sample register shows what it says it shows, on whatever day it is loaded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import policy
from bot.applicants.case import case_for
from bot.applicants.identity import ProofResult, issue_link, prove
from bot.applicants.importing.store import Stored
from bot.applicants.sample import SampleError, read_sample, store_sample
from bot.db.engine import Database
from bot.guidance.engine import rule
from bot.settings import ROOT
from bot.texts import Catalogue

KEY = "a key for tests"
NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
SHOWN = {
    "SAMPLE-01": ("yes", "shared_and_precleared", "YVR"),
    "SAMPLE-02": ("not_yet", "not_shared_yet", "YUL"),
    "SAMPLE-03": ("not_yet", "cbsa_booked_before_flight", "YYZ"),
    "SAMPLE-04": ("no", "flight_before_cbsa_interview", "YOW"),
    "SAMPLE-05": ("not_yet", "cbsa_not_completed", "YEG"),
    "SAMPLE-06": ("not_yet", "not_conditionally_approved", "YWG"),
    "SAMPLE-07": ("cannot_tell", "policy_silent_land_start", "YOW"),
    "SAMPLE-08": ("no", "already_decided", "YHZ"),
    "SAMPLE-09": ("no", "denied", "YUL"),
    "SAMPLE-10": ("cannot_tell", "no_trip_known", None),
    "SAMPLE-11": ("yes", "shared_and_precleared", "YYC"),
}


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=17), timedelta(days=106), timedelta(days=466)])
async def test_each_person_shows_what_is_said_of_them(sqlite_database: Database, later: timedelta) -> None:
    now = NOW + later
    sample = read_sample(KEY, now)
    async with sqlite_database.write() as session:
        assert await store_sample(session, sample.packed, KEY, now) == Stored(added=len(SHOWN))
    published, wording = policy.load(), Catalogue.load(ROOT / "data" / "responses")
    found = {}
    async with sqlite_database.read() as session:
        for person in sample.people:
            case = await case_for(session, person.id, now)
            assert case is not None
            answer = rule(case, published, wording, "en").cbp_on_next_flight
            found[person.id] = (answer.verdict, answer.code, answer.airport)
            assert answer.verdict in person.shows or answer.code in person.shows
    assert found == SHOWN


async def test_loading_again_on_another_day_dates_them_anew(database: Database) -> None:
    async with database.write() as session:
        await store_sample(session, read_sample(KEY, NOW).packed, KEY, NOW)
    later = NOW + timedelta(days=3)
    async with database.write() as session:
        stored = await store_sample(session, read_sample(KEY, later).packed, KEY, later)
        assert stored == Stored(changed=len(SHOWN))
        assert await store_sample(session, read_sample(KEY, later).packed, KEY, later) == Stored(unchanged=len(SHOWN))
    async with database.read() as session:
        case = await case_for(session, "SAMPLE-01", later)
        assert case is not None
        assert case.trips is not None
        assert case.trips[0].segments[0].departs_at.date() == later.date() + timedelta(days=6)


async def test_everybody_can_be_proved_by_either_number(database: Database) -> None:
    sample = read_sample(KEY, NOW)
    async with database.write() as session:
        await store_sample(session, sample.packed, KEY, NOW)
        for person in sample.people:
            for number in (person.passid, person.application_number.lower()):
                token = (await issue_link(session, "c-1", NOW)).token
                proof = await prove(session, token, number, person.birth_date, NOW, KEY)
                assert (proof.result, proof.applicant_id) == (ProofResult.PROVED, person.id)


def test_everybody_is_marked_as_invented() -> None:
    people = read_sample(KEY, NOW).people
    assert {person.id for person in people} == set(SHOWN)
    assert all(person.name.startswith(("Sample: ", "Exemple : ")) for person in people)


def test_a_faulty_sample_is_told(tmp_path: Path) -> None:
    file = tmp_path / "people.yml"
    file.write_text("applicants: [{id: A, name: B, language: de, shows: x}]", encoding="utf-8")
    with pytest.raises(SampleError, match=r"people\.yml, applicant 1, language: expected one of en, fr"):
        read_sample(KEY, NOW, file)
