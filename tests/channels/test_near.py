"""Which city a place is near."""

import pytest

from bot import policy
from bot.channels.near import near
from bot.channels.port import Place

POLICY = policy.load_all().policy


@pytest.mark.parametrize(
    ("latitude", "longitude", "city"),
    [
        (49.283, -123.121, "Vancouver"),
        (45.508, -73.554, "Montreal"),
        (46.81, -71.21, "Quebec City"),
        (47.606, -122.332, "Seattle"),
        (48.85, 2.35, None),
        (0.0, 0.0, None),
        (float("nan"), -75.0, None),
        (float("inf"), -75.0, None),
        (4550.8, -73.6, None),
    ],
)
def test_a_place_is_near_a_city_or_nowhere_we_know(latitude: float, longitude: float, city: str | None) -> None:
    found = near(Place(latitude, longitude), POLICY)
    assert (found.name.en if found else None) == city


def test_no_more_than_the_city_is_kept() -> None:
    here, there = near(Place(49.28312, -123.12098), POLICY), near(Place(49.25001, -123.05002), POLICY)
    assert here == there
    assert here is not None
    assert "49.28" not in repr(here)
