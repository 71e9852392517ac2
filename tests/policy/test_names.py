import pytest

from bot.policy.names import Names, fold, spellings


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


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Montréal-Trudeau", {"Montréal Trudeau"}),
        ("New York", {"New-York"}),
        ("St. John’s", {"St John’s", "St-John’s"}),
        ("Sault Ste. Marie", {"Sault Ste Marie", "Sault-Ste-Marie"}),
        ("la Nouvelle-Orléans", {"la Nouvelle Orléans"}),
        ("L.A.", set()),
        ("Dorval", set()),
    ],
)
def test_a_name_comes_in_the_spellings_people_use(name: str, others: set[str]) -> None:
    assert set(spellings([name])) == {name} | others


def test_no_spelling_of_initials_becomes_a_word() -> None:
    assert spellings(["L.A.", "P.E.T."]) == ("L.A.", "P.E.T.")
