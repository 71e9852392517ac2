"""What is sent to Slack, what its answers mean, and how a lost answer is made up for."""

import logging
from collections.abc import AsyncIterator

import pytest

from bot.channels.slack.api import Api
from bot.channels.slack.checking import check
from bot.channels.slack.outgoing import find, send
from bot.channels.slack.settings import Options
from bot.conversations.outbox.port import Letter, NotSentError, Part, RefusedError, Sent, UnclearError
from bot.conversations.transcript import ShownButton
from tests.channels.slack.fake_slack import ALERTS, DIRECT, SECRET, TEAM, TOKEN, FakeSlack, fake_slack
from tests.record.scripted import NOON


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as running:
        yield running


@pytest.fixture
async def api(slack: FakeSlack) -> AsyncIterator[Api]:
    made = Api(slack.url, TOKEN)
    yield made
    await made.close()


def letter(part: Part, key: str = "key", address: str = DIRECT) -> Letter:
    return Letter(address, part, key, "en", NOON, NOON, since=NOON)


async def test_a_part_is_a_message_with_blocks_and_its_text_for_who_cannot_see_them(slack: FakeSlack, api: Api) -> None:
    link = "https://guide.example/verify/x"
    part = Part(f"*Who* <!here>?\nOpen: {link}", (ShownButton("Yes", "yes"),), link=link, link_title="Open")
    sent = await send(api, letter(part))
    (message,) = slack.posted
    assert sent == Sent(message["ts"])
    assert message["text"] == "*Who* &lt;!here&gt;?"
    shown, actions = message["blocks"]
    assert shown["elements"][0]["elements"] == [{"type": "text", "text": "*Who* <!here>?"}]
    assert [(key.get("url"), key.get("value")) for key in actions["elements"]] == [(link, None), (None, "yes")]


@pytest.mark.parametrize(
    ("word", "failure"),
    [
        ("channel_not_found", "unknown_address"),
        ("is_archived", "unknown_address"),
        ("restricted_action", "blocked"),
        ("msg_too_long", "rejected"),
    ],
)
async def test_what_will_never_arrive(slack: FakeSlack, api: Api, word: str, failure: str) -> None:
    slack.trouble = [(200, word, {})]
    with pytest.raises(RefusedError) as raised:
        await send(api, letter(Part("Hello")))
    assert raised.value.failure == failure


@pytest.mark.parametrize(
    ("trouble", "known"),
    [
        ((429, "ratelimited", {"Retry-After": "30"}), (30, False)),
        ((200, "token_revoked", {}), (None, True)),
        ((200, "missing_scope", {}), (None, True)),
        ((503, "service_unavailable", {"Retry-After": "5"}), (5, True)),
    ],
)
async def test_what_did_not_arrive_and_may_later(
    slack: FakeSlack, api: Api, trouble: tuple[int, str, dict[str, str]], known: tuple[float | None, bool]
) -> None:
    slack.trouble = [trouble]
    with pytest.raises(NotSentError) as raised:
        await send(api, letter(Part("Hello")))
    assert (raised.value.retry_after, raised.value.everybody) == known


async def test_a_message_whose_answer_was_lost_is_found_by_its_key(slack: FakeSlack, api: Api) -> None:
    slack.trouble = ["drop"]
    with pytest.raises(UnclearError):
        await send(api, letter(Part("Hello"), "one"))
    assert len(slack.posted) == 1  # the SDK must not send it again by itself
    assert await find(api, letter(Part("Hello"), "one")) == Sent(slack.posted[0]["ts"])
    assert await find(api, letter(Part("Hello"), "two")) is None


async def test_a_server_error_is_unclear(slack: FakeSlack, api: Api) -> None:
    for trouble in ((500, "", {}), (200, "internal_error", {})):
        slack.trouble = [trouble]
        with pytest.raises(UnclearError):
            await send(api, letter(Part("Hello")))


async def test_an_app_that_may_not_read_cannot_be_asked(slack: FakeSlack, api: Api) -> None:
    slack.scopes = "chat:write"
    with pytest.raises(UnclearError):
        await find(api, letter(Part("Hello")))


async def test_what_is_said_is_never_logged(api: Api, slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    slack.trouble = [(200, "msg_too_long", {})]
    with pytest.raises(RefusedError) as raised:
        await send(api, letter(Part("98000001")))
    await send(api, letter(Part("98000001")))
    assert "98000001" not in caplog.text + str(raised.value)
    assert DIRECT not in caplog.text + str(raised.value)


async def test_check_names_the_workspace_and_what_is_missing(slack: FakeSlack, api: Api) -> None:
    options = Options(slack_bot_token=TOKEN, slack_signing_secret=SECRET, slack_alerts_channel=ALERTS)
    good = await check(api, options, NOON)
    assert all(each.good for each in good)
    assert TEAM in good[0].what and "#nexus-desk" in good[-1].what
    slack.scopes, slack.is_member = "chat:write", False
    bad = await check(api, options, NOON)
    assert [each.good for each in bad] == [True, False, False]
    assert "im:history" in bad[1].what
    wrong = Api(slack.url, "xoxb-wrong")
    (finding,) = await check(wrong, options, NOON)
    assert not finding.good and "invalid_auth" in finding.what
    await wrong.close()
