"""The table that decides about the next flight: 21 rows, and the first that holds decides.

Each row names the rules it looks at. The reasons of a ruling are those rules, of the deciding row and of every row
before it, as they were found; the deciding one comes last.

Readings of the contract where it leaves room:
- Row 16 needs no time: an interview scheduled at a land centre at an unknown time still starts the land way. Rows 19
  and 20 compare with the departure, so an interview scheduled at an airport at an unknown time falls to row 21.
- Row 12 asks whether a source says that interviews are done at the airport at all; from which day they are done
  anywhere is row 13.
"""

from collections.abc import Callable

import msgspec

from bot.guidance import rules as r
from bot.guidance.ruling import Code, Verdict
from bot.guidance.situation import Situation


class Row(msgspec.Struct, frozen=True):
    """One row: the rules it looks at, when it holds, and what it then says."""

    number: int
    code: Code
    verdict: Verdict
    rules: tuple[str, ...]
    holds: Callable[[Situation], bool]


class Decision(msgspec.Struct, frozen=True):
    """The row that decided, and every rule looked at on the way with what was found, in order."""

    row: Row
    trace: tuple[tuple[str, bool], ...]


def _fails(rule: r.Rule) -> Callable[[Situation], bool]:
    return lambda s: rule(s) is False


def _done_at_airport(s: Situation) -> bool:
    return s.cbsa_done is not None and s.cbsa_done.at_airport


ROWS: tuple[Row, ...] = (
    Row(1, "already_decided", "no", ("not_decided",), _fails(r.not_decided)),
    Row(2, "denied", "no", ("not_refused",), _fails(r.not_refused)),
    Row(3, "application_closed", "no", ("not_closed",), _fails(r.not_closed)),
    Row(4, "joint_interview_done", "no", ("no_joint_interview_yet",), _fails(r.no_joint_interview_yet)),
    Row(5, "cbp_already_done", "no", ("no_cbp_interview_yet",), _fails(r.no_cbp_interview_yet)),
    Row(6, "no_trip_known", "cannot_tell", ("trip_ahead",), _fails(r.trip_ahead)),
    Row(7, "not_air", "no", ("goes_by_air",), _fails(r.goes_by_air)),
    Row(8, "not_us_bound", "no", ("us_bound",), lambda s: not s.crosses and s.starts_in_canada),
    Row(9, "not_departing_canada", "no", ("departs_canada",), _fails(r.departs_canada)),
    Row(10, "policy_silent_mode", "cannot_tell", ("commercial_flight",), _fails(r.commercial_flight)),
    Row(11, "no_preclearance_airport", "no", ("airport_has_preclearance",), _fails(r.airport_has_preclearance)),
    Row(
        12, "policy_silent_airport", "cannot_tell", ("airport_does_cbp_interviews",), lambda s: s.cbp_interviews is None
    ),
    Row(
        13,
        "airport_option_not_open_yet",
        "no",
        ("airport_option_open",),
        lambda s: not s.in_force.airport_option_open and s.departs_before_opening,
    ),
    Row(13, "airport_option_not_open_yet", "not_yet", ("airport_option_open",), _fails(r.airport_option_open)),
    Row(14, "no_application_facts", "cannot_tell", ("application_known",), _fails(r.application_known)),
    Row(
        15,
        "not_conditionally_approved",
        "not_yet",
        ("conditionally_approved",),
        lambda s: s.awaiting_approval,
    ),
    Row(
        16,
        "policy_silent_land_start",
        "cannot_tell",
        ("cbsa_not_at_land_centre",),
        _fails(r.cbsa_not_at_land_centre),
    ),
    Row(
        17,
        "shared_and_precleared",
        "yes",
        ("cbsa_completed", "shared_with_cbp"),
        lambda s: _done_at_airport(s) and s.shared,
    ),
    Row(18, "not_shared_yet", "not_yet", ("shared_with_cbp",), _done_at_airport),
    Row(
        19,
        "cbsa_booked_before_flight",
        "not_yet",
        ("cbsa_booked", "cbsa_before_flight"),
        lambda s: r.cbsa_before_flight(s) is True,
    ),
    Row(20, "flight_before_cbsa_interview", "no", ("cbsa_before_flight",), _fails(r.cbsa_before_flight)),
    Row(21, "cbsa_not_completed", "not_yet", ("cbsa_booked",), lambda s: True),
)


def decide(situation: Situation) -> Decision:
    """The first row of the table that holds, with the trace up to it."""
    trace: dict[str, bool] = {}
    for row in ROWS:
        for name in row.rules:
            if name not in trace:
                found = r.RULES[name](situation)
                if found is not None:
                    trace[name] = found
        if row.holds(situation):
            return Decision(row, tuple(trace.items()))
    raise AssertionError("the last row always holds")
