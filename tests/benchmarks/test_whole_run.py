"""A run writes what it has, says what is missing, and goes on where it stopped."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import whole_run as module
from benchmarks.plan import QUICK, Size
from benchmarks.running import PartError, Results
from benchmarks.whole_run import whole_run


def _run(folder: Path, *, resume: bool, size: Size = QUICK) -> tuple[dict[str, str], dict[str, Any]]:
    failed = whole_run(folder, None, size, ("rulings",), resume=resume, command="python -m benchmarks")
    return failed, json.loads((folder / "bench.json").read_text(encoding="utf-8"))


def test_what_is_measured_is_kept_and_not_measured_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed, found = _run(tmp_path, resume=False)
    assert failed == {}
    assert set(found["rulings"]) == {"en", "fr"}
    assert found["quick"]
    assert "training-template-project" in found["missing"]
    assert "rulings" not in found["missing"]
    assert "Rulings" in (tmp_path / "bench.md").read_text(encoding="utf-8")

    def run(*given: object) -> None:
        raise AssertionError("nothing is left to measure")

    monkeypatch.setattr(Results, "run", run)
    assert _run(tmp_path, resume=True)[1]["rulings"] == found["rulings"]


def test_a_part_that_fails_is_told_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*given: object) -> None:
        raise PartError("no policy")

    monkeypatch.setattr(Results, "run", run)
    failed, found = _run(tmp_path, resume=False)
    assert failed == found["failed"] == {"rulings": "no policy"}


def test_files_that_change_meanwhile_spoil_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = iter(["before", "after"])
    monkeypatch.setattr(module, "measured_files", lambda: next(states))
    monkeypatch.setattr(Results, "run", lambda *given: {"took_seconds": 1.0})
    assert set(_run(tmp_path, resume=False)[0]) == {"files"}
