"""A trip as staff write it down: whose clock its departures are told by, and what is wrong with it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.applicants.told_trip import CorrectionFaultsError, told_trip
from bot.guidance.case import Segment, Trip
from bot.guidance.policy import Policy
from tests.applicants.filing import FLIGHT, NOW


def leg(**changes: Any) -> dict[str, Any]:
    return FLIGHT | changes


def test_departures_are_told_by_the_clock_of_the_place_they_leave_from(known: Policy) -> None:
    legs = [
        leg(origin="yhz", destination="YYZ", departs_at="2026-12-01T07:00"),
        leg(origin="YYZ", destination="LAX", departs_at="2026-12-01T09:30"),
        leg(origin="LAX", destination="HNL", departs_at="2026-12-01T12:00:00-08:00", mode="private_air"),
    ]
    assert [segment.departs_at for segment in told_trip(legs, NOW, known).segments] == [
        datetime(2026, 12, 1, 11, 0, tzinfo=UTC),
        datetime(2026, 12, 1, 14, 30, tzinfo=UTC),
        datetime(2026, 12, 1, 20, 0, tzinfo=UTC),
    ]


def test_it_may_lie_in_the_past_and_go_by_rail(known: Policy) -> None:
    told = leg(origin="Vancouver", destination="Seattle", mode="rail", departs_at="2020-12-01T07:00:00-08:00")
    assert told_trip([told], NOW, known) == Trip(
        (Segment("Vancouver", "Seattle", datetime(2020, 12, 1, 15, 0, tzinfo=UTC), "AC 8095", "rail"),)
    )


@pytest.mark.parametrize(
    ("segments", "faults"),
    [
        ([], ["segments: empty; give at least one"]),
        (None, ["segments: expected an array, got null"]),
        (
            [leg(origin="YQQQ", destination="")],
            [
                "segments[0].destination: empty; give a text",
                'segments[0].origin: "YQQQ" is no airport code I know; give the three letters on the ticket',
            ],
        ),
        (
            [leg(), leg(departs_at="2026-11-27T13:59:00-08:00")],
            ["segments[1].departs_at: is before the leg above it; give the legs in travel order"],
        ),
        ([leg(gate="A1")], ["segments[0].gate: unknown field"]),
        (
            [leg(origin="Vancouver", mode="rail", departs_at="2026-12-01T07:00")],
            ["segments[0].departs_at: not a date-time with offset"],
        ),
        ([leg(departs_at="2026-02-30T07:00")], ["segments[0].departs_at: not a date-time with offset"]),
        (
            [leg(origin="YUL", departs_at="2026-11-01T01:30")],
            [
                "segments[0].departs_at: the clocks there show this hour twice on that day; "
                "give it with its offset from UTC"
            ],
        ),
        (
            [leg(origin="YUL", departs_at="2027-03-14T02:30")],
            ["segments[0].departs_at: the clocks there leave this hour out on that day; give the hour on the ticket"],
        ),
        (
            [leg(origin="YUL", departs_at="9999-12-31T23:59")],
            ["segments[0].departs_at: the year 9999 is out of range; expected 1900 to 2200"],
        ),
    ],
)
def test_what_is_wrong_is_named_by_field(known: Policy, segments: object, faults: list[str]) -> None:
    with pytest.raises(CorrectionFaultsError) as found:
        told_trip(segments, NOW, known)
    assert sorted(found.value.errors) == faults
