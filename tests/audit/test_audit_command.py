"""`nexus-guide audit` as it is typed."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from bot.audit.actor import Actor
from bot.audit.log import note
from bot.cli import main
from bot.db.engine import open_database
from tests.databases import finish
from tests.record.scripted import NOON

ALEX = Actor("staff:alex", "Alex\nTremblay\x1b[31m")


async def _fill(url: str) -> None:
    database = await open_database(url)
    async with database.write() as session:
        await note(
            session, Actor("nobody", "somebody not signed in"), "staff.sign_in_failed", "staff", "staff:alex", NOON
        )
        await note(session, ALEX, "conversation.taken", "conversation", "c1", NOON + timedelta(days=1), {"from": "bot"})
    await database.close()


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SECRET_KEY", "a key for tests")
    finish(_fill(sqlite_url))


def _typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["audit", *words])


FIRST = "2026-11-21T17:00:00Z\tsomebody not signed in (nobody)\tstaff.sign_in_failed\tstaff staff:alex"
SECOND = (
    "2026-11-22T17:00:00Z\tAlex\\u000aTremblay\\u001b[31m (staff:alex)\tconversation.taken\tconversation c1"
    '\t{"from":"bot"}'
)


def test_it_prints_one_line_an_entry_oldest_first_and_no_control_signs() -> None:
    assert _typed().output.splitlines() == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["--since", "2026-11-22"], [SECOND]),
        (["--since", "2026-11-21T12:00:00-05:00"], [FIRST, SECOND]),
        (["--since", "2026-11-23"], []),
        (["--actor", "nobody"], [FIRST]),
        (["--actor", "Alex\nTremblay\x1b[31m"], [SECOND]),
        (["--object", "c1"], [SECOND]),
        (["--object", "c2"], []),
    ],
)
def test_it_can_be_narrowed(words: list[str], lines: list[str]) -> None:
    assert _typed(*words).output.splitlines() == lines


def test_it_can_be_read_by_programs() -> None:
    entries = [json.loads(line) for line in _typed("--json").output.splitlines()]
    assert [entry["action"] for entry in entries] == ["staff.sign_in_failed", "conversation.taken"]
    assert entries[1]["data"] == {"from": "bot"}


@pytest.mark.parametrize("since", ["yesterday", "2026-11-21T12:00:00"])
def test_a_day_or_an_instant_is_expected(since: str) -> None:
    refused = _typed("--since", since)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("--since: expected a day or an instant with its offset")
