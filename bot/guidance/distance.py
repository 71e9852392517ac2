"""How far one place is from another, along the great circle."""

from collections.abc import Iterable
from math import asin, cos, dist, pi, radians, sin

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth in kilometres (IUGG)."""

Point = tuple[float, float, float]
"""A place as a point on the unit sphere."""


def point(latitude: float, longitude: float) -> Point:
    """The place at `latitude` degrees north and `longitude` degrees east."""
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def kilometres(here: Point, places: Iterable[Point]) -> list[float]:
    """The great-circle distance in kilometres, to a tenth, from `here` to each of `places`.

    By the chord between the points: unlike the cosine it stays exact for places close together.
    """
    chords = [dist(here, place) / 2 for place in places]
    # Rounded by hand: `round` to a digit takes longer than all the rest, and a ruling has two dozen centres.
    return [int(20 * EARTH_RADIUS_KM * (asin(chord) if chord < 1 else pi / 2) + 0.5) / 10 for chord in chords]
