import pytest

from bot.policy import load


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    return {code: text.en for code, text in load().city_names.items()}


@pytest.mark.parametrize(
    ("code", "city"),
    [
        ("YYZ", "Toronto"),
        ("YTZ", "Toronto"),
        ("YVR", "Vancouver"),
        ("EWR", "Newark"),
        ("DFW", "Dallas"),
        ("LAX", "Los Angeles"),
        ("SFO", "San Francisco"),
        ("JFK", "New York City"),
        ("MIA", "Miami"),
    ],
)
def test_an_airport_is_named_after_its_city_and_not_after_a_suburb_or_a_region(
    names: dict[str, str], code: str, city: str
) -> None:
    assert names[code] == city


def test_every_preclearance_airport_has_a_name(names: dict[str, str]) -> None:
    assert {code for code, airport in load().airports.items() if airport.preclearance} <= set(names)
