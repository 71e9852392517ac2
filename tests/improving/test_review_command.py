"""`nexus-guide review` as staff run it: at a terminal or through a pipe, on both kinds of database."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.db.engine import Database, open_database
from bot.improving.sentences import read_sentences
from bot.settings import ROOT
from tests.improving.recording import write

Run = Callable[..., Result]
Fill = Callable[[Database], Coroutine[object, object, None]]
SENTENCE = "does the goose at the gate bite travellers"
OTHER = "les oies de la barrière mordent-elles"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where reviewed sentences go."""
    return tmp_path / "reviewed"


@pytest.fixture
def run(tmp_path: Path, folder: Path, database_url: str) -> Run:
    """Runs the command with what is typed."""
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": database_url, "CLOCK_START": "2026-11-21T12:00:00-05:00"}

    def review(*arguments: str, typed: str | bytes = "") -> Result:
        return CliRunner().invoke(main, ["review", "--into", str(folder), *arguments], input=typed, env=environment)

    return review


@pytest.fixture
def fill(database_url: str) -> Callable[[Fill], None]:
    """Writes into the record."""

    def fill_with(work: Fill) -> None:
        async def do() -> None:
            database = await open_database(database_url)
            try:
                await work(database)
            finally:
                await database.close()

        asyncio.run(do())

    return fill_with


async def two(database: Database) -> None:
    await write(database, SENTENCE, guesses=[["out_of_scope", 0.28], ["ask_why", 0.2]])
    await write(database, OTHER, "ask_why", 0.4, language="fr", hours_ago=1)


def taught(folder: Path) -> list[tuple[str, str, str]]:
    return [(file.stem, s.intent, s.text) for file in sorted(folder.glob("*.yml")) for s in read_sentences(file)]


def test_nothing_to_review(run: Run) -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (0, "nothing to review\n")


def test_what_is_taught_or_skipped_is_not_asked_again(run: Run, fill: Callable[[Fill], None], folder: Path) -> None:
    fill(two)
    result = run(typed="1\n\n")
    assert result.exit_code == 0, result.output
    assert taught(folder) == [("en", "out_of_scope", SENTENCE)]
    assert result.stdout.index(SENTENCE) < result.stdout.index(OTHER)
    assert "1 added, 1 skipped" in result.stdout
    assert "nexus-guide train" in result.stdout
    assert run("--list").stdout == "nothing to review\n"


def test_the_file_of_the_language(run: Run, fill: Callable[[Fill], None], folder: Path) -> None:
    fill(two)
    run(typed="out_of_scope\nout_of_scope\n")
    assert taught(folder) == [("en", "out_of_scope", SENTENCE), ("fr", "out_of_scope", OTHER)]


def test_list_only_prints(run: Run, fill: Callable[[Fill], None], folder: Path) -> None:
    fill(two)
    for _ in range(2):
        result = run("--list", "--limit", "1", typed="1\n")
        assert result.exit_code == 0
        assert SENTENCE in result.stdout
        assert OTHER not in result.stdout
        assert "intent:" not in result.stdout
    assert "answered as ask_why (40%)" in run("--list").stdout
    assert OTHER not in run("--list", "--below", "0.4").stdout
    assert run("--list", "--since", "2026-11-22").stdout == "nothing to review\n"
    assert not folder.exists()


@pytest.mark.parametrize("typed", ["q\n", "", "w\n", b"\xff\xfe\n"])
def test_quitting_keeps_the_rest_for_the_next_time(
    run: Run, fill: Callable[[Fill], None], folder: Path, typed: str | bytes
) -> None:
    fill(two)
    result = run(typed=typed)
    assert result.exit_code == 0, result.output
    assert "0 added, 0 skipped" in result.stdout
    assert run("--list").stdout.count("•") == 0
    assert SENTENCE in run("--list").stdout
    assert taught(folder) == []


def test_a_sentence_of_another_intent_is_refused_and_asked_about_again(
    run: Run, fill: Callable[[Fill], None], folder: Path
) -> None:
    fill(two)
    run(typed="out_of_scope\nq\n")

    async def the_same_but_for_a_word(database: Database) -> None:
        await write(database, "a gander pecked my boarding pass to bits")

    fill(the_same_but_for_a_word)
    result = run(typed=f"w\n{SENTENCE}\ngreet\nw\nthe gander\nchitchat\nq\n")
    assert "as out_of_scope already; one sentence has one intent" in result.stdout
    assert taught(folder) == [("en", "chitchat", "the gander"), ("en", "out_of_scope", SENTENCE)]


def test_a_masked_sentence(run: Run, fill: Callable[[Fill], None], folder: Path) -> None:
    async def masked(database: Database) -> None:
        await write(database, "my goose has passport •••••••• and bites")

    fill(masked)
    result = run(typed="out_of_scope\nmy goose has a passport and bites\n")
    assert "It cannot be taught as it stands" in result.stdout
    assert taught(folder) == [("en", "out_of_scope", "my goose has a passport and bites")]


def test_nobody_is_told_who_wrote_it(run: Run, fill: Callable[[Fill], None], database_url: str) -> None:
    ids: list[str] = []

    async def one(database: Database) -> None:
        ids.append(await write(database, SENTENCE))

    fill(one)
    shown = run(typed="q\n").output
    assert SENTENCE in shown
    assert ids[0] not in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--limit", "0"), "--limit"),
        (("--below", "1.5"), "--below"),
        (("--below", "x"), "--below"),
        (("--since", "yesterday"), "--since"),
    ],
)
def test_an_option_that_cannot_be_used(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(main, ["review", *arguments], env={"DATA_DIR": str(tmp_path), "DATABASE_URL": ""})
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_database_without_tables(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["review"], env={"DATA_DIR": str(tmp_path), "DATABASE_URL": ""})
    assert result.exit_code == 1
    assert result.stderr.endswith("run nexus-guide migrate\n")
    assert result.stderr.count("\n") == 1


def test_a_damaged_file_is_named(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "en.yml").write_text("nlu: [", encoding="utf-8")
    result = run()
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{folder / 'en.yml'}: ")


def test_a_folder_that_cannot_be_written_to_loses_no_decision(
    run: Run, fill: Callable[[Fill], None], folder: Path
) -> None:
    fill(two)
    folder.write_text("a file where the folder should be")
    result = run(typed="1\n1\n")
    assert result.exit_code == 1
    assert "cannot be written to" in result.stderr
    assert SENTENCE in run("--list").stdout


def test_through_a_pipe(run: Run, fill: Callable[[Fill], None], folder: Path, database_url: str) -> None:
    fill(two)
    result = subprocess.run(
        [sys.executable, "-m", "bot.cli", "review", "--into", str(folder)],
        input="1\n",
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env={"DATABASE_URL": database_url, "DATA_DIR": str(folder.parent), "PATH": ""},
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert taught(folder) == [("en", "out_of_scope", SENTENCE)]
