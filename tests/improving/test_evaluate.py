"""`nexus-guide evaluate` with a model that reads as it is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.dialogue.model import ModelError
from bot.improving import evaluate
from bot.improving.evaluate import summary
from bot.improving.reading import Reading
from tests.improving.made_up import READS

Run = Callable[..., Result]
ENGLISH = "nlu:\n- intent: greet\n  examples: |\n    - hello\n    - good day\n- intent: deny\n  examples: |\n    - no\n"
FRENCH = "nlu:\n- intent: greet\n  examples: |\n    - bonjour\n"


def read(text: str) -> Reading:
    return Reading("deny", 0.7, asked_again=False) if text == "good day" else Reading("greet", 0.9, text == "no")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command with the model above."""
    model = tmp_path / "model.tar.gz"
    model.write_bytes(b"a model")
    monkeypatch.setattr(evaluate, "usable_model", lambda _folder: model)
    monkeypatch.setattr(evaluate, "open_reader", lambda _file, _now: read)
    environment = {"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "", "CLOCK_START": "2026-11-21T12:00:00-05:00"}
    return lambda *arguments: CliRunner().invoke(main, ["evaluate", *map(str, arguments)], env=environment)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Sentences of both languages."""
    english, french = tmp_path / "mine_en.yml", tmp_path / "mine_fr.yml"
    english.write_text(ENGLISH, encoding="utf-8")
    french.write_text(FRENCH, encoding="utf-8")
    return english, french


def test_the_figures_and_where_the_report_is(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(*files)
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["en", "3", "33.3%", "33.3%", "33.3%", "0.500"] in lines
    assert ["fr", "1", "100.0%", "0.0%", "0.0%", "0.100"] in lines
    assert ["all", "4", "50.0%", "25.0%", "25.0%", "0.350"] in lines
    assert "  1  greet read as deny\n       en: good day (70%)" in result.stdout
    report = tmp_path / "data" / "evaluation" / "index.html"
    assert result.stdout.endswith(f"report: {report}\n")
    assert "mine_en.yml, mine_fr.yml" in report.read_text(encoding="utf-8")
    assert [file.name for file in report.parent.iterdir()] == ["index.html"]


def test_the_report_elsewhere(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "new" / "page.html"
    assert run("--out", out, files[0]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_without_files_it_is_the_held_out_ones(run: Run) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    report = Path(result.stdout.rpartition("report: ")[2].strip())
    assert "heldout_en.yml, heldout_fr.yml" in report.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.yml"
    empty.write_text("nlu: []", encoding="utf-8")
    for arguments, said in (
        ([tmp_path / "nowhere.yml"], "the file cannot be read"),
        ([empty], "there is no sentence to measure on"),
        ([tmp_path], "the file cannot be read"),
    ):
        result = run(*arguments)
        assert result.exit_code == 1
        assert said in result.stderr
        assert result.stderr.count("\n") == 1
        assert result.stdout == ""


def test_a_report_that_cannot_be_written(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    for out in (files[0] / "page.html", tmp_path):
        result = run("--out", out, files[0])
        assert result.exit_code == 1
        assert "name another with --out" in result.stderr
        assert "Traceback" not in result.output


def test_no_model(run: Run, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> Path:
        raise ModelError("there is no trained model; train one with: nexus-guide train")

    monkeypatch.setattr(evaluate, "usable_model", refuse)
    result = run(*files)
    assert (result.exit_code, result.stderr) == (1, "there is no trained model; train one with: nexus-guide train\n")


def test_the_summary_of_one_language_names_it_once() -> None:
    assert "\nall" not in summary(READS[:4])
    assert "ask_fees" in summary(READS[:4])


def test_the_summary_leaves_out_what_is_perfect() -> None:
    assert "greet" not in summary(READS)
