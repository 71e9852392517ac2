"""From what a traveller told, and their file where identity is proved, to the case the engine rules on."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from bot.dialogue.told import Told, one
from bot.guidance.case import Application, Case, Interview, InterviewState, Mode, Segment, Status, Trip
from bot.guidance.policy import Policy

# Where only the day of travel is known, the case carries this hour; `day_decides` says whether it could matter.
_NOON = time(12, 0)
_UNITED_STATES = "US"
# "My flight at two": people round the time of a flight they hold a ticket for.
_ABOUT = timedelta(hours=1)


def missing_trip_fact(told: Told) -> str | None:
    """The next thing to ask about the trip: origin, which_airport, destination or when; None if all is told."""
    if not told.origin:
        return "origin"
    if "|" in told.origin:
        return "which_airport"
    if not told.destination:
        return "destination"
    if not told.travel_day:
        return "when"
    return None


def told_trip(told: Told, policy: Policy) -> Trip | None:
    """The trip a traveller told, None while a fact is missing.

    Times are wall-clock time at the first airport. Of a connection travellers tell the departure of the trip, so later
    legs have its day and no known hour.
    """
    day = told.day
    if missing_trip_fact(told) is not None or day is None or told.origin is None or told.destination is None:
        return None
    zone = ZoneInfo(policy.timezones.get(told.origin, "America/Toronto"))
    departs_at = datetime.combine(day, told.clock or _NOON, tzinfo=zone)
    stops = [told.origin, *told.stops, one(told.destination)]
    return _trip(stops, departs_at, told, time_known=told.clock is not None)


def claimed_application(told: Told, now: datetime, policy: Policy) -> Application | None:
    """The application as the traveller describes it, None if nothing of it was said.

    A CBSA interview is only offered after conditional approval, so who has done or booked one is taken to have that.
    """
    interviews: tuple[Interview, ...] = ()
    if told.claimed_cbsa in ("completed", "scheduled") and told.claimed_cbsa_centre:
        at = None
        if told.claimed_cbsa_at:
            centre = policy.centres.get(told.claimed_cbsa_centre)
            zone = ZoneInfo(centre.timezone if centre else "America/Toronto")
            at = datetime.fromisoformat(told.claimed_cbsa_at).replace(tzinfo=zone)
        state: InterviewState = "completed" if told.claimed_cbsa == "completed" else "scheduled"
        interviews = (Interview("CBSA", state, told.claimed_cbsa_centre, at),)
    status = told.claimed_status or (
        "conditionally_approved" if told.claimed_cbsa in ("completed", "scheduled") else None
    )
    if status is None:
        return None
    shared = now if told.claimed_shared == "yes" and interviews and interviews[0].state == "completed" else None
    return Application(
        status=cast(Status, status), interviews=interviews, shared_with_cbp_at=shared, shared_time_known=False
    )


def with_claims(application: Application | None, told: Told, now: datetime, policy: Policy) -> Application | None:
    """`application` with the traveller's suppositions put over it ("what if the CBSA part were shared?")."""
    supposed = claimed_application(_at_the_same_centre(told, application), now, policy)
    if application is None:
        return supposed
    shared = application.shared_with_cbp_at
    if told.claimed_shared:
        shared = now if told.claimed_shared == "yes" else None
    interviews = supposed.interviews if supposed and supposed.interviews else application.interviews
    if told.claimed_cbsa == "scheduled":
        shared = None
    if told.claimed_cbsa == "none":
        interviews, shared = tuple(i for i in interviews or () if i.agency != "CBSA"), None
    return msgspec.structs.replace(
        application,
        status=cast(Status, told.claimed_status or application.status),
        interviews=interviews,
        shared_with_cbp_at=shared,
        shared_time_known=application.shared_time_known and not told.claimed_shared,
    )


def _at_the_same_centre(told: Told, application: Application | None) -> Told:
    """`told`, its interview at the centre of the one that is known where no other is named."""
    centres = [each.centre for each in (application.interviews if application else None) or () if each.agency == "CBSA"]
    if told.claimed_cbsa_centre or not centres or told.claimed_cbsa not in ("completed", "scheduled"):
        return told
    return msgspec.structs.replace(told, claimed_cbsa_centre=centres[0])


