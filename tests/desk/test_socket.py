"""The desk's live line: what is told to whom, in what order, and until when."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSServerHandshakeError

from bot.conversations.intake import SendMessage
from bot.db.engine import Database
from bot.desk import socket as desk_socket
from bot.desk.following import Changes
from bot.http import keys
from bot.staff import sessions
from tests.desk.clerks import OWN_ORIGIN, Clerk, Desk
from tests.desk.inserted import ALEX, BO, ago, conversation, note, viewer

SignIn = Callable[..., Awaitable[Clerk]]
Frame = dict[str, Any]


class Line:
    """A clerk's socket."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    async def tell(self, kind: str, **rest: Any) -> None:
        await self.socket.send_json({"type": kind, **rest})

    async def next(self, kind: str) -> Frame:
        """The next frame of this kind; others are passed over."""
        async with asyncio.timeout(5):
            while True:
                frame: Frame = await self.socket.receive_json()
                if frame["type"] == kind:
                    return frame

    async def silence(self) -> None:
        """Holds where nothing was told before the answer to a ping, but for signs that nothing follows."""
        await self.tell("ping")
        async with asyncio.timeout(5):
            assert (await self.socket.receive_json())["type"] == "pong"


async def _line(clerk: Clerk, origin: str | None = OWN_ORIGIN) -> Line:
    headers = {"Origin": origin} if origin is not None else {}
    line = Line(await clerk.client.ws_connect("/desk/ws", headers=headers))
    await line.next("ready")
    return line


@pytest.fixture(autouse=True)
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """No calm between two tellings, so that tests need not wait."""
    monkeypatch.setattr(desk_socket, "CALM_SECONDS", 0.0)


async def _waiting(desk: Desk, *said: str) -> str:
    return await conversation(desk.database, *said, state="waiting", waiting_since=ago(5), handoff_reason="asked")


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
async def test_only_our_own_pages_open_a_socket(desk: Desk, sign_in: SignIn, origin: str | None) -> None:
    alex = await sign_in("agent")
    with pytest.raises(WSServerHandshakeError) as refused:
        await _line(alex, origin)
    assert refused.value.status == 403


async def test_who_is_signed_out_opens_no_socket(desk: Desk) -> None:
    visitor = await desk.visitor()
    with pytest.raises(WSServerHandshakeError) as refused:
        await _line(visitor)
    assert refused.value.status == 401


async def test_what_changes_is_told_to_who_may_see_it(desk: Desk, sign_in: SignIn) -> None:
    alex, bo, chief = await sign_in("agent"), await sign_in("agent", "Bo Singh"), await sign_in("supervisor", "Chi")
    lines = {clerk.actor.name: await _line(clerk) for clerk in (alex, bo, chief)}
    talk = await _waiting(desk, "t: hello")
    await bo.do(f"conversations/{talk}/take")
    assert (await lines["Bo Singh"].next("changed"))["conversations"] == [talk]
    assert (await lines["Chi"].next("changed"))["conversations"] == [talk]
    # It left Alex's queue: that is told once, and not which it is.
    assert (await lines["Alex Tremblay"].next("changed"))["conversations"] == []
    await bo.do(f"conversations/{talk}/reply", {"text": "hello", "client_message_id": "1"})
    assert (await lines["Chi"].next("changed"))["conversations"] == [talk]
    await lines["Alex Tremblay"].silence()


async def test_the_watched_conversation_comes_in_order_once_and_without_a_gap(desk: Desk, sign_in: SignIn) -> None:
    alex = await sign_in("agent")
    talk = await _waiting(desk, *[f"t: number {seq}" for seq in range(1, 251)])
    await note(desk.database, talk, 100, "in between")
    line = await _line(alex)
    await line.tell("watch", conversation_id=talk, after=3)
    frames = [await line.next("timeline") for _ in range(3)]
    seqs = [message["seq"] for frame in frames for message in frame["messages"]]
    assert seqs == list(range(4, 251))
    assert [each["text"] for frame in frames for each in frame["notes"]] == ["in between"]
    await alex.do(f"conversations/{talk}/take")
    taken = await line.next("timeline")
    assert (taken["state"], taken["assignee"]["name"], taken["messages"]) == ("human", "Alex Tremblay", [])
    assert [each["name"] for each in taken["events"]] == ["handoff.taken"]
    await alex.do(f"conversations/{talk}/notes", {"text": "beside the last", "client_note_id": "1"})
    noted = await line.next("timeline")
    assert ([each["text"] for each in noted["notes"]], noted["events"]) == (["beside the last"], [])
    service = desk.app[keys.CONVERSATIONS]
    await service.receive(talk, SendMessage("are you there?", "c1"))
    assert [each["seq"] for each in (await line.next("timeline"))["messages"]] == [251]


