"""Short ways to write a case: an applicant ready to fly from Calgary, changed where a test needs it."""

import json
from pathlib import Path
from typing import Any

from bot.guidance.case import Case
from bot.guidance.policy import Policy
from bot.guidance.reading import read_case

NOW = "2026-11-21T09:00:00-05:00"
BEFORE_NOW = "2026-11-03T11:00:00-07:00"
SHARED = "2026-11-04T09:00:00-05:00"
DEPARTS = "2026-11-28T09:40:00-06:00"
BEFORE_DEPARTS = "2026-11-28T09:39:59-06:00"
FOLDER = Path(__file__).parent / "cases"
EXPECTED: dict[str, dict[str, str]] = json.loads((FOLDER / "expected.json").read_bytes())


def interview(agency: str = "CBSA", state: str = "completed", centre: str = "YYC", at: str | None = BEFORE_NOW) -> dict:
    return {"agency": agency, "state": state, "centre": centre, "at": at}


def application(*interviews: dict, **changes: Any) -> dict:
    """Conditionally approved, the CBSA part done at an airport and shared, unless said otherwise."""
    base = {"kind": "new", "status": "conditionally_approved", "shared_with_cbp_at": SHARED}
    return base | {"interviews": list(interviews)} | changes


def leg(origin: str = "YYC", destination: str = "DEN", departs_at: str = DEPARTS, mode: str = "air") -> dict:
    return {"origin": origin, "destination": destination, "departs_at": departs_at, "mode": mode}


def trip(*legs: dict) -> dict:
    return {"segments": list(legs or [leg()])}


def ready(**changes: Any) -> dict:
    """A case that is ruled `yes`; `changes` replace its fields."""
    base = {"now": NOW, "application": application(interview()), "trips": [trip()]}
    return base | changes


def read(value: dict, policy: Policy) -> Case:
    return read_case(json.dumps(value), policy)
