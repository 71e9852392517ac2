import pytest

from tests.nlu.place_tables import find


@pytest.mark.parametrize("text", ["JFK (New York)", "New York (JFK)", "New York JFK", "New York, JFK", "New York/JFK"])
def test_an_airport_beside_its_city_says_which_airport_of_the_city(text: str) -> None:
    assert [(place.extra or {})["airports"] for place in find(text)] == [["JFK"], ["JFK"]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("London Heathrow", "London"),
        ("London (LHR)", "London"),
        ("London (YXU)", "London (Ontario)"),
        ("Portland, PWM", "Portland (Maine)"),
        ("Portland PDX", "Portland (Oregon)"),
    ],
)
def test_the_airport_settles_which_city_of_the_name_is_meant(text: str, value: str) -> None:
    [city, _] = find(text)
    assert city.value == value
    assert "meanings" not in (city.extra or {})


@pytest.mark.parametrize("text", ["Toronto YVR", "Toronto, Heathrow", "Toronto and Pearson"])
def test_an_airport_elsewhere_changes_nothing(text: str) -> None:
    assert (find(text)[0].extra or {})["airports"] == ["YYZ", "YTZ"]
