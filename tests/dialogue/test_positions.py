"""Where named places lie."""

import pytest

from bot.dialogue.positions import position
from bot.policy import load_all

KNOWN = load_all()


@pytest.mark.parametrize(
    ("named", "latitude", "longitude"),
    [
        ("city:Calgary", 51.1, -114.0),
        ("airport:YHZ", 44.9, -63.5),
        ("airport:SEA", 47.4, -122.3),
        ("centre:YYZ", 43.7, -79.6),
        ("city:London", 51.5, -0.5),
        ("city:London (Ontario)", 43.0, -81.2),
    ],
)
def test_a_place_is_where_it_is(named: str, latitude: float, longitude: float) -> None:
    found = position(KNOWN, named)
    assert found is not None
    assert (found.latitude, found.longitude) == pytest.approx((latitude, longitude), abs=0.6)


@pytest.mark.parametrize("named", ["city:Atlantis", "airport:ZZZ", "centre:0000", "", "city", "lake:Louise"])
def test_nobody_knows_where_that_is(named: str) -> None:
    assert position(KNOWN, named) is None


def test_every_place_of_the_gazetteer_lies_somewhere() -> None:
    lost = [p for p in KNOWN.places.all if position(KNOWN, f"{p.kind}:{p.value}") is None]
    assert lost == []