def told_as(trip: Trip, told: Told, policy: Policy) -> Told:
    """`told` with `trip` as if it had been told: what was supposed becomes what is spoken of."""
    first, last = trip.segments[0], trip.segments[-1]
    local = first.departs_at.astimezone(ZoneInfo(policy.timezones.get(first.origin, "America/Toronto")))
    return msgspec.structs.replace(
        told,
        origin=first.origin,
        via=">".join(leg.destination for leg in trip.segments[:-1]) or None,
        destination=last.destination,
        travel_day=local.date().isoformat(),
        travel_time=local.strftime("%H:%M") if first.time_known else None,
        flight_number=first.flight,
        travel_mode=first.mode if first.mode != "air" else None,
    )


def spoken_day(case: Case, policy: Policy) -> date | None:
    """The day on which the trip of `case` leaves, by the clock of its first airport."""
    for trip in case.trips or ():
        first = trip.segments[0]
        return first.departs_at.astimezone(ZoneInfo(policy.timezones.get(first.origin, "America/Toronto"))).date()
    return None


def changed_trip(base: Trip, told: Told, policy: Policy) -> Trip:
    """`base` with the differences of `told`: another airport, destination, day or time, for what-if questions.

    A new origin or destination makes a direct trip of it, but for the stop in the United States that makes it one to
    the United States; a new day keeps the clock time of the airport it leaves from.
    """
    first, last = base.segments[0], base.segments[-1]
    origin = one(told.origin) if told.origin else first.origin
    destination = one(told.destination) if told.destination else last.destination
    local = first.departs_at.astimezone(ZoneInfo(policy.timezones.get(first.origin, "America/Toronto")))
    zone = ZoneInfo(policy.timezones.get(origin, "America/Toronto"))
    departs_at = datetime.combine(told.day or local.date(), told.clock or local.time(), tzinfo=zone)
    if told.origin or told.destination or told.via or told.travel_mode:
        stops = [origin, *(told.stops or _stops_abroad(base, told, policy)), destination]
        known = first.time_known or told.clock is not None
        return _trip(stops, departs_at, told, time_known=known)
    shift: timedelta = departs_at - first.departs_at
    moved = [msgspec.structs.replace(leg, departs_at=leg.departs_at + shift) for leg in base.segments]
    if told.clock is not None:
        moved[0] = msgspec.structs.replace(moved[0], time_known=True)
    return Trip(tuple(moved))


def _stops_abroad(base: Trip, told: Told, policy: Policy) -> list[str]:
    """The U.S. stops of a trip to a third country, which another origin leaves as they are."""
    ends_in_us = policy.countries.get(base.segments[-1].destination) == _UNITED_STATES
    if ends_in_us or told.destination or told.travel_mode:
        return []
    stops = [leg.destination for leg in base.segments[:-1]]
    return [stop for stop in stops if policy.countries.get(stop) == _UNITED_STATES]


def matching_trip(trips: tuple[Trip, ...], told: Told, policy: Policy) -> Trip | None:
    """The trip on file that what was told describes, if one does; "my flight to Seattle on Friday"."""
    for trip in trips:
        first = trip.segments[0]
        local = first.departs_at.astimezone(ZoneInfo(policy.timezones.get(first.origin, "America/Toronto")))
        stops = {leg.origin for leg in trip.segments}
        ends = {leg.destination for leg in trip.segments}
        if told.origin and not stops & set(told.origin.split("|")):
            continue
        if told.destination and not ends & set(told.destination.split("|")):
            continue
        if told.day and told.day != local.date():
            continue
        if told.clock and abs(datetime.combine(local.date(), told.clock) - local.replace(tzinfo=None)) > _ABOUT:
            continue
        if not stops.issuperset(told.stops):
            continue
        if told.travel_mode and told.travel_mode != first.mode:
            continue
        if told.flight_number and _bare(told.flight_number) not in {_bare(leg.flight or "") for leg in trip.segments}:
            continue
        return trip
    return None


def _bare(flight: str) -> str:
    return flight.replace(" ", "").upper()


def _trip(stops: list[str], departs_at: datetime, told: Told, *, time_known: bool) -> Trip:
    mode = cast(Mode, told.travel_mode or "air")
    first, *later = (
        Segment(start, end, departs_at, told.flight_number, mode, time_known=False) for start, end in pairwise(stops)
    )
    return Trip((msgspec.structs.replace(first, time_known=time_known), *later))
