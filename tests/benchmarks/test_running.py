"""A part runs in a process of its own; what it gave is kept for the same part, and for no other."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.plan import Part
from benchmarks.running import PartError, Results

PART = Part(("rulings",), "rulings", "rulings a second", "rulings", {"cases": 1}, 1)


def test_a_result_is_kept_for_the_same_part_only(tmp_path: Path) -> None:
    results = Results(tmp_path)
    assert results.result(PART) is None
    shown: list[float] = []
    found = results.run(PART, [], lambda share, doing: shown.append(share))
    assert set(found) == {"en", "fr", "took_seconds"}
    assert shown[-1] == 1.0
    assert Results(tmp_path).result(PART) == found
    assert results.result(replace(PART, job={"cases": 2})) is None


def test_a_result_whose_model_is_gone_is_none(tmp_path: Path) -> None:
    results = Results(tmp_path)
    model = tmp_path / "model"
    model.mkdir()
    part = replace(PART, job={"cases": 1, "model": str(model)})
    found = results.run(part, [], lambda share, doing: None)
    assert results.result(part) == found
    model.rmdir()
    assert results.result(part) is None


def test_a_failure_says_why_and_where_the_log_is(tmp_path: Path) -> None:
    results = Results(tmp_path)
    broken = replace(PART, job={})
    with pytest.raises(PartError, match=r"KeyError: 'cases'.*rulings\.log"):
        results.run(broken, [], lambda share, doing: None)
    assert results.result(broken) is None


def test_the_environment_is_the_same_whoever_starts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.machine import environment

    before = environment(tmp_path)
    monkeypatch.setitem(os.environ, "OMP_NUM_THREADS", "64")
    monkeypatch.setitem(os.environ, "TF_ENABLE_ONEDNN_OPTS", "0")
    assert environment(tmp_path) == before
