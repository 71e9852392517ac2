"""The plan: every contestant reads every set, and nothing is measured before what it needs."""

from pathlib import Path

import pytest

from benchmarks.plan import FULL, OURS, QUICK, plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for half in ("train", "test"):
        (tmp_path / f"bank_{half}.csv").write_text("text,category\nhi,greet\n", encoding="utf-8")
    return tmp_path


def test_what_is_needed_comes_before(folder: Path) -> None:
    parts = plan(folder / "work", folder, FULL)
    names = [part.name for part in parts]
    assert len(set(names)) == len(names)
    for place, part in enumerate(parts):
        assert set(part.after) <= set(names[:place])


def test_every_contestant_reads_every_set(folder: Path) -> None:
    parts = plan(folder / "work", folder, FULL, ("intents",))
    read = {(part.job["set"], part.job["contestant"]) for part in parts if "contestant" in part.job}
    assert read == {(name, contestant) for name in ("project", "bank") for contestant in ("template", *OURS)}


def test_without_a_folder_there_is_the_project(tmp_path: Path) -> None:
    assert {part.job["set"] for part in plan(tmp_path, None, FULL, ("intents",))} == {"project"}


def test_a_quick_try_is_told_from_a_whole_run(tmp_path: Path) -> None:
    (full,), (quick,) = (plan(tmp_path, None, size, ("rulings",)) for size in (FULL, QUICK))
    assert full.job != quick.job
