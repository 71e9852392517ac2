import pytest

from bot.dialogue.elsewhere import leads_elsewhere, which_destination, with_namesakes
from bot.dialogue.told import Told
from bot.policy import Everything, load_all
from tests.dialogue.saying import found


@pytest.fixture(scope="module")
def known() -> Everything:
    return load_all()


@pytest.mark.parametrize(
    ("destination", "via", "elsewhere"),
    [
        ("CUN", None, True),
        ("CDG|ORY", None, True),
        ("YVR", None, True),
        ("SEA", None, False),
        ("CUN", "ORD", False),
        ("CUN", "YYZ", True),
        (None, None, False),
        ("RSW|NAP", None, False),
    ],
)
def test_only_a_flight_to_the_united_states_counts(
    known: Everything, destination: str | None, via: str | None, elsewhere: bool
) -> None:
    assert leads_elsewhere(Told(destination=destination, via=via), known.policy.countries) is elsewhere


def test_a_name_of_two_countries_is_asked_about(known: Everything) -> None:
    text = "I fly to Naples on Friday"
    named = next(e for e in with_namesakes(found(text)) if e["entity"] == "city")
    assert {known.policy.countries[code] for code in named["extra"]["airports"]} == {"US", "IT"}
    told = Told(destination="|".join(named["extra"]["airports"]))
    assert {known.policy.countries[code] for code in which_destination(told, known.policy.countries)} == {"US", "IT"}


@pytest.mark.parametrize("text", ["I fly to Portland", "I fly to London", "I fly to Naples, Florida", "from Toronto"])
def test_where_the_country_is_no_question_nothing_is_asked(text: str) -> None:
    entities = found(text)
    assert with_namesakes(entities) == entities


def test_the_airports_of_one_city_are_one_place(known: Everything) -> None:
    assert which_destination(Told(destination="JFK|LGA|EWR"), known.policy.countries) == []
