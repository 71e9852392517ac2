"""The conversation over HTTP, as the contract has it, row by row."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse

from tests.channels.web.conftest import Guide, Talk


async def problem(response: ClientResponse, status: int) -> dict[str, Any]:
    assert response.status == status, await response.text()
    assert response.content_type == "application/problem+json"
    details: dict[str, Any] = await response.json()
    assert details["status"] == status
    assert details["type"].startswith("urn:nexus-guide:problem:")
    assert details["title"] and details["detail"]
    assert "Traceback" not in str(details)
    return details


def fields(details: dict[str, Any]) -> list[str]:
    return [error["field"] for error in details["errors"]]


async def test_starting_gives_id_token_state_and_the_greeting(guide: Guide) -> None:
    talk = await guide.start(language=None)
    assert set(talk.started) >= {"conversation_id", "token", "state", "messages"}
    assert talk.started["state"] == "bot"
    (greeting,) = talk.started["messages"]
    assert set(greeting) >= {"id", "seq", "sender", "text", "language", "buttons", "created_at", "meta"}
    assert (greeting["seq"], greeting["sender"], greeting["text"]) == (1, "bot", "Bonjour / Hello")


async def test_an_answer_is_the_message_as_stored_and_then_the_replies(guide: Guide) -> None:
    talk = await guide.start()
    answer = await talk.say("my number is 981 234 567")
    assert answer["state"] == "bot"
    mine, *replies = answer["messages"]
    assert (mine["seq"], mine["sender"], mine["text"]) == (2, "traveller", "my number is •••••••••••")
    assert [reply["seq"] for reply in replies] == [3, 4]
    assert mine["created_at"].endswith("Z")


async def test_what_a_button_means_does_not_go_out(guide: Guide) -> None:
    talk = await guide.start()
    answer = await talk.say("verify")
    assert answer["messages"][1]["buttons"] == [{"title": "Why?", "payload": "why"}]
    assert "ask_why" not in json.dumps(answer)


async def test_the_same_client_message_id_gives_the_same_answer(guide: Guide) -> None:
    talk = await guide.start()
    first = await talk.say("once", "c1")
    assert await talk.say("once", "c1") == first
    assert len((await talk.after(0))["messages"]) == 4


async def test_the_same_client_message_id_with_another_text_is_refused(guide: Guide) -> None:
    talk = await guide.start()
    await talk.say("one", "c1")
    assert fields(await problem(await talk.send("two", "c1"), 422)) == ["client_message_id"]


async def test_twenty_messages_at_once_are_numbered_without_a_gap(guide: Guide) -> None:
    talk = await guide.start()
    await asyncio.gather(*(talk.say(f"number {n}", f"c{n}") for n in range(20)))
    messages = (await talk.after(0))["messages"]
    assert [message["seq"] for message in messages] == list(range(1, 62))


async def test_catching_up_gives_what_came_after(guide: Guide) -> None:
    talk = await guide.start()
    await talk.say("hello")
    assert [message["seq"] for message in (await talk.after(2))["messages"]] == [3, 4]
    assert (await talk.after(4)) == {"messages": [], "state": "bot"}


async def test_a_body_that_is_not_encoded_as_it_says_is_refused(guide: Guide) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    await problem(await guide.client.post("/api/v1/conversations", data=b"{}", headers=headers), 400)


async def test_who_sends_too_slowly_is_not_waited_for(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.http.body.BODY_SECONDS", 0.01)
    sent = asyncio.Event()

    async def never_ending() -> AsyncIterator[bytes]:
        yield b'{"channel":'
        await sent.wait()

    headers = {"Content-Type": "application/json"}
    async with guide.client.post("/api/v1/conversations", data=never_ending(), headers=headers) as response:
        await problem(response, 408)
        sent.set()


async def test_who_hangs_up_or_sends_rubbish_leaves_nothing_of_it_in_the_log(
    guide: Guide, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    head = b"POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\n"
    head += b"Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
    for request, logged in ((head, " 499 "), (b"GET /verify/secret HTTP/9.9\r\n\r\n", "could not be served")):
        _, writer = await asyncio.open_connection(guide.client.host, guide.client.port)
        writer.write(request)
        await writer.drain()
        await (await guide.client.get("/healthz")).read()
        writer.close()
        await writer.wait_closed()
        async with asyncio.timeout(10):
            while logged not in caplog.text:
                await (await guide.client.get("/healthz")).read()
    assert "secret" not in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "٣"])
async def test_a_wrong_after_is_named(guide: Guide, after: str) -> None:
    talk = await guide.start()
    response = await guide.client.get(f"{talk.path}/messages", params={"after": after}, headers=talk.headers)
    assert fields(await problem(response, 422)) == ["after"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic abc"},
        {"Authorization": "Bearer " + "x" * 5000},
    ],
)
@pytest.mark.parametrize("known", [True, False])
async def test_no_token_or_a_wrong_one_is_401_whether_the_conversation_exists_or_not(
    guide: Guide, headers: dict[str, str], known: bool
) -> None:
    talk = await guide.start()
    path = talk.path if known else "/api/v1/conversations/nobody"
    response = await guide.client.get(f"{path}/messages", headers=headers)
    await problem(response, 401)
    assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_somebody_elses_conversation_looks_like_an_unknown_one(guide: Guide) -> None:
    mine, other = await guide.start(), await guide.start()
    answers = []
    for path in (other.path, "/api/v1/conversations/nobody"):
        for method in ("GET", "POST"):
            body = {"json": {"text": "x", "client_message_id": "c"}} if method == "POST" else {}
            response = await guide.client.request(method, f"{path}/messages", headers=mine.headers, **body)
            answers.append(await problem(response, 404))
    assert all(answer == answers[0] for answer in answers)
    assert len((await other.after(0))["messages"]) == 1


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"text": "", "client_message_id": "c"}, 422, "text"),
        ({"text": " \n\u200f ", "client_message_id": "c"}, 422, "text"),
        ({"text": "a\x00b", "client_message_id": "c"}, 422, "text"),
        ({"text": 5, "client_message_id": "c"}, 422, "text"),
        ({"text": None, "client_message_id": "c"}, 422, "text"),
        ({"client_message_id": "c"}, 422, "text"),
        ({"text": "x"}, 422, "client_message_id"),
        ({"text": "x", "client_message_id": ""}, 422, "client_message_id"),
        ({"text": "x", "client_message_id": "y" * 129}, 422, "client_message_id"),
        ({"text": "x", "client_message_id": "a\nb"}, 422, "client_message_id"),
        ({"text": "x" * 2001, "client_message_id": "c"}, 413, "text"),
        ({"text": "😀" * 2001, "client_message_id": "c"}, 413, "text"),
        ([], 422, ""),
        ("text", 422, ""),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_stored(guide: Guide, body: Any, status: int, field: str) -> None:
    talk = await guide.start()
    response = await guide.client.post(f"{talk.path}/messages", json=body, headers=talk.headers)
    assert fields(await problem(response, status)) == [field]
    assert len((await talk.after(0))["messages"]) == 1


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"text": NaN}', "application/json", 400),
        (b'{"text": "\xff", "client_message_id": "c"}', "application/json", 400),
        (b'{"text": "\\ud800 half", "client_message_id": "c"}', "application/json", 400),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b'{"text": "' + b"x" * 70_000 + b'"}', "application/json", 413),
        (b"text=x&client_message_id=c", "application/x-www-form-urlencoded", 415),
        (b'{"text": "x", "client_message_id": "c"}', "text/plain", 415),
        (b'{"text": "x", "client_message_id": "c"}', "application/json; charset=utf-16", 415),
    ],
    ids=lambda value: repr(value)[:30],
)
async def test_a_body_that_cannot_be_read_is_refused(guide: Guide, body: bytes, media_type: str, status: int) -> None:
    talk = await guide.start()
    headers = {**talk.headers, "Content-Type": media_type}
    await problem(await guide.client.post(f"{talk.path}/messages", data=body, headers=headers), status)
    assert len((await talk.after(0))["messages"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "😀" * 2000,
        "\u202eabc\u200f",
        "<img src=x onerror=alert(1)>",
        "/restart",
        '/check_status{"airport": "YVR"}',
        "a\r\nb",
    ],
)
async def test_unusual_text_comes_back_as_it_was(guide: Guide, text: str) -> None:
    talk = await guide.start()
    assert (await talk.say(text))["messages"][0]["text"] == text
    assert guide.dialogue.heard[0].text == text


async def test_a_wrong_method_says_which_are_right(guide: Guide) -> None:
    response = await guide.client.delete("/api/v1/conversations")
    await problem(response, 405)
    assert response.headers["Allow"] == "POST"
    await problem(await guide.client.get("/api/v1/nothing"), 404)


async def test_more_than_thirty_messages_a_minute_are_too_many(guide: Guide) -> None:
    talk = await guide.start()
    for n in range(30):
        await talk.say(f"number {n}")
    response = await talk.send("one more", "last")
    await problem(response, 429)
    assert response.headers["Retry-After"] == "2"
    guide.watch.forward(seconds=2)
    await talk.say("one more", "last")
    await (await guide.start()).say("another conversation is not concerned")


async def test_too_many_new_conversations_from_one_address(guide: Guide) -> None:
    for _ in range(300):
        await guide.start()
    response = await guide.client.post("/api/v1/conversations", json={})
    await problem(response, 429)
    assert int(response.headers["Retry-After"]) >= 1


@pytest.mark.parametrize(
    ("body", "field"),
    [({"channel": "sms"}, "channel"), ({"language": "de"}, "language"), ({"language": 1}, "language")],
)
async def test_a_conversation_of_another_kind_is_refused(guide: Guide, body: dict[str, Any], field: str) -> None:
    assert fields(await problem(await guide.client.post("/api/v1/conversations", json=body), 422)) == [field]


async def test_an_answer_that_fails_is_an_apology(guide: Guide) -> None:
    async def fail(_inbound: object) -> None:
        raise RuntimeError("secret")

    guide.dialogue.script = fail
    talk = await guide.start()
    answer = await talk.say("hello")
    assert "sorry" in answer["messages"][1]["text"]


async def test_a_defect_is_a_500_that_says_nothing_of_it(
    guide: Guide, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    talk = await guide.start()

    async def broken(*_: object) -> None:
        raise RuntimeError("secret 981234567")

    monkeypatch.setattr("bot.conversations.service.Conversations.catch_up", broken)
    details = await problem(await guide.client.get(f"{talk.path}/messages", headers=talk.headers), 500)
    assert "secret" not in str(details)
    assert "RuntimeError" in caplog.text
    assert "981234567" not in caplog.text


async def test_no_token_and_no_text_is_logged(guide: Guide, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    talk: Talk = await guide.start()
    answer = await talk.say("verify")
    await guide.client.get(answer["messages"][1]["meta"]["link"]["url"])
    await guide.client.get(f"{talk.path}/messages?after=0&token={talk.token}", headers=talk.headers)
    link_token = answer["messages"][1]["meta"]["link"]["url"].rpartition("/")[2]
    assert talk.id in caplog.text
    assert "/verify/{token} 200" in caplog.text
    assert talk.token not in caplog.text
    assert link_token not in caplog.text


@pytest.mark.parametrize("path", ["/", "/static/nexus-guide-chat.js", "/healthz", "/nothing", "/verify/nothing"])
async def test_browsers_are_told_to_be_careful(guide: Guide, path: str) -> None:
    response = await guide.client.get(path)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
