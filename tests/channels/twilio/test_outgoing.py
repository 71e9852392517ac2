"""Sending by Twilio, and finding what was sent."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.kind import Parts
from bot.channels.port import Channel
from bot.channels.sms.channel import KIND as SMS
from bot.channels.twilio import client
from bot.conversations.outbox.port import Letter, NotSentError, Part, RefusedError, SendError, Sent, UnclearError
from bot.settings import Settings
from bot.texts import Catalogue
from tests.channels.twilio.fake_twilio import NOON, NUMBER, SERVICE, TRAVELLER, FakeTwilio, Fault, fake_twilio

LETTER = Letter(TRAVELLER, Part("Bonjour à tous !"), "k1", "fr", NOON, NOON, since=NOON)


def _channel(fake: FakeTwilio, **more: str) -> Channel:
    environment = fake.environment(TWILIO_SMS_FROM=NUMBER) | more
    options = SMS.read(environment)
    settings = Settings(public_url="https://guide.example", environment=environment)
    return SMS.build(options, Parts(settings, Catalogue({})))


@pytest.fixture
async def fake() -> AsyncIterator[FakeTwilio]:
    async with fake_twilio() as fake:
        yield fake


@pytest.fixture
async def channel(fake: FakeTwilio) -> AsyncIterator[Channel]:
    channel = _channel(fake)
    yield channel
    await channel.close()


async def test_a_message_says_who_to_whom_what_and_where_to_call(channel: Channel, fake: FakeTwilio) -> None:
    assert await channel.send(LETTER) == Sent(fake.messages[0]["sid"])
    assert fake.requests == [
        {
            "To": TRAVELLER,
            "From": NUMBER,
            "Body": "Bonjour à tous !",
            "SmartEncoded": "false",
            "StatusCallback": "https://guide.example/channels/sms?key=k1",
        }
    ]


async def test_a_messaging_service_chooses_the_number_itself(fake: FakeTwilio) -> None:
    channel = _channel(fake, TWILIO_SMS_FROM=SERVICE)
    await channel.send(LETTER)
    await channel.close()
    assert fake.requests[0]["MessagingServiceSid"] == SERVICE
    assert "From" not in fake.requests[0]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(429, 20429, {"Retry-After": "7"}), NotSentError("Twilio answered 429, error 20429", retry_after=7.0)),
        (Fault(429, 20429), NotSentError("Twilio answered 429, error 20429")),
        (Fault(401, 20003), NotSentError("Twilio answered 401, error 20003", everybody=True)),
        (Fault(400, 21606), NotSentError("Twilio answered 400, error 21606", everybody=True)),
        (Fault(503, 20503), UnclearError("Twilio answered 503, error 20503")),
        (Fault(500, body="<html>"), UnclearError("Twilio answered 500, error 500")),
        (Fault(201, body="<html>"), UnclearError("Twilio's answer cannot be read (JSONDecodeError)")),
        (Fault(drops=True), UnclearError("Twilio's answer was lost (ServerDisconnectedError)")),
        (Fault(400, 21610), RefusedError("unsubscribed", "Twilio answered 400, error 21610")),
        (Fault(400, 21211), RefusedError("unknown_address", "Twilio answered 400, error 21211")),
        (Fault(400, 21408), RefusedError("rejected", "Twilio answered 400, error 21408")),
        (Fault(403, 21408), RefusedError("rejected", "Twilio answered 403, error 21408")),
        (Fault(400, 29999), RefusedError("rejected", "Twilio answered 400, error 29999")),
    ],
    ids=lambda value: f"{value.status}-{value.code}-{value.body}" if isinstance(value, Fault) else "",
)
async def test_an_error_says_what_is_known_and_nothing_about_whom(
    channel: Channel, fake: FakeTwilio, fault: Fault, expected: SendError
) -> None:
    fake.faults = [fault]
    with pytest.raises(type(expected)) as caught:
        await channel.send(LETTER)
    assert (str(caught.value), vars(caught.value)) == (str(expected), vars(expected))
    assert caught.value.__cause__ is None
    assert len(fake.requests) == 1  # the outbox tries again, nobody else


async def test_a_late_answer_leaves_it_unclear(
    channel: Channel, fake: FakeTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LONGEST", 0.1)
    fake.faults = [Fault(hangs=True)]
    with pytest.raises(UnclearError, match="TimeoutError"):
        await channel.send(LETTER)
    assert await channel.find(LETTER) == Sent(fake.messages[0]["sid"])


async def test_without_a_connection_nothing_was_sent_to_anybody(fake: FakeTwilio) -> None:
    channel = _channel(fake, TWILIO_API_URL="http://127.0.0.1:1")
    with pytest.raises(NotSentError, match="cannot be reached") as caught:
        await channel.send(LETTER)
    assert caught.value.everybody
    await channel.close()


async def test_of_the_same_text_sent_twice_the_one_that_nobody_claims_is_found(
    channel: Channel, fake: FakeTwilio
) -> None:
    before = await channel.send(replace(LETTER, key="k0"))
    assert before.provider_id is not None
    later = replace(LETTER, claimed=frozenset({before.provider_id}))
    assert await channel.find(later) is None
    fake.faults = [Fault(drops=True)]
    with pytest.raises(UnclearError):
        await channel.send(later)
    assert await channel.find(later) == Sent(fake.messages[1]["sid"])


async def test_neither_what_is_older_nor_another_text_nor_what_came_in_is_found(
    channel: Channel, fake: FakeTwilio
) -> None:
    await channel.send(LETTER)
    assert await channel.find(replace(LETTER, since=NOON + timedelta(hours=1))) is None
    assert await channel.find(replace(LETTER, part=Part("Bonjour"))) is None
    fake.messages[0] |= {"from": "+16135550199"}
    assert await channel.find(LETTER) is None, "another program of the account sent it"
    fake.messages[0] |= {"from": NUMBER, "direction": "inbound"}
    assert await channel.find(LETTER) is None


async def test_what_a_trial_account_puts_before_a_text_is_no_other_text(channel: Channel, fake: FakeTwilio) -> None:
    sent = await channel.send(LETTER)
    fake.messages[0]["body"] = f"Sent from your Twilio trial account - {LETTER.part.text}"
    assert await channel.find(LETTER) == sent


@pytest.mark.parametrize("status", [503, 429, 400])
async def test_a_look_up_that_fails_says_nothing_and_is_made_again(
    channel: Channel, fake: FakeTwilio, status: int
) -> None:
    fake.faults = [Fault(status, 20503)]
    with pytest.raises(NotSentError):
        await channel.find(LETTER)


async def test_no_address_and_no_text_is_logged(
    channel: Channel, fake: FakeTwilio, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await channel.send(LETTER)
    await channel.find(LETTER)
    # The fake's own server logs what it is asked for; that is Twilio's business.
    said = " ".join(each.getMessage() for each in caplog.records if each.name != "aiohttp.access")
    assert TRAVELLER[1:] not in said
    assert "Bonjour" not in said
