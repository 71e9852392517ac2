"""The WebSocket: who may open it, and that it shows everything once and in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from bot.audit.actor import Actor
from bot.conversations.broadcast import Read, Typing
from bot.conversations.dialogue_port import Answer, Inbound
from bot.conversations.held import locked
from bot.desk import keys as desk_keys
from bot.http import keys
from tests.channels.web.conftest import PORTAL, Guide, Talk
from tests.record.scripted import answer

Socket = ClientWebSocketResponse[bool]


@asynccontextmanager
async def open_socket(talk: Talk, after: int = 0, **rest: Any) -> AsyncIterator[Socket]:
    async with talk.guide.client.ws_connect(f"{talk.path}/ws?after={after}", **rest) as socket:
        yield socket


@asynccontextmanager
async def watching(talk: Talk, after: int = 0) -> AsyncIterator[Socket]:
    async with open_socket(talk, after) as socket:
        await socket.send_json({"type": "auth", "token": talk.token})
        yield socket


async def until(socket: Socket, kind: str) -> list[dict[str, Any]]:
    frames = []
    async with asyncio.timeout(10):
        while not frames or frames[-1]["type"] != kind:
            frames.append(await socket.receive_json())
    return frames


async def messages(socket: Socket, count: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while len(found) < count:
        found.append((await until(socket, "message"))[-1]["message"])
    return found


async def closed_with(socket: Socket) -> int | None:
    async with asyncio.timeout(10):
        while (await socket.receive()).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
            pass
    return socket.close_code


async def test_says_ready_and_then_what_came_after(guide: Guide) -> None:
    talk = await guide.start()
    await talk.say("hello")
    async with watching(talk, after=2) as socket:
        assert await socket.receive_json() == {"type": "ready", "seq": 4, "state": "bot"}
        assert [message["seq"] for message in await messages(socket, 2)] == [3, 4]


async def test_shows_a_turn_as_it_happens(guide: Guide) -> None:
    talk = await guide.start()
    async with watching(talk, after=1) as socket:
        await until(socket, "ready")
        guide.dialogue.hold = asyncio.Event()
        sending = asyncio.create_task(talk.say("hello"))
        frames = await until(socket, "typing")
        assert [frame["type"] for frame in frames if frame["type"] == "message"] == ["message"]
        assert {"type": "delivered", "client_message_id": "c1", "seq": 2} in frames
        assert frames[-1] == {"type": "typing", "sender": "bot", "on": True}
        guide.dialogue.hold.set()
        frames = await until(socket, "typing")
        assert [frame["message"]["seq"] for frame in frames if frame["type"] == "message"] == [3, 4]
        assert frames[-1] == {"type": "typing", "sender": "bot", "on": False}
        await sending


async def test_takes_messages_and_answers_pings_meanwhile(guide: Guide) -> None:
    talk = await guide.start()
    async with watching(talk, after=1) as socket:
        await until(socket, "ready")
        guide.dialogue.hold = asyncio.Event()
        await socket.send_json({"type": "message", "text": "hello", "client_message_id": "c1"})
        await guide.dialogue.hearing.wait()
        await socket.send_json({"type": "ping"})
        await until(socket, "pong")
        guide.dialogue.hold.set()
    assert (await talk.say("hello", "c1"))["messages"][1]["text"] == "You said: hello"
    assert len(guide.dialogue.heard) == 1


async def test_two_sockets_see_the_same_in_the_same_order_under_twenty_messages(guide: Guide) -> None:
    talk = await guide.start()
    async with watching(talk) as one, watching(talk) as two:
        await until(one, "ready")
        await until(two, "ready")
        await asyncio.gather(*(talk.say(f"number {n}", f"c{n}") for n in range(20)))
        for socket in (one, two):
            assert [message["seq"] for message in await messages(socket, 61)] == list(range(1, 62))


async def test_after_a_broken_connection_nothing_is_lost_or_doubled(guide: Guide) -> None:
    talk = await guide.start()
    async with watching(talk) as socket:
        seen = await messages(socket, 1)
        await talk.say("one")
        seen += await messages(socket, 1)
    await talk.say("two")
    async with watching(talk, after=seen[-1]["seq"]) as socket:
        seen += await messages(socket, 5)
    assert [message["seq"] for message in seen] == list(range(1, 8))


async def test_tells_when_somebody_else_has_the_conversation(guide: Guide) -> None:
    async def hand_over(_inbound: Inbound) -> Answer:
        return answer("A person will answer.", state="waiting")

    guide.dialogue.script = hand_over
    talk = await guide.start()
    async with watching(talk) as socket:
        await until(socket, "ready")
        await talk.say("a person")
        assert (await until(socket, "state"))[-1] == {"type": "state", "state": "waiting"}


@pytest.mark.parametrize(
    "first", ['{"type": "auth", "token": "wrong"}', '{"type": "auth"}', '{"type": "ping"}', "nonsense", "[]", ""]
)
async def test_ws_rejects_a_wrong_first_frame(guide: Guide, first: str) -> None:
    talk = await guide.start()
    async with open_socket(talk) as socket:
        await socket.send_str(first)
        frame = await socket.receive_json()
        assert (frame["type"], frame["status"]) == ("error", 401)
        assert await closed_with(socket) == 4401


async def test_ws_rejects_another_conversations_token_as_if_this_one_were_unknown(guide: Guide) -> None:
    mine, other = await guide.start(), await guide.start()
    for talk in (other, Talk(guide, "nobody", "", {})):
        async with open_socket(talk) as socket:
            await socket.send_json({"type": "auth", "token": mine.token})
            assert (await socket.receive_json())["status"] == 404
            assert await closed_with(socket) == 4404


async def test_ws_rejects_silence(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web.socket.AUTH_SECONDS", 0.01)
    talk = await guide.start()
    async with open_socket(talk) as socket:
        assert (await socket.receive_json())["status"] == 401
        assert await closed_with(socket) == 4401


async def test_one_conversation_may_not_fill_the_guide_with_sockets(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.web.socket.SOCKETS_PER_CONVERSATION", 1)
    talk = await guide.start()
    async with watching(talk) as first:
        await until(first, "ready")
        async with watching(talk) as second:
            assert (await second.receive_json())["status"] == 429
            assert await closed_with(second) == 4429
        async with watching(await guide.start()) as other:
            await until(other, "ready")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "https://", "http://["]
)
async def test_ws_rejects_cross_origin(guide: Guide, origin: str) -> None:
    talk = await guide.start()
    with pytest.raises(WSServerHandshakeError) as caught:
        async with open_socket(talk, origin=origin):
            pass
    assert caught.value.status == 403


async def test_ws_welcomes_its_own_page_the_portals_and_programs(guide: Guide) -> None:
    talk = await guide.start()
    own = str(guide.client.make_url("/")).rstrip("/")
    for origin in (own, "http://127.0.0.1:8080", PORTAL, None):
        async with open_socket(talk, origin=origin) as socket:
            await socket.send_json({"type": "auth", "token": talk.token})
            await until(socket, "ready")


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        ({"type": "message", "text": "", "client_message_id": "bad"}, 422),
        ({"type": "message", "text": "x" * 2001, "client_message_id": "bad"}, 413),
        ({"type": "message", "text": "x"}, 422),
        ({"type": "nonsense"}, 400),
        ([], 400),
    ],
)
async def test_a_bad_frame_is_refused_and_the_socket_stays(guide: Guide, frame: Any, status: int) -> None:
    talk = await guide.start()
    async with watching(talk) as socket:
        await until(socket, "ready")
        await socket.send_json(frame)
        error = (await until(socket, "error"))[-1]
        assert error["status"] == status
        if status == 413 or (status == 422 and frame.get("client_message_id")):
            assert error["client_message_id"] == "bad"
        await socket.send_json({"type": "ping"})
        await until(socket, "pong")
    assert len((await talk.after(0))["messages"]) == 1


async def test_too_many_messages_are_refused_with_the_time_to_wait(guide: Guide) -> None:
    talk = await guide.start()
    async with watching(talk) as socket:
        await until(socket, "ready")
        for n in range(31):
            await socket.send_json({"type": "message", "text": "x", "client_message_id": f"c{n}"})
        error = (await until(socket, "error"))[-1]
        assert (error["status"], error["retry_after"], error["client_message_id"]) == (429, 2, "c30")


async def test_a_plain_request_is_told_to_be_a_websocket(guide: Guide) -> None:
    talk = await guide.start()
    assert (await guide.client.get(f"{talk.path}/ws")).status == 426


async def test_a_proved_identity_is_told_on_the_socket(guide: Guide) -> None:
    talk = await guide.start()
    async with guide.database.write() as session, locked(session, talk.id) as conversation:
        conversation.note("identity.proved", guide.watch(), pending=True)
    async with watching(talk, after=1) as socket:
        await until(socket, "ready")
        await talk.say("anything")
        texts = [message["text"] for message in await messages(socket, 4)]
    assert texts[:2] == ["anything", "Proved: None"]


async def test_typing_and_read_marks_go_both_ways(guide: Guide) -> None:
    talk = await guide.start()
    app, marie = guide.client.app, Actor("staff:1", "Marie")
    assert app is not None
    handover, broadcast = app[desk_keys.HANDOVER], app[keys.CONVERSATIONS].broadcast
    await handover.take(talk.id, marie)
    await handover.reply(talk.id, marie, "Good morning.", "r1")
    async with watching(talk) as socket:
        assert "staff_read_seq" not in (await until(socket, "ready"))[-1]
        shown = (await messages(socket, 2))[-1]
        assert (shown["sender"], shown["meta"]["author"]) == ("staff", {"name": "Marie"})
        with broadcast.watch(talk.id) as watcher:
            for frame, seen in (
                ({"type": "typing", "on": True}, Typing(True, "traveller")),
                ({"type": "read", "seq": 2}, Read("traveller", 2)),
            ):
                await socket.send_json(frame)
                async with asyncio.timeout(10):
                    assert await watcher.next() == seen
        await handover.typing(talk.id, marie, True)
        assert (await until(socket, "typing"))[-1] == {"type": "typing", "sender": "staff", "on": True}
        await handover.read_by_staff(talk.id, marie, 1)
        assert (await until(socket, "read"))[-1] == {"type": "read", "by": "staff", "seq": 1}
    async with watching(talk, after=2) as again:
        assert (await until(again, "ready"))[-1]["staff_read_seq"] == 1
