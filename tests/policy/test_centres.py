from collections.abc import Callable
from datetime import date

import pytest

from bot.guidance.policy import Centre
from bot.policy import Everything

Spoil = Callable[..., tuple[str, ...]]
TODAY = date(2026, 11, 21)


def listed(everything: Everything, kind: str, day: date) -> list[str]:
    def is_open(centre: Centre) -> bool:
        return centre.bookable and centre.kind == kind and any(span.covers(day) for span in centre.open)

    return sorted(centre.centre_id for centre in everything.policy.centres.values() if is_open(centre))


@pytest.mark.parametrize(
    ("iata", "first"),
    [
        ("YHZ", date(2023, 3, 27)),
        ("YWG", date(2023, 3, 27)),
        ("YVR", date(2023, 4, 3)),
        ("YYC", date(2023, 4, 12)),
        ("YEG", date(2023, 4, 12)),
        ("YUL", date(2023, 4, 17)),
        ("YYZ", date(2023, 4, 24)),
        ("YOW", date(2023, 4, 24)),
    ],
)
def test_each_airport_centre_opens_on_its_own_day(everything: Everything, iata: str, first: date) -> None:
    assert iata not in listed(everything, "airport", date.fromordinal(first.toordinal() - 1))
    assert iata in listed(everything, "airport", first)
    assert everything.policy.centres[iata].iata == iata


def test_all_eight_are_open_and_listed_once(everything: Everything) -> None:
    assert listed(everything, "airport", TODAY) == ["YEG", "YHZ", "YOW", "YUL", "YVR", "YWG", "YYC", "YYZ"]


def test_the_number_of_an_airport_centre_finds_it(everything: Everything) -> None:
    found = everything.policy.centres["5026"]
    assert (found.centre_id, found.kind, found.bookable) == ("YVR", "airport", False)


def test_thirteen_joint_centres_and_ogdensburg_at_the_release(everything: Everything) -> None:
    joint = listed(everything, "us_joint", date(2023, 1, 25))
    assert len(joint) == 14
    assert "16546" in joint


def test_derby_line_is_joint_until_it_is_split(everything: Everything) -> None:
    before, after = date(2023, 3, 21), date(2023, 3, 22)
    assert "5223" in listed(everything, "us_joint", before)
    assert "5223" not in listed(everything, "us_joint", after)
    assert listed(everything, "land_split", before) == ["5022", "5520"]
    assert listed(everything, "land_split", after) == ["5022", "5223", "5520"]
    assert len(listed(everything, "us_joint", after)) == 13


def test_derby_line_begins_on_the_american_side_and_the_others_on_the_canadian(everything: Everything) -> None:
    assert {name: everything.centres[name].first_half for name in ("5022", "5520", "5223")} == {
        "5022": "ca",
        "5520": "ca",
        "5223": "us",
    }


def test_a_split_centre_names_its_other_half(everything: Everything) -> None:
    split = everything.policy.centres["5520"]
    assert split.partner is not None
    assert split.partner.en == "Alexandria Bay, New York"
    assert everything.policy.centres["5223/us_joint"].partner is None


def test_one_building_is_listed_once(everything: Everything) -> None:
    joint = listed(everything, "us_joint", TODAY)
    places = [(everything.centres[name].latitude, everything.centres[name].longitude) for name in joint]
    assert len(places) == len(set(places))
    assert everything.policy.centres["16656"].kind == "us_joint"


@pytest.mark.parametrize("name", ["5041", "16502", "5228"])
def test_closed_and_doubtful_places_are_not_centres(everything: Everything, name: str) -> None:
    assert name not in everything.policy.centres


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    iata: YHZ\n", "", "YHZ: `iata` goes with the kind airport, and only with it"),
        ("    iata: YHZ\n", "    iata: YAX\n", "YHZ: an airport centre's id is its IATA code; expected `YAX`"),
        ("    first_half: us\n", "", "5223: a split centre needs `partner` and `first_half`"),
        ('same_as: "16511"', 'same_as: "1"', "16656: `same_as: 1` must name another centre, with `bookable: false`"),
        ('ttp_id: "5031"', 'ttp_id: "5022"', "YHZ: `ttp_id: 5022` is another centre's id"),
        ("sources: [ttp-locations-2023-03-02]", "sources: [x]", "5041: cites the source `x`"),
    ],
)
def test_a_centre_that_contradicts_itself_is_refused(faults_after: Spoil, old: str, new: str, says: str) -> None:
    assert faults_after("centres.yml", old, new)[0].startswith(f"centres.yml: {says}")
