"""Every figure in the README comes from the run that is committed."""

import json

import pytest

from benchmarks.readme import BEGIN, END, ReadmeError, block, present, renewed
from benchmarks.wanted import wanted
from bot.settings import ROOT
from tests.benchmarks.made import figures

FIGURES = ROOT / "docs" / "figures" / "bench.json"


def _made() -> dict:
    told = figures()
    return told | {"wanted": [vars(goal) for goal in wanted(told)]}


def test_the_readme_holds_the_figures_of_the_committed_run() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    if FIGURES.is_file():
        assert present(readme) == block(json.loads(FIGURES.read_text(encoding="utf-8")))
    else:
        # Without a run there is nothing to quote.
        assert BEGIN not in readme or present(readme) == f"{BEGIN}\n{END}"


def test_a_number_changed_by_hand_is_noticed() -> None:
    written = f"# Guide\n\n{block(_made())}\n\nEnd.\n"
    assert present(written) == block(_made())
    assert present(written.replace("+10.0 points", "+12.0 points")) != block(_made())


def test_renewing_replaces_the_figures_and_nothing_else() -> None:
    old = f"before\n{BEGIN}\nold figures\n{END}\nafter\n"
    new = renewed(old, _made())
    assert new == f"before\n{block(_made())}\nafter\n"
    assert renewed(new, _made()) == new


def test_the_block_names_the_command_and_says_what_was_missed() -> None:
    told = _made()
    told["wanted"][0] |= {"reached": False}
    assert "`python -m benchmarks`" in block(told)
    assert block(told).count("missed") == 1


@pytest.mark.parametrize("readme", ["none", f"{BEGIN} no end", f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_readme_without_a_place_is_a_fault(readme: str) -> None:
    with pytest.raises(ReadmeError, match="expected once each"):
        present(readme)
