"""Great-circle distances."""

from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.distance import kilometres, point


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((49.28, -123.12), (49.28, -123.12), 0.0),
        ((0, 0), (0, 1), 111.2),
        ((0, 0), (0, 180), 20015.1),
        ((90, 0), (-90, 0), 20015.1),
        ((10, 179.9), (10, -179.9), 21.9),
        ((49.0, -123.0), (49.0009, -123.0), 0.1),
    ],
)
def test_kilometres(one, other, km):
    assert kilometres(point(*one), [point(*other)]) == [pytest.approx(km, abs=0.11)]
    assert kilometres(point(*one), [point(*other)]) == kilometres(point(*other), [point(*one)])


LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_agrees_with_the_haversine(north, east, other_north, other_east):
    a, b = radians(north), radians(other_north)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_east - east) / 2) ** 2
    expected = 2 * 6371.0088 * asin(min(1.0, sqrt(half)))

    assert kilometres(point(north, east), [point(other_north, other_east)]) == [pytest.approx(expected, abs=0.06)]