async def test_typing_and_read_marks_go_both_ways(desk: Desk, sign_in: SignIn) -> None:
    alex, chief = await sign_in("agent"), await sign_in("supervisor", "Chi")
    talk = await _waiting(desk, "t: hello", "t: hello?")
    await alex.do(f"conversations/{talk}/take")
    alexs, chiefs = await _line(alex), await _line(chief)
    await chiefs.tell("watch", conversation_id=talk, after=2)
    await chiefs.next("timeline")
    await alexs.tell("typing", conversation_id=talk, on=True)
    assert await chiefs.next("typing") == {"type": "typing", "conversation_id": talk, "sender": "staff", "on": True}
    await alexs.tell("read", conversation_id=talk, seq=2)
    assert await chiefs.next("read") == {"type": "read", "conversation_id": talk, "by": "staff", "seq": 2}
    await chiefs.tell("unwatch")
    await chiefs.silence()
    await alexs.tell("typing", conversation_id=talk, on=False)
    await chiefs.silence()


async def test_what_somebody_else_has_is_not_told_any_more(desk: Desk, sign_in: SignIn) -> None:
    alex, bo = await sign_in("agent"), await sign_in("agent", "Bo Singh")
    talk = await _waiting(desk, "t: hello")
    line = await _line(alex)
    await line.tell("watch", conversation_id=talk, after=0)
    await line.next("timeline")
    await bo.do(f"conversations/{talk}/take")
    # From the one who watches all and from the one who watched this, in either order.
    told = [(await line.next("changed"))["conversations"] for _ in range(2)]
    assert sorted(told) == [[], [talk]]
    await bo.do(f"conversations/{talk}/reply", {"text": "between us", "client_message_id": "1"})
    await line.silence()
    for kind, rest in (("watch", {"after": 0}), ("read", {"seq": 1}), ("typing", {"on": True})):
        await line.tell(kind, conversation_id=talk, **rest)
        assert (await line.next("error"))["status"] == 404


@pytest.mark.parametrize(
    "frame",
    ["nonsense", "[]", '{"type":"watch"}', '{"type":"else"}', '{"type":"watch","conversation_id":"\\u0000","after":0}'],
)
async def test_a_wrong_frame_is_refused_and_the_line_goes_on(desk: Desk, sign_in: SignIn, frame: str) -> None:
    line = await _line(await sign_in("agent"))
    await line.socket.send_str(frame)
    assert (await line.next("error"))["status"] in (400, 404, 422)
    await line.silence()


@pytest.mark.parametrize("how", ["by a frame", "by a change", "by time"])
async def test_a_socket_outlives_no_session(
    desk: Desk, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "by time":
        monkeypatch.setattr(desk_socket, "CHECK_SECONDS", 0.01)
    alex, bo = await sign_in("agent"), await sign_in("agent", "Bo Singh")
    line = await _line(alex)
    talk = await _waiting(desk, "t: hello")
    assert alex.account is not None
    async with desk.database.write() as session:
        await sessions.end_all(session, alex.account.id)
    if how == "by a frame":
        await line.tell("watch", conversation_id=talk, after=0)
    elif how == "by a change":
        await bo.do(f"conversations/{talk}/notes", {"text": "not for Alex", "client_note_id": "1"})
    async with asyncio.timeout(5):
        assert await line.socket.receive_json() == {"type": "signed_out"}
        await line.socket.receive()
    assert line.socket.close_code == desk_socket.SIGNED_OUT


async def test_pings_do_not_keep_a_session_from_idling_out(desk: Desk, sign_in: SignIn) -> None:
    line = await _line(await sign_in("agent"))
    for _ in range(2):
        desk.watch.forward(minutes=14)
        await line.silence()
    desk.watch.forward(minutes=14)
    await line.tell("ping")
    assert await line.next("signed_out") == {"type": "signed_out"}


async def test_sockets_of_one_staff_member_are_bounded(
    desk: Desk, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_socket, "MOST_SOCKETS", 2)
    alex = await sign_in("agent")
    first, _second = await _line(alex), await _line(alex)
    with pytest.raises(WSServerHandshakeError) as refused:
        await _line(alex)
    assert refused.value.status == 429
    await first.socket.close()
    await _line(alex)


async def test_many_changes_are_sorted_by_who_may_see_them(database: Database) -> None:
    theirs = await conversation(database, state="human", assignee_id=BO.id, assignee_name="B", handoff_reason="asked")
    mine = await conversation(database, state="human", assignee_id=ALEX.id, assignee_name="A", handoff_reason="asked")
    guides = await conversation(database)
    changes = Changes()
    many = [theirs, mine, guides, *[f"none-{number}" for number in range(1_200)]]
    async with database.read() as session:
        assert await changes.of(session, viewer(), many) == [mine]
        assert await changes.of(session, viewer(), [theirs, guides]) is None
        assert await Changes().of(session, viewer(), [theirs]) == []
        assert await Changes().of(session, viewer(), [guides]) is None
        assert await changes.of(session, viewer(role="supervisor"), many) == sorted([theirs, mine, guides])
