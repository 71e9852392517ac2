"""Only the figures of a whole run are published."""

import json
from pathlib import Path

import pytest

from benchmarks.publishing import PublishError, publish_figures, write
from benchmarks.readme import BEGIN, END
from benchmarks.wanted import wanted
from tests.benchmarks.made import figures


@pytest.fixture
def results(tmp_path: Path) -> Path:
    told = figures()
    folder = tmp_path / "results"
    folder.mkdir()
    write(told | {"wanted": [vars(goal) for goal in wanted(told)]}, folder)
    (tmp_path / "README.md").write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    return folder


def _publish(results: Path) -> Path:
    published = results.parent / "docs" / "figures"
    publish_figures(results, published, results.parent / "README.md")
    return published


def test_all_three_are_copied_and_the_readme_renewed(results: Path) -> None:
    published = _publish(results)
    assert {file.name for file in published.iterdir()} == {"bench.json", "bench.md", "bench.svg"}
    assert "+10.0 points" in (results.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", [{"quick": True}, {"failed": {"rulings": "why"}}, {"missing": ["rulings"]}])
def test_what_is_no_whole_run_is_not_published(results: Path, fault: dict) -> None:
    file = results / "bench.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | fault), encoding="utf-8")
    with pytest.raises(PublishError, match="not those of a whole run"):
        _publish(results)


def test_nothing_measured_is_a_fault(results: Path) -> None:
    (results / "bench.svg").unlink()
    with pytest.raises(PublishError, match=r"expected bench\.svg"):
        _publish(results)


def test_the_same_figures_make_the_same_files(results: Path) -> None:
    before = [(results / name).read_bytes() for name in ("bench.json", "bench.md", "bench.svg")]
    write(json.loads(before[0]), results)
    assert before == [(results / name).read_bytes() for name in ("bench.json", "bench.md", "bench.svg")]
