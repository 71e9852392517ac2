"""How far one place is from another, along the great circle."""

from math import asin, cos, dist, radians, sin

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth in kilometres (IUGG)."""

Point = tuple[float, float, float]
"""A place as a point on the unit sphere."""


def point(latitude: float, longitude: float) -> Point:
    """The place at `latitude` degrees north and `longitude` degrees east."""
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def kilometres(one: Point, other: Point) -> float:
    """The great-circle distance in kilometres, to a tenth.

    By the chord between the points: unlike the cosine it stays exact for places close together.
    """
    return round(2 * EARTH_RADIUS_KM * asin(min(1.0, dist(one, other) / 2)), 1)
