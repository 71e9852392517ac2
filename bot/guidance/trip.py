"""Which trip and which leg of it the question is about."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.guidance.case import Segment, Trip


class NextTrip(msgspec.Struct, frozen=True):
    """The traveller's next trip: its place among the case's trips, its first leg, and the leg that decides.

    `crosses` says whether the deciding leg goes from Canada to the United States.
    """

    index: int
    first: Segment
    leg: Segment
    crosses: bool


def deciding_leg(trip: Trip, countries: Mapping[str, str]) -> tuple[Segment, bool]:
    """The first leg from a Canadian airport to the United States, else the last leg; and whether it is the former.

    A place is in a country only by its IATA code. The mode of travel plays no part in the choice: a drive from YVR to
    SEA is that trip's way across the border, and the rule about going by air then says no.
    """
    for segment in trip.segments:
        if countries.get(segment.origin) == "CA" and countries.get(segment.destination) == "US":
            return segment, True
    return trip.segments[-1], False


def next_trip(trips: tuple[Trip, ...] | None, now: datetime, countries: Mapping[str, str]) -> NextTrip | None:
    """The trip that starts soonest among those whose deciding leg departs after `now`; the earlier listed of equals."""
    found: NextTrip | None = None
    for index, trip in enumerate(trips or ()):
        leg, crosses = deciding_leg(trip, countries)
        first = trip.segments[0]
        if leg.departs_at > now and (found is None or first.departs_at < found.first.departs_at):
            found = NextTrip(index, first, leg, crosses)
    return found
