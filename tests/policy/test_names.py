import pytest

from bot.policy.names import Names, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l’Île-de-Toronto", "l'ile de toronto"),
        ("St. John’s", "st johns".replace("johns", "john's")),
        ("MONTRÉAL–Trudeau", "montreal trudeau"),
        ("Washington, D.C.", "washington d c"),
        ("Québec  (ville)", "quebec ville"),
    ],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_names_stay_different() -> None:
    assert fold("Saint John") != fold("St. John’s")


def test_every_gives_each_spelling_once() -> None:
    assert Names(en=("Lansdowne", "Thousand Islands"), fr=("Lansdowne", "Mille-Îles")).every() == (
        "Lansdowne",
        "Thousand Islands",
        "Mille-Îles",
    )
