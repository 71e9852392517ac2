import msgspec

from bot.audit.actor import Actor
from bot.audit.log import note
from bot.desk.cursors import cursor_of
from tests.desk.clerks import Desk
from tests.record.scripted import NOON

ALEX = Actor("staff:alex", "Alex Tremblay")
BO = Actor("staff:bo", "Bo Singh")


class _Forged(msgspec.Struct):
    id: int


async def _fill(desk: Desk, count: int) -> None:
    async with desk.database.write() as session:
        for number in range(count):
            actor = BO if number % 10 == 0 else ALEX
            await note(session, actor, "conversation.taken", "conversation", f"c{number}", NOON, {"number": number})


async def test_supervisors_read_the_audit_newest_first_page_by_page(desk: Desk) -> None:
    await _fill(desk, 120)
    supervisor = await desk.sign_in("supervisor")
    seen, cursor = [], ""
    for size in (50, 50, 20):
        page = await supervisor.read("audit", params={"cursor": cursor})
        assert len(page["entries"]) == size
        seen += page["entries"]
        cursor = page["next"]
    assert cursor is None
    assert [entry["data"]["number"] for entry in seen] == list(range(119, -1, -1))
    assert seen[0] == {
        "id": seen[0]["id"],
        "at": "2026-11-21T17:00:00Z",
        "actor": {"id": "staff:alex", "name": "Alex Tremblay"},
        "action": "conversation.taken",
        "object": {"kind": "conversation", "id": "c119"},
        "data": {"number": 119},
    }


async def test_it_can_be_narrowed_to_an_actor_and_an_object(desk: Desk) -> None:
    await _fill(desk, 21)
    supervisor = await desk.sign_in("supervisor")
    of_bo = await supervisor.read("audit", params={"actor": "Bo Singh"})
    assert [entry["object"]["id"] for entry in of_bo["entries"]] == ["c20", "c10", "c0"]
    of_c7 = await supervisor.read("audit", params={"object": "c7"})
    assert [entry["data"]["number"] for entry in of_c7["entries"]] == [7]


async def test_a_wrong_cursor_is_refused(desk: Desk) -> None:
    supervisor = await desk.sign_in("supervisor")
    of_no_entry = [cursor_of(_Forged(number)) for number in (2**64 - 1, 2**31, -1)]
    for cursor in ("nonsense", *of_no_entry):
        assert (await supervisor.get("audit", params={"cursor": cursor})).status == 422, cursor
