"""Every call of the desk is measured, and what is measured works."""

import random

from benchmarks import desk
from benchmarks.desk_calls import acts, reads
from benchmarks.plan import QUICK
from bot.desk.routes import ROUTES

# Signing in is slow on purpose, and so is what asks for the password again; pages are files; another's file is changed
# by few a day; the socket is no call.
_NOT_MEASURED = ("sign-", "account/", "session", "conversations/{id}/file/")


def _paths() -> set[str]:
    api = "/desk/api/"
    paths = {route.path.removeprefix(api) for route in ROUTES if route.path.startswith(api)}
    return {path for path in paths if not path.startswith(_NOT_MEASURED)}


def test_every_call_of_the_desk_is_measured() -> None:
    pick = random.Random(1)
    measured = {call.route for call in [*reads(pick, ["c"], ""), *acts(pick, ["c"])]}
    assert _paths() <= measured
    assert measured <= {route.path.removeprefix("/desk/api/") for route in ROUTES}


def test_each_call_is_timed_on_both_databases() -> None:
    found = desk.run(QUICK.as_dict())
    for told in found["databases"].values():
        assert len(told["calls"]) > 30
        assert all(0 < times["p50"] <= times["p95"] for times in told["calls"].values())
