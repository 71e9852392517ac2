"""The facts of one case that the rules ask about, worked out once."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.guidance.case import Application, Case, Segment
from bot.guidance.distance import Point, point
from bot.guidance.in_force import PROGRAMME_ZONE, InForce
from bot.guidance.interviews import CbsaInterview, counting_cbsa, has
from bot.guidance.policy import Span
from bot.guidance.trip import next_trip

_GROUND = frozenset({"rail", "ferry", "road"})
_AWAITING = frozenset({"not_submitted", "pending_review"})
_REFUSED = frozenset({"denied", "revoked"})


class Situation:
    """A case seen with the policy in force at its `now`.

    `cbsa` is the CBSA interview that counts. `leg` is the deciding leg of the next trip, `crosses` whether it goes from
    Canada to the United States, `airport` the code of the airport it leaves from, `departure_day` the local day there.
    `here` is the applicant's residence on the globe.

    Raises:
        UnknownCentreError: a CBSA interview that could count is at a centre the policy does not know.
    """

    __slots__ = (
        "airport",
        "application",
        "awaiting_approval",
        "case",
        "cbp_completed",
        "cbp_interviews",
        "cbsa",
        "crosses",
        "departs_before_opening",
        "here",
        "in_force",
        "joint_completed",
        "joint_scheduled",
        "leg",
        "preclearance",
        "refused",
        "shared",
        "starts_in_canada",
        "status",
        "trip",
    )

    def __init__(self, case: Case, in_force: InForce) -> None:
        self.case = case
        self.in_force = in_force
        home = case.residence
        self.here: Point | None = None if home is None else point(home.latitude, home.longitude)
        self._read_application(case.application)
        self._read_trip()

    def _read_application(self, application: Application | None) -> None:
        self.application = application
        self.status = application.status if application else None
        self.refused = self.status in _REFUSED
        self.awaiting_approval = self.status in _AWAITING
        interviews = application.interviews if application else None
        self.joint_completed = has(interviews, "JOINT", "completed")
        self.joint_scheduled = has(interviews, "JOINT", "scheduled")
        self.cbp_completed = has(interviews, "CBP", "completed")
        self.cbsa: CbsaInterview | None = counting_cbsa(interviews, self.in_force)
        shared_at = application.shared_with_cbp_at if application else None
        self.shared = shared_at is not None and shared_at <= self.case.now

    def _read_trip(self) -> None:
        countries = self.in_force.policy.countries
        self.trip = next_trip(self.case.trips, self.case.now, countries)
        self.leg: Segment | None = None
        self.airport: str | None = None
        self.crosses = self.starts_in_canada = self.departs_before_opening = False
        self.preclearance: Span | None = None
        self.cbp_interviews: Span | None = None
        if self.trip is None:
            return
        leg = self.leg = self.trip.leg
        self.crosses = self.trip.crosses
        self.starts_in_canada = countries.get(self.trip.first.origin) == "CA"
        if leg.mode not in _GROUND or leg.origin in countries:
            self.airport = leg.origin
        if self.crosses:
            day = self.departure_day
            self.preclearance = self.in_force.preclearance(leg.origin, day)
            self.cbp_interviews = self.in_force.cbp_interviews(leg.origin, day)
            self.departs_before_opening = day < self.in_force.airport_option_opened_on

    @property
    def by_ground(self) -> bool:
        """Whether the deciding leg goes by rail, ferry or road."""
        return self.leg is not None and self.leg.mode in _GROUND

    @property
    def zone(self) -> ZoneInfo:
        """The zone to tell the departure in: that of the airport, or the programme's where the place has none."""
        if self.leg is None:
            return PROGRAMME_ZONE
        policy = self.in_force.policy
        airport = policy.airports.get(self.leg.origin)
        name = airport.timezone if airport else policy.timezones.get(self.leg.origin)
        return ZoneInfo(name) if name else PROGRAMME_ZONE

    @property
    def departs(self) -> datetime | date:
        """When the deciding leg departs, to be told: local time there, or only the day where no hour is known."""
        assert self.leg is not None
        local = self.leg.departs_at.astimezone(self.zone)
        return local if self.leg.time_known else local.date()

    @property
    def departure_day(self) -> date:
        """The local day at the airport on which the deciding leg departs."""
        assert self.leg is not None
        return self.leg.departs_at.astimezone(self.zone).date()

    @property
    def cbsa_done(self) -> CbsaInterview | None:
        """The CBSA interview that counts, if it is completed."""
        return self.cbsa if self.cbsa is not None and self.cbsa.completed else None

    @property
    def cbsa_booked(self) -> CbsaInterview | None:
        """The CBSA interview that counts, if it is scheduled for a known time."""
        return self.cbsa if self.cbsa is not None and not self.cbsa.completed and self.cbsa.at is not None else None

    @property
    def needs_no_interview(self) -> bool:
        """Whether the membership was renewed automatically or the application is approved."""
        return self.status == "approved" or (self.application is not None and self.application.auto_renewed is True)
