"""What staff do with a conversation over HTTP, and how it is refused."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.desk.looks import VIEWED
from tests.desk.clerks import Clerk, Desk
from tests.desk.inserted import ago, conversation

SignIn = Callable[..., Awaitable[Clerk]]


async def _waiting(desk: Desk, **columns: Any) -> str:
    values = {"state": "waiting", "handoff_reason": "asked", "waiting_since": ago(5), **columns}
    return f"conversations/{await conversation(desk.database, 't: a person please', **values)}"


async def _refused(clerk: Clerk, path: str, body: Any = None) -> tuple[int, str, Any]:
    response = await clerk.post(path, body)
    problem = await response.json()
    return response.status, problem["type"].rpartition(":")[2], problem


async def test_a_conversation_goes_to_staff_and_back(desk: Desk, sign_in: SignIn) -> None:
    alex = await sign_in("agent")
    talk = await _waiting(desk)
    await alex.do(f"{talk}/take")
    said = await alex.do(f"{talk}/reply", {"text": "I am here.", "client_message_id": "r1"})
    again = await alex.do(f"{talk}/reply", {"text": "I am here.", "client_message_id": "r1"})
    assert (said["seq"], said["author"], again["id"]) == (2, "Alex Tremblay", said["id"])
    noted = await alex.do(f"{talk}/notes", {"text": "calm", "client_note_id": "n1"})
    assert (noted["seq"], noted["text"]) == (2, "calm")
    await alex.do(f"{talk}/read", {"seq": 1})
    await alex.do(f"{talk}/typing", {"on": True})
    shown = await alex.read(talk)
    assert (shown["state"], shown["assignee"]["name"], shown["staff_read_seq"]) == ("human", "Alex Tremblay", 1)
    assert "hand_back" in shown["can"]
    await alex.do(f"{talk}/hand-back", {"line": "The guide goes on."})
    page = await alex.read(f"{talk}/timeline")
    assert [message["text"] for message in page["messages"][:3]] == [
        "a person please",
        "I am here.",
        "The guide goes on.",
    ]
    assert [note["text"] for note in page["notes"]] == ["calm"]
    assert [each["name"] for each in page["events"]][:2] == ["handoff.taken", "handoff.handed_back"]


async def test_snoozed_woken_resolved(desk: Desk, sign_in: SignIn) -> None:
    alex = await sign_in("agent")
    talk = await _waiting(desk)
    await alex.do(f"{talk}/snooze", {"until": "2026-11-21T20:00:00Z"})
    assert (await alex.read("counts"))["snoozed"] == 1
    await alex.do(f"{talk}/wake")
    assert (await alex.read("counts"))["waiting"] == 1
    await alex.do(f"{talk}/take")
    await alex.do(f"{talk}/resolve")
    found = await alex.read("conversations?view=resolved")
    assert [card["id"] for card in found["conversations"]] == [talk.rpartition("/")[2]]


async def test_who_comes_second_is_told_who_was_first(desk: Desk, sign_in: SignIn) -> None:
    alex, bo = await sign_in("agent"), await sign_in("agent", "Bo Singh")
    talk = await _waiting(desk)
    await bo.do(f"{talk}/take")
    status, kind, problem = await _refused(alex, f"{talk}/take")
    assert (status, kind, problem["assignee"]) == (409, "taken", {"id": bo.actor.id, "name": "Bo Singh"})
    assert (await alex.get(talk)).status == 404
    assert (await _refused(alex, f"{talk}/reply", {"text": "x", "client_message_id": "1"}))[0] == 404


async def test_only_the_assignee_speaks_and_only_a_supervisor_reassigns(desk: Desk, sign_in: SignIn) -> None:
    alex, bo, chief = await sign_in("agent"), await sign_in("agent", "Bo Singh"), await sign_in("supervisor", "Chi")
    talk = await _waiting(desk)
    reply = {"text": "hello", "client_message_id": "1"}
    status, kind, problem = await _refused(alex, f"{talk}/reply", reply)
    assert (status, kind, problem.get("assignee")) == (409, "not-held", None)
    await alex.do(f"{talk}/take")
    status, kind, problem = await _refused(chief, f"{talk}/reply", reply)
    assert (status, kind, problem["assignee"]["name"]) == (409, "not-held", "Alex Tremblay")
    await chief.do(f"{talk}/assign", {"staff_id": bo.actor.id})
    assert (await bo.read(talk))["assignee"]["name"] == "Bo Singh"
    # Alex had it and may see it no more than anybody else who never held it last.
    assert (await _refused(alex, f"{talk}/assign", {"staff_id": alex.actor.id}))[0] == 404


@pytest.mark.parametrize(
    ("act", "body", "field"),
    [
        ("snooze", {"until": "2026-11-20T12:00:00Z"}, "until"),
        ("snooze", {"until": "2026-11-22T12:00:00"}, "until"),
        ("snooze", {"until": "9999-12-31T23:59:59-12:00"}, "until"),
        ("assign", {"staff_id": "staff:nobody"}, "staff_id"),
        ("assign", {"staff_id": "\x00"}, "staff_id"),
        ("reply", {"text": " ", "client_message_id": "1"}, "text"),
        ("reply", {"text": "hello", "client_message_id": ""}, "client_message_id"),
        ("notes", {"text": "hello", "client_note_id": "a\nb"}, "client_note_id"),
        ("notes", {"text": "x" * 2001, "client_note_id": "1"}, "text"),
        ("hand-back", {"line": ""}, "line"),
        ("read", {"seq": -1}, "seq"),
        ("typing", {"on": 1}, "on"),
    ],
)
async def test_a_wrong_field_is_named(desk: Desk, sign_in: SignIn, act: str, body: Any, field: str) -> None:
    alex = await sign_in("agent")
    talk = await _waiting(desk)
    status, kind, problem = await _refused(alex, f"{talk}/{act}", body)
    assert (status, kind, problem["errors"][0]["field"]) == (422, "wrong-field", field)


async def test_what_does_not_follow_from_the_state_is_a_conflict(desk: Desk, sign_in: SignIn) -> None:
    chief = await sign_in("supervisor")
    ended = f"conversations/{await conversation(desk.database, state='closed')}"
    for act, body in (
        ("take", {}),
        ("assign", {"staff_id": chief.actor.id}),
        ("snooze", {"until": "2026-11-22T12:00:00Z"}),
    ):
        assert (await _refused(chief, f"{ended}/{act}", body))[:2] == (409, "wrong-state")


async def test_a_look_at_a_conversation_is_audited_once_for_each_opening(desk: Desk, sign_in: SignIn) -> None:
    chief, alex = await sign_in("supervisor"), await sign_in("agent")
    talk = await _waiting(desk)

    async def entries() -> list[str]:
        found = (await chief.read("audit"))["entries"]
        return [entry["actor"]["id"] for entry in found if entry["action"] == VIEWED]

    unattended = {"X-Unattended": "1"}
    await chief.read(talk)
    for part in ("timeline", "timeline?before=1", "summary"):
        await chief.read(f"{talk}/{part}")
    await chief.read(talk, headers=unattended)
    assert await entries() == [chief.actor.id]
    # Who goes round the opening is noted too, however the request calls itself.
    await alex.read(f"{talk}/timeline", headers=unattended)
    await alex.read(f"{talk}/timeline")
    assert await entries() == [alex.actor.id, chief.actor.id]
    desk.watch.forward(minutes=5)
    await chief.read(talk)
    assert await entries() == [chief.actor.id, alex.actor.id, chief.actor.id]
