"""The contract read a second time, plainly and by someone else, against the engine on random cases.

The engine is a table of rules that leaves a trace; this is one function with the 21 rows as they are printed. Where the
two ever differ, one of them misreads the contract.
"""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import airportsdata
import msgspec
import pytest

from bot.guidance.engine import rule
from bot.guidance.policy import Policy
from bot.guidance.reading import read_case
from bot.guidance.wording import Wording

CASES = 4000
WORLD = airportsdata.load("IATA")
PRECLEARED = ("YVR", "YYC", "YEG", "YWG", "YYZ", "YOW", "YUL", "YHZ")
OTHERS = ("YTZ", "YQB", "YYJ", "YLW", "SEA", "LAX", "SJU", "GUM", "STT", "CDG", "LHR", "BOS", "INL")
LAND = ("5520", "5022", "5223", "5020")
OPENED = date(2023, 3, 27)
# Days around which the policy changes, so that cases fall on both sides of each.
BASES = [
    datetime(2026, 11, 21, 14, tzinfo=UTC),
    datetime(2023, 3, 27, 3, 30, tzinfo=UTC),
    datetime(2026, 3, 10, 5, tzinfo=UTC),
    datetime(2023, 3, 22, 4, tzinfo=UTC),
]


def country(code: str) -> str | None:
    found = WORLD.get(code)
    return None if found is None else "US" if found["country"] in ("PR", "GU", "VI") else found["country"]


