"""One traveller's case: what goes into a ruling.

Field names are the public interface (`POST /api/v1/guidance`, `nexus-guide rule`): add freely, rename none.
Only `now` is required. Every instant carries an offset. (`gc=False`: cases hold no cycles, and there are many of them.)
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True, description="A date-time with its offset from UTC")]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90, description="Degrees north")]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180, description="Degrees east")]
Place = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Mode = Literal["air", "private_air", "rail", "ferry", "road"]
Status = Literal[
    "not_submitted", "pending_review", "conditionally_approved", "approved", "denied", "revoked", "cancelled"
]
Agency = Literal["CBSA", "CBP", "JOINT"]
InterviewState = Literal["scheduled", "completed", "cancelled", "no_show"]


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One leg of a trip; `origin` and `destination` are IATA codes where the leg goes by air.

    Where only the day of departure is known, `time_known` is false: any hour of that day stands in `departs_at`.
    Rulings compare that instant; no text says it.
    """

    origin: Place
    destination: Place
    departs_at: Instant
    flight: Annotated[str, msgspec.Meta(max_length=16)] | None = None
    mode: Mode = "air"
    time_known: bool = True


class Trip(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A journey in travel order."""

    segments: Annotated[tuple[Segment, ...], msgspec.Meta(min_length=1, max_length=20)]


class Interview(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One interview with one agency, or with both together (`JOINT`).

    `centre` is the IATA code of an airport enrolment centre or a `centre_id` of the centre table; a CBSA
    interview that is scheduled or completed must name it, since where it is held decides what follows.
    """

    agency: Agency
    state: InterviewState
    centre: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] | None = None
    at: Instant | None = None


class Application(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The application on file, as far as it is known.

    Where it is only known that the result was shared, and not when, `shared_time_known` is false: any instant not after
    `now` stands in `shared_with_cbp_at`, and no text says it.
    """

    status: Status
    kind: Literal["new", "renewal"] | None = None
    submitted_on: date | None = None
    membership_expires_on: date | None = None
    auto_renewed: bool | None = None
    interviews: Annotated[tuple[Interview, ...], msgspec.Meta(max_length=50)] | None = None
    shared_with_cbp_at: Instant | None = None
    shared_time_known: bool = True


class Residence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Where the applicant lives; only used to rank centres by distance."""

    latitude: Latitude
    longitude: Longitude


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Everything a ruling may use; `application` absent means an anonymous traveller."""

    now: Instant
    application: Application | None = None
    residence: Residence | None = None
    trips: Annotated[tuple[Trip, ...], msgspec.Meta(max_length=50)] | None = None
