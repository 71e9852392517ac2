"""The commands as staff run them: what they print, what they keep, how they end."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import policy
from bot.cli import main
from bot.db.engine import open_database
from bot.db.migrate import upgrade
from tests.applicants.filing import FLIGHT, audited, correcting
from tests.databases import finish

Run = Callable[..., Result]
HEADER = "record,id,name,language,birth_date,passid,status\n"
GOOD = "applicant,A-1,Amara,en,1984-03-09,980000001,\napplication,A-1,,,,,approved\n"
BAD = "applicant,B-1,Benoît,fr,12/31/1980,980000002,\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a new register."""
    environment = {"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "", "CLOCK_START": "2026-11-21T09:00:00-05:00"}
    finish(upgrade(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'nexus-guide.sqlite3'}"))
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a file to import."""

    def write_file(content: str) -> Path:
        file = tmp_path / "may.csv"
        file.write_text(HEADER + content, encoding="utf-8")
        return file

    return write_file


def test_migrate_says_what_it_did(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    outputs = [CliRunner().invoke(main, ["migrate"], env=environment).stdout for _ in range(2)]
    assert outputs == ["database: brought up to date\n", "database: up to date already\n"]


@pytest.mark.parametrize("arguments", [("applicants", "show", "A-1"), ("applicants", "sample")])
def test_a_database_without_tables_is_said(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, arguments, env={"DATA_DIR": str(tmp_path), "DATABASE_URL": ""})
    assert result.exit_code == 1
    assert re.fullmatch(r"database \S+ has not the tables of this version; run nexus-guide migrate\n", result.stderr)


def test_import_and_show(run: Run, write: Callable[[str], Path]) -> None:
    result = run("applicants", "import", write(GOOD))
    assert (result.exit_code, result.stdout) == (0, "imported: 1 added, 0 changed, 0 as they were\n")

    shown = run("applicants", "show", "A-1")
    assert shown.stdout.startswith("A-1  Amara\n  language   en\n")
    assert "status                 approved" in shown.stdout
    assert "980000001" not in shown.stdout


def test_importing_again_says_that_there_is_nothing_to_do(run: Run, write: Callable[[str], Path]) -> None:
    run("applicants", "import", write(GOOD))
    result = run("applicants", "import", write(GOOD))
    assert (result.exit_code, result.stdout) == (
        0,
        "nothing to do: 1 of 1 applicants are in the register just like that\n",
    )


def test_one_fault_stops_everything(run: Run, write: Callable[[str], Path]) -> None:
    file = write(GOOD + BAD)
    result = run("applicants", "import", file)
    assert result.exit_code == 1
    assert result.stderr.strip().splitlines()[-2:] == [
        f'{file}: line 4, birth_date: expected YYYY-MM-DD, got "12/31/1980"',
        "nothing was imported: 1 of 2 applicants have faults, named above; --partial would import the other 1",
    ]
    assert run("applicants", "show", "A-1").exit_code == 1


def test_partial_keeps_the_good_ones(run: Run, write: Callable[[str], Path]) -> None:
    result = run("applicants", "import", "--partial", write(GOOD + BAD))
    assert result.exit_code == 3
    assert "line 4, birth_date" in result.stderr
    assert result.stderr.endswith("left out: 1 of 2 applicants, whose faults are named above\n")
    assert run("applicants", "show", "A-1").exit_code == 0
    assert run("applicants", "show", "B-1").exit_code == 1


def test_partial_with_nothing_good(run: Run, write: Callable[[str], Path]) -> None:
    result = run("applicants", "import", "--partial", write(BAD))
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_number_that_is_anothers_is_told(run: Run, write: Callable[[str], Path]) -> None:
    run("applicants", "import", write(GOOD))
    result = run("applicants", "import", write(GOOD.replace("A-1", "A-2")))
    assert result.exit_code == 1
    assert "A-2: this number and birth date are another applicant's in the register" in result.stderr


@pytest.mark.parametrize("name", ["nowhere.csv", ""])
def test_a_file_that_cannot_be_read(run: Run, tmp_path: Path, name: str) -> None:
    result = run("applicants", "import", tmp_path / name)
    assert result.exit_code == 1
    assert "the file cannot be read" in result.stderr
    assert "Traceback" not in result.output


def test_show_of_nobody(run: Run) -> None:
    result = run("applicants", "show", "X-9")
    assert result.exit_code == 1
    assert result.stderr.startswith("no applicant has the id X-9; ids are")


def test_show_says_what_staff_corrected_and_the_audit_who_looked(run: Run, tmp_path: Path) -> None:
    async def correct() -> None:
        database = await open_database(url)
        act = correcting(database, policy.load(), "SAMPLE-02")
        await act("mark_cbsa_shared")
        await act("add_trip", [FLIGHT])
        await act("withdraw", (await act("add_trip", [FLIGHT | {"destination": "LAX"}])).id)
        await database.close()

    async def read_audit() -> None:
        database = await open_database(url)
        entries.extend(await audited(database))
        await database.close()

    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'nexus-guide.sqlite3'}"
    entries: list[object] = []
    run("applicants", "sample")
    finish(correct())
    shown = run("applicants", "show", "SAMPLE-02").stdout
    finish(read_audit())
    assert "shared with CBP        2026-11-21 14:00 UTC" in shown
    assert "trip 2 (added by staff)\n    AC 8095    YVR to SEA, 2026-11-27 15:00 America/Vancouver" in shown
    assert "corrected by staff: cbsa_shared, 2026-11-21 14:00 UTC, Nadia Roy\n" in shown
    assert "Nadia Roy (withdrawn 2026-11-21 14:00 UTC, Nadia Roy)\n" in shown
    assert entries[-1] == ("command line", "file.viewed", "SAMPLE-02", {})


def test_the_sample_prints_what_opens_its_files(run: Run) -> None:
    result = run("applicants", "sample")
    assert result.exit_code == 0
    assert "SAMPLE-01  Sample: Amara Okafor" in result.stdout
    assert "PASSID 980000001 or application APP980001, born 1984-03-09" in result.stdout
    shown = run("applicants", "show", "SAMPLE-11").stdout
    assert "SAMPLE-11  Sample: Kiran Wheatland  (invented)" in shown
    assert "YYC to LAX, 2026-11-29 09:15 America/Edmonton" in shown


def test_if_empty_leaves_real_applicants_alone(run: Run, write: Callable[[str], Path]) -> None:
    assert "SAMPLE-01" in run("applicants", "sample", "--if-empty").stdout
    assert "SAMPLE-01" in run("applicants", "sample", "--if-empty").stdout  # only invented people yet
    run("applicants", "import", write(GOOD.replace("980000001", "970000001")))
    before = run("applicants", "show", "SAMPLE-01").stdout
    result = run("applicants", "sample", "--if-empty")
    assert (result.exit_code, result.stdout) == (
        0,
        "sample register: not loaded, the register holds real applicants\n",
    )
    assert run("applicants", "show", "SAMPLE-01").stdout == before
