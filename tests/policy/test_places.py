from collections.abc import Callable

import pytest

from bot.policy import Everything
from bot.policy.everything import FOLDER
from bot.policy.names import fold
from bot.policy.places import load_places

Spoil = Callable[..., tuple[str, ...]]
# Words of either language that are also names of cities; a place may carry them only with its country or state.
ORDINARY_WORDS = frozenset(
    "nice mobile orange reading bath bend split vienne tours sens angers the la le les on oui non yes no des moines "
    "nord sud est ouest may march mai mars main part air port pass date car bus vol demain today now normal "
    "las san sea den pit fat mia fly los hot nap gum ont per mon son ton".split()
)


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("Pearson", "airport", "YYZ"),
        ("toronto pearson", "airport", "YYZ"),
        ("Dorval", "airport", "YUL"),
        ("trudeau", "airport", "YUL"),
        ("P.E.T.", "airport", "YUL"),
        ("l'ile de Toronto", "airport", "YTZ"),
        ("Billy Bishop", "airport", "YTZ"),
        ("yvr", "airport", "YVR"),
        ("Stanfield", "airport", "YHZ"),
        ("aéroport de Québec", "airport", "YQB"),
        ("Montreal", "city", "Montréal"),
        ("La Nouvelle-Orléans", "city", "New Orleans"),
        ("NYC", "city", "New York"),
        ("Londres", "city", "London"),
        ("Cancun", "city", "Cancún"),
        ("Mexico City", "city", "Mexico City"),
        ("le Mexique", "city", "Mexico"),
        ("Porto Rico", "city", "San Juan"),
        ("Hawaï", "city", "Hawaii"),
        ("LaGuardia", "airport", "LGA"),
        ("Lansdowne", "centre", "5520"),
        ("Mille-Îles", "centre", "5520"),
        ("Fort Érié", "centre", "5022"),
        ("Derby Line", "centre", "5223"),
        ("Stanstead", "centre", "stanstead"),
        ("centre d'inscription de Détroit", "centre", "16511"),
    ],
)
def test_the_names_people_use_find_one_place(everything: Everything, name: str, kind: str, value: str) -> None:
    [place] = everything.places.find(name)
    assert (place.kind, place.value) == (kind, value)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("London", {"London", "London (Ontario)"}),
        ("Portland", {"Portland (Maine)", "Portland (Oregon)"}),
        ("Sydney", {"Sydney", "Sydney (Nova Scotia)"}),
        ("Mexico", {"Mexico", "Mexico City"}),
        ("Saint-Jean", {"St. John’s", "Saint John"}),
        ("Burlington", {"Burlington", "Burlington (Ontario)"}),
        ("Sault Ste. Marie", {"5080", "Sault Ste. Marie (Ontario)"}),
    ],
)
def test_a_shared_name_gives_all_its_places(everything: Everything, name: str, values: set[str]) -> None:
    assert {place.value for place in everything.places.find(name)} == values


def test_an_unknown_name_gives_nothing(everything: Everything) -> None:
    assert everything.places.find("Atlantis") == ()


def test_a_city_stands_for_its_airports(everything: Everything) -> None:
    assert everything.places.find("Toronto")[0].airports == ("YYZ", "YTZ")
    assert everything.places.find("Montréal")[0].airports == ("YUL",)


def test_city_codes_that_stand_for_several_canadian_airports_are_ambiguous(everything: Everything) -> None:
    policy = everything.policy
    assert policy.ambiguous["YTO"] == ("YYZ", "YTZ")
    assert "YUL" in policy.ambiguous["YMQ"]
    assert all(policy.countries[iata] == "CA" for name in ("YTO", "YMQ") for iata in policy.ambiguous[name])


@pytest.mark.parametrize(
    ("code", "country"),
    [("NYC", "US"), ("SJU", "US"), ("GUM", "US"), ("STT", "US"), ("LON", "GB"), ("YTO", "CA"), ("CDG", "FR")],
)
def test_codes_of_airports_and_cities_have_a_country_and_a_zone(
    everything: Everything, code: str, country: str
) -> None:
    assert everything.policy.countries[code] == country
    assert "/" in everything.policy.timezones[code]


def test_no_name_is_an_ordinary_word(everything: Everything) -> None:
    assert ORDINARY_WORDS & set(everything.places.by_alias) == set()


def test_a_code_of_three_letters_is_a_name_only_where_nobody_says_it_otherwise(everything: Everything) -> None:
    short = {alias for alias in everything.places.by_alias if len(alias) == 3 and not alias.startswith("y")}
    assert short <= {
        "jfk",
        "lax",
        "sfo",
        "dfw",
        "msp",
        "pdx",
        "sna",
        "cdg",
        "nyc",
        "mtl",
        "eia",
        "pei",
        "soo",
        "hfx",
        "jax",
        "lga",
        "uae",
        "wpg",
        "k w",
        "t o",
        "l a",
        "d c",
    }


def test_every_place_has_a_name_that_finds_it(everything: Everything) -> None:
    for place in everything.places.all:
        assert place.aliases
        for alias in place.aliases:
            assert place in everything.places.by_alias[fold(alias)]


def test_places_can_be_loaded_alone(everything: Everything) -> None:
    assert load_places(FOLDER) == everything.places


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("places.yml", 'en: ["Kamloops"]', 'en: ["Kamloops", "Pearson"]', "the name `pearson` is also that of"),
        ("places.yml", 'shared: ["Portland"]', "shared: []", "the name `portland` is also that of"),
        (
            "places.yml",
            'shared: ["Portland"]',
            'shared: ["Portland", "Salem"]',
            "marks `salem` as shared, which is none",
        ),
        ("places.yml", '["SEA"]', '["QZQ"]', "`QZQ` is no airport's IATA code"),
        ("places.yml", '["SEA"]', '["CDG"]', "`CDG` lies in FR, not in US"),
        ("places.yml", 'code: "CHI"', 'code: "SEA"', "code `SEA` is an airport's; leave it out"),
        ("places_abroad.yml", '"LGA":', '"QZQ":', "is no airport's IATA code"),
        ("places.yml", 'fr: ["Seattle", "Tacoma"]', "fr: []", "fr: "),
    ],
)
def test_a_faulty_place_is_named(faults_after: Spoil, file: str, old: str, new: str, says: str) -> None:
    faults = faults_after(file, old, new)
    assert any(fault.startswith(f"{file}: ") and says in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("value", "country"),
    [("YVR", "CA"), ("5020", "US"), ("5520", "CA"), ("alexandria-bay", "US"), ("5223", "US"), ("stanstead", "CA")],
)
def test_a_centre_lies_in_its_country(everything: Everything, value: str, country: str) -> None:
    [place] = [place for place in everything.places.all if (place.kind, place.value) == ("centre", value)]
    assert place.country == country
