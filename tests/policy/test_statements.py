from datetime import date
from pathlib import Path

import pytest

from bot.policy import Everything, PolicyError, load_all
from bot.policy.everything import FOLDER
from bot.policy.statements import load_statements


def test_statements_can_be_loaded_alone(everything: Everything) -> None:
    assert load_statements(FOLDER) == everything.statements


def test_a_topic_is_the_file_a_statement_stands_in(everything: Everything) -> None:
    assert everything.statements["fees.current"].topic == "money"


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("fees.before", None, date(2024, 9, 30)),
        ("fees.current", date(2024, 10, 1), None),
        ("interviews.joint_list_before_derby_line", date(2023, 1, 25), date(2023, 3, 21)),
        ("interviews.split_list", date(2023, 3, 22), None),
        ("flights.billy_bishop", date(2026, 3, 10), None),
    ],
)
def test_a_statement_holds_from_its_first_day_to_its_last(
    everything: Everything, name: str, first: date | None, last: date | None
) -> None:
    statement = everything.statements[name]
    if first is not None:
        assert statement.in_force(first)
        assert not statement.in_force(date.fromordinal(first.toordinal() - 1))
    if last is not None:
        assert statement.in_force(last)
        assert not statement.in_force(date.fromordinal(last.toordinal() + 1))


def test_what_a_statement_is_about_is_known(everything: Everything) -> None:
    known = {f"airport:{iata}" for iata in everything.airports} | {f"centre:{name}" for name in everything.centres}
    assert {about for statement in everything.statements.values() for about in statement.about} <= known


def test_an_id_in_two_files_is_refused(policy_copy: Path) -> None:
    extra = "statements:\n  fees.current: {from: null, sources: [wikivoyage], text: {en: a, fr: b}}\n"
    (policy_copy / "statements" / "other.yml").write_text(extra, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"other\.yml: fees\.current: this id stands in money\.yml too"):
        load_all(policy_copy)


def test_a_folder_without_statements_is_refused(policy_copy: Path) -> None:
    for path in (policy_copy / "statements").iterdir():
        path.unlink()
    with pytest.raises(PolicyError, match="statements: holds no file"):
        load_all(policy_copy)
