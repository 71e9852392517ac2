"""What comes out of the engine.

Field names are the public interface: add freely, rename none. An integrator reads `verdict`, `code`, `applies` and
the step codes; the texts are for people. (`gc=False`: rulings hold no cycles, and there are many of them.)
"""

from datetime import date
from typing import Literal

import msgspec

Verdict = Literal["yes", "not_yet", "no", "cannot_tell"]
Applies = Literal["yes", "not_yet", "no"]
OptionName = Literal["airport_two_step", "us_joint", "land_split", "no_interview"]
Language = Literal["en", "fr"]
Code = Literal[
    "already_decided",
    "denied",
    "application_closed",
    "joint_interview_done",
    "cbp_already_done",
    "no_trip_known",
    "not_air",
    "not_us_bound",
    "not_departing_canada",
    "policy_silent_mode",
    "no_preclearance_airport",
    "policy_silent_airport",
    "airport_option_not_open_yet",
    "no_application_facts",
    "not_conditionally_approved",
    "policy_silent_land_start",
    "shared_and_precleared",
    "not_shared_yet",
    "cbsa_booked_before_flight",
    "flight_before_cbsa_interview",
    "cbsa_not_completed",
]


class Reason(msgspec.Struct, frozen=True, gc=False):
    """One rule as it was evaluated: did it hold, in words, and who says so (source ids).

    Reasons stand in the order the rules were evaluated; the last one decided.
    """

    rule: str
    holds: bool
    text: str
    sources: tuple[str, ...]


class NextStep(msgspec.Struct, frozen=True, gc=False):
    """What the traveller can do, in words, and who says so (source ids)."""

    code: str
    text: str
    sources: tuple[str, ...]


class Notice(msgspec.Struct, frozen=True, gc=False):
    """A fact that moves no verdict: undated, or disputed between sources. `since` is null where no date is known."""

    code: str
    text: str
    sources: tuple[str, ...]
    since: date | None


class CentreChoice(msgspec.Struct, frozen=True, gc=False):
    """A centre of an option; `distance_km` (great circle, kilometres) only where the residence is known."""

    centre_id: str
    name: str
    distance_km: float | None = None


class FlightRuling(msgspec.Struct, frozen=True, gc=False):
    """Can the CBP part be done on the next trip; `text` says the verdict in a sentence.

    `trip` indexes the case's trips and is null where none is ahead. `airport` is where the deciding leg leaves from,
    null where that leg does not start at an airport.
    """

    verdict: Verdict
    code: Code
    text: str
    trip: int | None
    airport: str | None
    reasons: tuple[Reason, ...]
    next_steps: tuple[NextStep, ...]
    notices: tuple[Notice, ...]


class OptionRuling(msgspec.Struct, frozen=True, gc=False):
    """Whether one way of being interviewed is open to this traveller, and where; `text` says it in a sentence."""

    option: OptionName
    applies: Applies
    title: str
    text: str
    reasons: tuple[Reason, ...]
    next_steps: tuple[NextStep, ...]
    centres: tuple[CentreChoice, ...]
    notices: tuple[Notice, ...]


class RenewalRuling(msgspec.Struct, frozen=True, gc=False):
    """Whether benefits run on while a renewal is pending, and the last day they can run to."""

    applies: bool
    text: str
    benefits_extended_until: date | None
    reasons: tuple[Reason, ...]
    notices: tuple[Notice, ...]


class CitedSource(msgspec.Struct, frozen=True, gc=False):
    """A source as a reader sees it; `date` is null for an undated copy of a page."""

    id: str
    title: str
    date: date | None
    url: str | None


class Ruling(msgspec.Struct, frozen=True, gc=False):
    """The whole answer on one case. `sources` are those the reasons, steps and notices cite, once each."""

    cbp_on_next_flight: FlightRuling
    options: tuple[OptionRuling, ...]
    next_step: NextStep
    renewal: RenewalRuling
    sources: tuple[CitedSource, ...]
    as_of: date
    language: Language
