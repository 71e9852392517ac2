"""The case card over HTTP: who may see and correct a file, and what the answer says."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.applicants.models import Identity
from bot.http import keys
from tests.applicants.filing import AHEAD, BOOKED, DONE, FLIGHT, application, audited, import_person
from tests.desk.clerks import Clerk, Desk
from tests.desk.inserted import ago, conversation
from tests.record.scripted import NOON

SignIn = Callable[..., Awaitable[Clerk]]
TRIP = {"segments": [FLIGHT]}


@pytest.fixture
async def talk(desk: Desk, tmp_path: Path) -> str:
    """The path of a waiting conversation whose traveller has proved to be A-1."""
    await import_person(desk.database, tmp_path, application=application(DONE), trips=[TRIP])
    talk = await conversation(desk.database, "t: why?", state="waiting", handoff_reason="asked", waiting_since=ago(5))
    async with desk.database.write() as session:
        session.add(Identity(conversation_id=talk, applicant_id="A-1", proved_at=NOON))
    return f"conversations/{talk}"


async def refused(response: Any) -> tuple[int, str, Any]:
    problem = await response.json()
    return response.status, problem["type"].rpartition(":")[2], problem


async def test_a_look_shows_the_file_and_is_audited(desk: Desk, sign_in: SignIn, talk: str) -> None:
    alex = await sign_in("agent", language="fr")
    file = await alex.read(f"{talk}/file")
    assert file == {
        "applicant": {"name": "Amara", "language": "en", "residence": None},
        "application": {
            "kind": None,
            "status": "conditionally_approved",
            "submitted_on": "2026-03-02",
            "membership_expires_on": None,
            "shared_with_cbp_at": None,
            "shared_by_staff": False,
        },
        "interviews": [
            {
                "agency": "CBSA",
                "state": "completed",
                "centre": "YVR",
                "centre_name": "Aéroport international de Vancouver",
                "at": "2026-11-10T11:30:00-07:00",
                "completed_by_staff": False,
            }
        ],
        "trips": [
            {"segments": [FLIGHT | {"departs_at": "2026-11-27T15:00:00-07:00", "mode": "air"}], "correction_id": None}
        ],
        "corrections": [],
        "may_mark": ["cbsa_shared"],
    }
    looks = [entry for entry in await audited(desk.database) if entry[1] == "file.viewed"]
    assert looks == [("Alex Tremblay", "file.viewed", "A-1", {"conversation": talk.rpartition("/")[2]})]


async def test_a_file_is_closed_where_nobody_proved_whose_it_is(desk: Desk, sign_in: SignIn) -> None:
    chief = await sign_in("supervisor")
    talk = f"conversations/{await conversation(desk.database, 't: hello', state='waiting')}"
    assert (await refused(await chief.get(f"{talk}/file")))[:2] == (404, "identity-not-proved")
    for act, body in (("cbsa-shared", {}), ("cbsa-completed", {}), ("trips", TRIP), ("corrections/x/withdraw", {})):
        assert (await refused(await chief.post(f"{talk}/file/{act}", body)))[:2] == (404, "identity-not-proved")


async def test_who_holds_the_conversation_corrects_and_withdraws(desk: Desk, sign_in: SignIn, talk: str) -> None:
    alex = await sign_in("agent")
    await alex.do(f"{talk}/take")
    with desk.app[keys.CONVERSATIONS].broadcast.watch_all() as watcher:
        file = await alex.do(f"{talk}/file/cbsa-shared", {"shared_at": "2026-11-12T09:00:00-08:00"})
        assert await watcher.next() == {talk.rpartition("/")[2]}
    assert file["application"]["shared_with_cbp_at"] == "2026-11-12T17:00:00Z"
    assert (file["application"]["shared_by_staff"], file["may_mark"]) == (True, [])
    [made] = file["corrections"]
    assert (made["kind"], made["by"]["name"], made["withdrawn"], made["in_effect"]) == (
        "cbsa_shared",
        "Alex Tremblay",
        False,
        True,
    )
    file = await alex.do(f"{talk}/file/corrections/{made['id']}/withdraw")
    assert (file["application"]["shared_by_staff"], file["may_mark"]) == (False, ["cbsa_shared"])
    assert (file["corrections"][0]["withdrawn"], file["corrections"][0]["in_effect"]) == (True, False)
    events = (await alex.read(f"{talk}/timeline"))["events"]
    assert [(event["name"], event["data"]["by"]) for event in events[-2:]] == [
        ("file.corrected", "Alex Tremblay"),
        ("file.correction_withdrawn", "Alex Tremblay"),
    ]


async def test_an_added_trip_shows_who_added_it(desk: Desk, sign_in: SignIn, talk: str) -> None:
    alex = await sign_in("agent")
    await alex.do(f"{talk}/take")
    leg = {"origin": "yul", "destination": "JFK", "departs_at": "2026-12-01T08:15"}
    file = await alex.do(f"{talk}/file/trips", {"segments": [leg]})
    shown = leg | {"origin": "YUL", "departs_at": "2026-12-01T08:15:00-05:00", "flight": None, "mode": "air"}
    assert file["trips"][1] == {"segments": [shown], "correction_id": file["corrections"][0]["id"]}


async def test_a_booked_interview_is_marked_as_completed(
    desk: Desk, sign_in: SignIn, talk: str, tmp_path: Path
) -> None:
    await import_person(desk.database, tmp_path, application=application(BOOKED, AHEAD))
    chief = await sign_in("supervisor")
    assert (await chief.read(f"{talk}/file"))["may_mark"] == ["cbsa_completed"]
    file = await chief.do(f"{talk}/file/cbsa-completed")
    assert [(one["state"], one["completed_by_staff"]) for one in file["interviews"]] == [
        ("completed", True),
        ("scheduled", False),
    ]
    assert file["may_mark"] == ["cbsa_shared"]


async def test_others_see_the_file_and_correct_nothing(desk: Desk, sign_in: SignIn, talk: str) -> None:
    alex, bo, chief = await sign_in("agent"), await sign_in("agent", "Bo Singh"), await sign_in("supervisor")
    status, kind, problem = await refused(await alex.post(f"{talk}/file/trips", TRIP))
    assert (status, kind, problem.get("assignee")) == (409, "not-held", None)
    await bo.do(f"{talk}/take")
    assert (await alex.get(f"{talk}/file")).status == 404
    assert (await alex.post(f"{talk}/file/cbsa-shared")).status == 404
    file = await chief.do(f"{talk}/file/cbsa-shared")
    assert file["application"]["shared_by_staff"] is True


@pytest.mark.parametrize(
    ("path", "body", "status", "kind", "field"),
    [
        ("trips", {}, 422, "wrong-field", "segments"),
        ("trips", {"segments": [FLIGHT | {"origin": "ZZ9"}]}, 422, "wrong-field", "segments[0].origin"),
        ("cbsa-shared", {"shared_at": "yesterday"}, 422, "wrong-field", "shared_at"),
        ("cbsa-shared", {"shared_at": "2026-11-21T18:00:00Z"}, 422, "wrong-field", "shared_at"),
        ("trips", TRIP, 409, "trip-known", None),
        ("cbsa-completed", {}, 409, "cbsa-completed-already", None),
        ("corrections/%00/withdraw", {}, 404, "no-such-correction", None),
    ],
)
async def test_what_is_wrong_is_said(
    *, sign_in: SignIn, talk: str, path: str, body: Any, status: int, kind: str, field: str | None
) -> None:
    chief = await sign_in("supervisor")
    found = await refused(await chief.post(f"{talk}/file/{path}", body))
    assert found[:2] == (status, kind)
    assert [error["field"] for error in found[2].get("errors", [])] == ([field] if field else [])