def deciding(trip: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    for leg in trip["segments"]:
        if country(leg["origin"]) == "CA" and country(leg["destination"]) == "US":
            return leg, True
    return trip["segments"][-1], False


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def toronto_day(text: str) -> date:
    return at(text).astimezone(ZoneInfo("America/Toronto")).date()


def expected_verdict(case: dict[str, Any]) -> tuple[str, str]:  # noqa: PLR0911, PLR0912 - the rows, as printed
    application = case.get("application")
    status = application and application["status"]
    interviews = application["interviews"] if application else []
    if status == "approved":
        return "no", "already_decided"
    if status in ("denied", "revoked"):
        return "no", "denied"
    if status == "cancelled":
        return "no", "application_closed"
    for agency, code in (("JOINT", "joint_interview_done"), ("CBP", "cbp_already_done")):
        if any(i["agency"] == agency and i["state"] == "completed" for i in interviews):
            return "no", code
    now = at(case["now"])
    ahead = [trip for trip in case["trips"] if at(deciding(trip)[0]["departs_at"]) > now]
    if not ahead:
        return "cannot_tell", "no_trip_known"
    trip = min(ahead, key=lambda trip: at(trip["segments"][0]["departs_at"]))
    leg, crosses = deciding(trip)
    if leg["mode"] in ("rail", "ferry", "road"):
        return "no", "not_air"
    if not crosses:
        starts_in_canada = country(trip["segments"][0]["origin"]) == "CA"
        return "no", "not_us_bound" if starts_in_canada else "not_departing_canada"
    if leg["mode"] == "private_air":
        return "cannot_tell", "policy_silent_mode"
    departs, airport = at(leg["departs_at"]), leg["origin"]
    day = departs.astimezone(ZoneInfo(WORLD[airport]["tz"])).date()
    if airport not in PRECLEARED and not (airport == "YTZ" and day >= date(2026, 3, 10)):
        return "no", "no_preclearance_airport"
    if airport == "YTZ":
        return "cannot_tell", "policy_silent_airport"
    if toronto_day(case["now"]) < OPENED:
        return "no" if day < OPENED else "not_yet", "airport_option_not_open_yet"
    if application is None:
        return "cannot_tell", "no_application_facts"
    if status in ("not_submitted", "pending_review"):
        return "not_yet", "not_conditionally_approved"
    counted = [i for i in interviews if i["agency"] == "CBSA" and i["state"] in ("completed", "scheduled")]
    counted.sort(key=lambda i: (i["state"] != "completed", i["centre"] in LAND, at(i["at"])))
    first = counted[0] if counted else None
    if first and first["centre"] in LAND:
        return "cannot_tell", "policy_silent_land_start"
    if first and first["state"] == "completed":
        shared = application["shared_with_cbp_at"]
        done = shared is not None and at(shared) <= now
        return ("yes", "shared_and_precleared") if done else ("not_yet", "not_shared_yet")
    if first and at(first["at"]) < departs:
        return "not_yet", "cbsa_booked_before_flight"
    if first:
        return "no", "flight_before_cbsa_interview"
    return "not_yet", "cbsa_not_completed"


def expected_options(case: dict[str, Any]) -> dict[str, str]:
    application = case.get("application")
    status = application and application["status"]
    interviews = application["interviews"] if application else []
    names = ("airport_two_step", "us_joint", "land_split")
    done = {(i["agency"], i["centre"] in LAND) for i in interviews if i["state"] == "completed"}
    if application and (status == "approved" or application["auto_renewed"]):
        return {"no_interview": "yes"} | dict.fromkeys(names, "no")
    if status in ("denied", "revoked", "cancelled") or any(agency in ("JOINT", "CBP") for agency, _ in done):
        return {"no_interview": "no"} | dict.fromkeys(names, "no")
    found = {"no_interview": "no"} | dict.fromkeys(names, "yes" if status == "conditionally_approved" else "not_yet")
    if toronto_day(case["now"]) < OPENED:
        found["airport_two_step"] = "not_yet"
    if ("CBSA", False) in done:
        found |= {"us_joint": "no", "land_split": "no"}
    elif ("CBSA", True) in done:
        found |= {"airport_two_step": "no", "us_joint": "no"}
    return found


def random_case(dice: random.Random) -> dict[str, Any]:
    base = dice.choice(BASES)

    def instant(spread: int) -> str:
        moved = base + timedelta(minutes=dice.randint(-spread, spread))
        return moved.astimezone(timezone(timedelta(minutes=dice.choice([-480, -300, -210, 0, 540])))).isoformat()

    def segment() -> dict[str, Any]:
        return {
            "origin": dice.choice(PRECLEARED * 2 + OTHERS),
            "destination": dice.choice(PRECLEARED + OTHERS * 2),
            "departs_at": instant(dice.choice([60, 4000, 20000])),
            "mode": dice.choice(["air"] * 12 + ["private_air", "rail", "ferry", "road"]),
        }

    def interview() -> dict[str, Any]:
        return {
            "agency": dice.choice(["CBSA"] * 8 + ["CBP", "JOINT"]),
            "centre": dice.choice(PRECLEARED * 2 + LAND),
            "state": dice.choice(["scheduled", "completed", "cancelled", "no_show"]),
            "at": instant(dice.choice([100, 9000])),
        }

    others = ["not_submitted", "pending_review", "approved", "denied", "revoked", "cancelled"]
    application = {
        "kind": dice.choice(["new", "renewal"]),
        "status": dice.choice(["conditionally_approved"] * 12 + others),
        "auto_renewed": dice.random() < 0.1,
        "interviews": [interview() for _ in range(dice.choice([0, 1, 1, 2, 3]))],
        "shared_with_cbp_at": instant(2000) if dice.random() < 0.5 else None,
    }
    case: dict[str, Any] = {"now": instant(dice.choice([60, 3000]))}
    case["trips"] = [
        {"segments": [segment() for _ in range(dice.choice([1, 1, 2, 3]))]} for _ in range(dice.choice([0, 1, 2, 3]))
    ]
    if dice.random() < 0.9:
        case["application"] = application
    return case


@pytest.mark.parametrize("seed", [20230125, 20261121])
def test_the_engine_reads_the_contract_as_a_plain_reading_does(seed: int, policy: Policy, wording: Wording) -> None:
    dice = random.Random(seed)
    seen: Counter[str] = Counter()
    for _ in range(CASES):
        case = random_case(dice)
        ruling = rule(read_case(msgspec.json.encode(case), policy), policy, wording, "en")
        flight = ruling.cbp_on_next_flight
        assert (flight.verdict, flight.code) == expected_verdict(case), case
        assert {option.option: option.applies for option in ruling.options} == expected_options(case), case
        seen[flight.code] += 1
    assert len(seen) == 21, f"the cases never met some rows: {seen}"
