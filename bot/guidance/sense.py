"""What a case's shape alone cannot say: whether its airports, centres and dates make sense.

Works on parsed JSON of any shape, so that these faults are told together with those of the shape, and passes over
whatever has the wrong type: that is the shape's fault to tell.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from bot.guidance.case import Case, Interview, Segment, Trip
from bot.guidance.policy import Policy

FIRST_YEAR, LAST_YEAR = 1900, 2200
_AIR = ("air", "private_air")  # no set: what is looked up may be anything JSON holds
_UNSOUND = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_COUNTS = ("scheduled", "completed")


def senseless(value: object, policy: Policy) -> Iterator[str]:
    """Every fault of sense in a case, as `path: what is wrong`."""
    case = _object(value)
    yield from _dates("", case, ("now",))
    application = _object(case.get("application"))
    yield from _dates("application.", application, ("submitted_on", "membership_expires_on", "shared_with_cbp_at"))
    for index, interview in enumerate(_list(application.get("interviews"))):
        yield from _interview(f"application.interviews[{index}].", _object(interview), policy)
    residence = _object(case.get("residence"))
    for name in ("latitude", "longitude"):
        degrees = residence.get(name)
        if isinstance(degrees, float) and not math.isfinite(degrees):
            yield f"residence.{name}: not a finite number"
    for number, trip in enumerate(_list(case.get("trips"))):
        for index, segment in enumerate(_list(_object(trip).get("segments"))):
            yield from _segment(f"trips[{number}].segments[{index}].", _object(segment), policy)


def code(place: str) -> str:
    """An airport's code as the policy writes it."""
    return place.strip().upper()


def _segment(path: str, segment: dict[str, Any], policy: Policy) -> Iterator[str]:
    yield from _dates(path, segment, ("departs_at",))
    for name in ("origin", "destination", "flight"):
        yield from _text(path + name, segment.get(name))
    if segment.get("mode", "air") not in _AIR:
        return
    for name in ("origin", "destination"):
        place = segment.get(name)
        if not isinstance(place, str) or not place or not _sound(place):
            continue
        airports = policy.ambiguous.get(code(place))
        if name == "origin" and airports is not None:
            yield f"{path}{name}: {code(place)} is a city with several airports; say which: {', '.join(airports)}"
        elif airports is None and code(place) not in policy.countries:
            yield f"{path}{name}: {_shown(place)} is no airport code I know; give the three letters on the ticket"


def _interview(path: str, interview: dict[str, Any], policy: Policy) -> Iterator[str]:
    yield from _dates(path, interview, ("at",))
    centre = interview.get("centre")
    yield from _text(path + "centre", centre)
    if interview.get("agency") != "CBSA" or interview.get("state") not in _COUNTS:
        return
    if centre is None:
        yield f"{path}centre: missing; a CBSA interview that is {interview['state']} needs its centre"
    elif isinstance(centre, str) and centre and _sound(centre) and known_centre(centre, policy) is None:
        if code(centre) in policy.countries:
            yield f"{path}centre: no NEXUS enrolment centre at the airport {code(centre)}"
        else:
            yield f"{path}centre: no enrolment centre {_shown(centre)}; give a centre_id or an airport's code"


def known_centre(name: str, policy: Policy) -> str | None:
    """The name by which the engine finds the centre a case calls `name`, if there is such a centre."""
    if name in policy.centres:
        return name
    iata = code(name)
    found = any(iata in (key, centre.iata) for key, centre in policy.centres.items())
    return iata if found else None


def normalised(case: Case) -> Case:
    """The same case with airport codes written as the policy writes them."""
    application, trips = case.application, case.trips
    if application is not None and application.interviews:
        interviews = tuple([_normal_interview(interview) for interview in application.interviews])
        if interviews != application.interviews:
            application = msgspec.structs.replace(application, interviews=interviews)
    if trips:
        trips = tuple([_normal_trip(trip) for trip in trips])
    if application is case.application and trips == case.trips:
        return case
    return msgspec.structs.replace(case, application=application, trips=trips)


def _normal_trip(trip: Trip) -> Trip:
    segments = tuple([_normal_segment(segment) for segment in trip.segments])
    return trip if segments == trip.segments else Trip(segments)


def _normal_segment(segment: Segment) -> Segment:
    if segment.mode not in _AIR:
        return segment
    return msgspec.structs.replace(segment, origin=code(segment.origin), destination=code(segment.destination))


def _normal_interview(interview: Interview) -> Interview:
    centre = interview.centre
    if centre is None or len(code(centre)) != 3 or not code(centre).isalpha():
        return interview
    return msgspec.structs.replace(interview, centre=code(centre))


def _dates(path: str, holder: dict[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = holder.get(name)
        if isinstance(value, str) and value[:4].isdecimal() and not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            yield f"{path}{name}: the year {value[:4]} is out of range; expected {FIRST_YEAR} to {LAST_YEAR}"


def _text(path: str, value: object) -> Iterator[str]:
    if isinstance(value, str) and not _sound(value):
        yield f"{path}: has control characters or broken Unicode; give plain text"


def _sound(text: str) -> bool:
    return _UNSOUND.search(text) is None


def _shown(text: str) -> str:
    return f'"{text[:40]}"'


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
