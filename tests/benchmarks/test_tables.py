"""The tables hold what was measured, and nothing where nothing was."""

from benchmarks.tables import NOT_TO_BE_QUOTED, markdown, tables
from benchmarks.wanted import wanted
from tests.benchmarks.made import figures


def _made() -> dict:
    told = figures()
    return told | {"wanted": [vars(goal) for goal in wanted(told)]}


def test_every_row_has_a_cell_for_every_column() -> None:
    found = list(tables(_made()))
    assert [table.heading.partition(":")[0] for table in found] == [
        "Wanted, and found", "Intents", "Intents", "Noise", "Dialogue", "Rulings", "Desk",
    ]  # fmt: skip
    for table in found:
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_the_template_comes_first_and_an_absent_figure_is_empty() -> None:
    table = next(table for table in tables(_made()) if table.heading.startswith("Intents: project, English"))
    assert [row[0] for row in table.rows] == ["Rasa's template", "n-grams", "cascade"]
    assert table.rows[0][3] == ""
    assert table.rows[2][1] == "90.0"


def test_a_public_set_without_training_has_no_seconds_of_the_project() -> None:
    told = _made()
    told["data"]["banking77"] = {"trained_on": 1, "intents": 1, "chosen_on": 1}
    told["intents"]["banking77"] = told["intents"]["en"]
    table = next(table for table in tables(told) if table.heading.startswith("Intents: banking77"))
    assert {row[-1] for row in table.rows} == {""}


def test_what_was_not_measured_has_no_table() -> None:
    told = _made() | {"intents": {}, "noise": {}, "dialogue": {}, "desk": {}, "wanted": []}
    assert [table.heading for table in tables(told)] == ["Rulings"]


def test_a_quick_try_and_a_failure_are_said_loudly() -> None:
    text = markdown(_made() | {"quick": True, "failed": {"rulings": "no policy"}})
    assert NOT_TO_BE_QUOTED in text
    assert "**Failed: rulings.** no policy" in text
    assert NOT_TO_BE_QUOTED not in markdown(_made())
