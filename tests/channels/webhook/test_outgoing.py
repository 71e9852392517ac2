"""Sending to an integrator, and what each answer means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.webhook.outgoing import Outgoing
from bot.channels.webhook.settings import Options
from bot.conversations.outbox.port import Letter, NotSentError, Part, RefusedError, SendError, Sent, UnclearError
from bot.conversations.transcript import ShownButton
from tests.channels.webhook.fake_webhook import OLD_SECRET, SECRET, FakeWebhook, fake_webhook
from tests.record.scripted import NOON

PART = Part("Which one?", (ShownButton("The first", "first"),), "staff", "https://guide.example/verify/x", "The form")
LETTER = Letter("traveller-7", PART, "key-1", "fr", NOON, NOON, NOON)


def outgoing(fake: FakeWebhook, secret: str = SECRET) -> Outgoing:
    return Outgoing(Options(webhook_url=fake.url, webhook_secret=secret))


async def outcome(sender: Outgoing, letter: Letter = LETTER) -> Sent | SendError:
    try:
        return await sender.send(letter)
    except SendError as error:
        return error
    finally:
        await sender.close()


async def test_sends_everything_the_traveller_is_shown_signed_and_named() -> None:
    async with fake_webhook() as fake:
        assert await outcome(outgoing(fake)) == Sent("shown-key-1")
    assert fake.shown == [
        {
            "type": "message",
            "key": "key-1",
            "recipient": "traveller-7",
            "text": "Which one?",
            "language": "fr",
            "author": "staff",
            "buttons": [{"title": "The first", "payload": "first"}],
            "link": {"url": "https://guide.example/verify/x", "title": "The form"},
        }
    ]
    assert fake.headers[0]["Idempotency-Key"] == fake.headers[0]["Webhook-Id"] == "key-1"
    assert fake.headers[0]["Content-Type"] == "application/json"


async def test_a_repeat_under_the_same_key_is_taken_for_sent() -> None:
    async with fake_webhook() as fake:
        sender = outgoing(fake)
        fake.trouble = ["drop"]
        with pytest.raises(UnclearError):
            await sender.send(LETTER)
        assert await outcome(sender, replace(LETTER, now=NOON + timedelta(hours=1))) == Sent("shown-key-1")
    assert len(fake.tries) == 2
    assert len(fake.shown) == 1


@pytest.mark.parametrize(
    ("status", "body", "error", "failure"),
    [
        (410, "", RefusedError, "unknown_address"),
        (403, '{"failure": "unsubscribed"}', RefusedError, "unsubscribed"),
        (404, '{"failure": "unknown_address"}', RefusedError, "unknown_address"),
        (422, "nonsense", RefusedError, "rejected"),
        (400, '{"failure": "window"}', RefusedError, "window"),
        (500, "", UnclearError, None),
        (502, '{"failure": "blocked"}', UnclearError, None),
        (408, "", UnclearError, None),
    ],
)
async def test_answers_that_refuse_and_answers_that_leave_it_open(
    status: int, body: str, error: type[SendError], failure: str | None
) -> None:
    async with fake_webhook() as fake:
        fake.trouble = [(status, {}, body)]
        raised = await outcome(outgoing(fake))
    assert isinstance(raised, error)
    assert getattr(raised, "failure", None) == failure


@pytest.mark.parametrize(
    ("status", "headers", "retry_after", "everybody"),
    [
        (429, {"Retry-After": "17"}, 17.0, False),
        (429, {"Retry-After": "Sat, 21 Nov 2026 17:01:30 GMT"}, 90.0, False),
        (429, {"Retry-After": "soon"}, None, False),
        (503, {"Retry-After": "5"}, 5.0, True),
        (401, {}, None, True),
        (403, {}, None, True),
        (404, {}, None, True),
        (307, {"Location": "/elsewhere"}, None, True),
    ],
)
async def test_answers_after_which_nothing_has_arrived(
    status: int, headers: dict[str, str], retry_after: float | None, everybody: bool
) -> None:
    async with fake_webhook() as fake:
        fake.trouble = [(status, headers, "")]
        raised = await outcome(outgoing(fake))
    assert isinstance(raised, NotSentError)
    assert (raised.retry_after, raised.everybody) == (retry_after, everybody)
    assert len(fake.tries) == 1


async def test_a_strange_or_endless_answer_to_a_message_that_was_taken_is_no_error() -> None:
    async with fake_webhook() as fake:
        for text in ("not JSON", "[]", '{"id": 7}', "x" * 100_000, '{"id": "' + "x" * 300 + '"}'):
            fake.trouble = [(200, {}, text)]
            assert await outcome(outgoing(fake)) == Sent(None)


async def test_nobody_there_is_for_everybody_and_names_no_address() -> None:
    async with fake_webhook() as fake:
        pass
    raised = await outcome(outgoing(fake))
    assert isinstance(raised, NotSentError)
    assert raised.everybody
    assert "traveller-7" not in str(raised)
    assert "WEBHOOK_URL" in str(raised)


async def test_the_check_is_signed_and_shown_to_nobody() -> None:
    async with fake_webhook() as fake:
        for secret in (SECRET, OLD_SECRET):
            sender = outgoing(fake, secret)
            if secret == SECRET:
                await sender.check(NOON)
            else:
                with pytest.raises(NotSentError, match="WEBHOOK_SECRET"):
                    await sender.check(NOON)
            await sender.close()
    assert fake.checks == 1
    assert fake.tries == []
