"""WhatsApp over Twilio, end to end."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.kind import Parts
from bot.channels.port import Channel
from bot.channels.whatsapp.channel import KIND
from bot.conversations.outbox.port import Letter, Part, RefusedError, Sent
from bot.db.engine import Database
from bot.settings import Settings
from bot.texts import Catalogue
from tests.channels.twilio.fake_twilio import NOON, NUMBER, TRAVELLER, FakeTwilio, fake_twilio, message, status_of
from tests.channels.wired import PUBLIC_URL, wired

URL = f"{PUBLIC_URL}/channels/whatsapp"
THERE = f"whatsapp:{TRAVELLER}"
TEMPLATE = "HX" + "c3" * 16
LETTER = Letter(THERE, Part("Your answer:\n\n1. Fly\t early."), "k1", "en", NOON, NOON, since=NOON)


@asynccontextmanager
async def _channel(**more: str) -> AsyncIterator[tuple[Channel, FakeTwilio]]:
    async with fake_twilio() as fake:
        environment = fake.environment(TWILIO_WHATSAPP_FROM=NUMBER) | more
        settings = Settings(public_url=PUBLIC_URL, environment=environment)
        channel = KIND.build(KIND.read(environment), Parts(settings, Catalogue({})))
        try:
            yield channel, fake
        finally:
            await channel.close()


async def test_a_traveller_writes_in_whatsapp_and_is_answered_there(sqlite_database: Database) -> None:
    async with (
        fake_twilio() as fake,
        wired(sqlite_database, fake.environment(TWILIO_WHATSAPP_FROM=NUMBER)) as guide,
    ):
        fields = message(1, "Is Ottawa open?", From=THERE, To=f"whatsapp:{NUMBER}", ProfileName="Somebody", WaId="1613")
        for _ in range(2):
            response = await fake.calls(guide.client, URL, fields)
            assert (response.status, response.content_type) == (200, "text/xml")
        await fake.until(3)
        assert fake.bodies[1:] == ["You said: Is Ottawa open?", "Anything else?"]
        assert {(each["From"], each["To"]) for each in fake.requests} == {(f"whatsapp:{NUMBER}", THERE)}
        assert (await fake.calls(guide.client, URL, fields, token="a guess")).status == 401
        # Each of the two is on its own: what is off is not there.
        assert (await fake.calls(guide.client, f"{PUBLIC_URL}/channels/sms", message(2, "x"))).status == 404
        read = status_of(fake.messages[-1]["sid"], "read", EventType="READ", To=THERE)
        assert (await fake.calls(guide.client, fake.requests[-1]["StatusCallback"], read)).status == 200


async def test_within_24_hours_the_text_is_sent_as_it_is() -> None:
    async with _channel(TWILIO_WHATSAPP_TEMPLATE_EN=TEMPLATE) as (channel, fake):
        sent = await channel.send(replace(LETTER, now=NOON + timedelta(hours=23, minutes=58)))
        assert fake.requests[0]["Body"] == LETTER.part.text
        assert await channel.find(LETTER) == sent == Sent(fake.messages[0]["sid"])


async def test_after_24_hours_the_template_of_the_language_carries_the_text_in_one_line() -> None:
    async with _channel(TWILIO_WHATSAPP_TEMPLATE_EN=TEMPLATE) as (channel, fake):
        late = replace(LETTER, now=NOON + timedelta(hours=24))
        sent = await channel.send(late)
        (form,) = fake.requests
        assert (form["ContentSid"], "Body" in form) == (TEMPLATE, False)
        assert json.loads(form["ContentVariables"]) == {"1": "Your answer: 1. Fly early."}
        assert await channel.find(late) == sent


@pytest.mark.parametrize(
    "letter",
    [
        pytest.param(replace(LETTER, language="fr"), id="no template in French"),
        pytest.param(replace(LETTER, part=Part("long " * 200)), id="too long for a template"),
    ],
)
async def test_after_24_hours_what_no_template_can_carry_is_refused_and_twilio_is_not_asked(letter: Letter) -> None:
    async with _channel(TWILIO_WHATSAPP_TEMPLATE_EN=TEMPLATE) as (channel, fake):
        with pytest.raises(RefusedError) as caught:
            await channel.send(replace(letter, now=NOON + timedelta(days=2)))
        assert (caught.value.failure, fake.requests) == ("window", [])
