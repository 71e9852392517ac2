"""What is sent to Telegram, and what its answers mean."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.telegram.api import Api
from bot.channels.telegram.checking import check
from bot.channels.telegram.outgoing import send
from bot.conversations.outbox.port import Letter, NotSentError, Part, RefusedError, UnclearError
from bot.conversations.transcript import ShownButton
from tests.channels.telegram.fake_telegram import CHAT, TOKEN, FakeTelegram, fake_telegram
from tests.record.scripted import NOON

HOOK = "https://guide.example/channels/telegram"


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as running:
        yield running


@pytest.fixture
async def api(telegram: FakeTelegram) -> AsyncIterator[Api]:
    made = Api(telegram.url, TOKEN)
    yield made
    await made.close()


def letter(part: Part, address: str = str(CHAT)) -> Letter:
    return Letter(address, part, "key", "en", NOON, NOON)


async def test_a_part_is_a_message_with_one_button_a_row(telegram: FakeTelegram, api: Api) -> None:
    buttons = (ShownButton("Yes", "yes"), ShownButton("No", "no"))
    part = Part("Is it <b>you_?", buttons, link="https://guide.example/verify/x", link_title="Open the form")
    sent = await send(api, letter(part))
    (message,) = telegram.sent
    assert sent.provider_id == str(message["message_id"])
    assert message["text"] == "Is it <b>you_?"
    rows = message["reply_markup"]["inline_keyboard"]
    assert [[key["text"] for key in row] for row in rows] == [["Open the form"], ["Yes"], ["No"]]
    assert rows[0][0]["url"] == "https://guide.example/verify/x"
    assert telegram.requests[0][1]["link_preview_options"] == {"is_disabled": True}


async def test_a_message_without_buttons_has_no_keyboard(telegram: FakeTelegram, api: Api) -> None:
    await send(api, letter(Part("Hello")))
    assert "reply_markup" not in telegram.sent[0]


@pytest.mark.parametrize(
    ("status", "description", "failure"),
    [
        (403, "Forbidden: bot was blocked by the user", "blocked"),
        (403, "Forbidden: user is deactivated", "blocked"),
        (400, "Bad Request: chat not found", "unknown_address"),
        (400, "Bad Request: inline keyboard button URL 'http://secret/verify' is invalid", "rejected"),
    ],
)
async def test_what_will_never_arrive(
    telegram: FakeTelegram, api: Api, status: int, description: str, failure: str
) -> None:
    telegram.trouble = [(status, {"description": description})]
    with pytest.raises(RefusedError) as raised:
        await send(api, letter(Part("Hello")))
    assert raised.value.failure == failure
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("status", "more", "known"),
    [
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 14}}, (14, False)),
        (401, {"description": "Unauthorized"}, (None, True)),
        (404, {"description": "Not Found"}, (None, True)),
        (503, {"description": "Service Unavailable"}, (None, True)),
    ],
)
async def test_what_did_not_arrive_and_may_later(
    telegram: FakeTelegram, api: Api, status: int, more: dict[str, Any], known: tuple[float | None, bool]
) -> None:
    telegram.trouble = [(status, more)]
    with pytest.raises(NotSentError) as raised:
        await send(api, letter(Part("Hello")))
    assert (raised.value.retry_after, raised.value.everybody) == known
    assert TOKEN not in str(raised.value)


async def test_a_cut_connection_and_a_server_error_are_unclear(telegram: FakeTelegram, api: Api) -> None:
    for trouble in ("drop", (500, {"description": "Internal Server Error"})):
        telegram.trouble = [trouble]
        with pytest.raises(UnclearError):
            await send(api, letter(Part("Hello")))


async def test_nobody_listening_is_not_sent(unused_tcp_port: int) -> None:
    api = Api(f"http://127.0.0.1:{unused_tcp_port}", TOKEN)
    with pytest.raises(NotSentError) as raised:
        await send(api, letter(Part("Hello")))
    assert raised.value.everybody
    await api.close()


async def test_check_names_the_bot_and_where_telegram_delivers(telegram: FakeTelegram, api: Api) -> None:
    bad = await check(api, HOOK)
    assert [each.good for each in bad] == [True, False]
    assert "@nexus_bot" in bad[0].what
    assert HOOK in bad[1].what and "setWebhook" in bad[1].what and TOKEN not in bad[1].what
    telegram.hook |= {"url": HOOK, "allowed_updates": ["message"]}
    assert "callback_query" in (await check(api, HOOK))[1].what
    telegram.hook |= {"allowed_updates": ["message", "edited_message", "callback_query"]}
    assert all(each.good for each in await check(api, HOOK))
    telegram.hook |= {"last_error_message": "Wrong response from the webhook: 401", "pending_update_count": 4}
    assert not (await check(api, HOOK))[-1].good


async def test_check_says_that_a_token_is_wrong(telegram: FakeTelegram) -> None:
    api = Api(telegram.url, "1:wrong")
    (finding,) = await check(api, HOOK)
    assert not finding.good and "TELEGRAM_BOT_TOKEN" in finding.what
    await api.close()
