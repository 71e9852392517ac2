"""What `nexus-guide channels check` finds out at Twilio."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.kind import Kind, Parts
from bot.channels.sms.channel import KIND as SMS
from bot.channels.whatsapp.channel import KIND as WHATSAPP
from bot.settings import Settings
from bot.texts import Catalogue
from tests.channels.twilio.fake_twilio import NUMBER, SERVICE, FakeTwilio, fake_twilio

URL = "https://guide.example/channels/sms"
OURS: dict[str, Any] = {"phone_number": NUMBER, "sms_url": URL, "sms_method": "POST", "sms_application_sid": ""}


@pytest.fixture
async def fake() -> AsyncIterator[FakeTwilio]:
    async with fake_twilio() as fake:
        yield fake


async def _check(fake: FakeTwilio, kind: Kind = SMS, **more: str) -> tuple[bool, str]:
    environment = fake.environment(TWILIO_SMS_FROM=NUMBER, TWILIO_WHATSAPP_FROM=NUMBER) | more
    settings = Settings(public_url="https://guide.example", environment=environment)
    channel = kind.build(kind.read(environment), Parts(settings, Catalogue({})))
    found = await channel.check()
    await channel.close()
    return all(each.good for each in found), "\n".join(each.what for each in found)


async def test_all_is_well(fake: FakeTwilio) -> None:
    fake.numbers = [OURS]
    good, what = await _check(fake)
    assert good, what
    assert "the account is active" in what


async def test_an_address_with_tries_behind_it_is_ours_and_one_without_is_told_of_them(fake: FakeTwilio) -> None:
    fake.numbers = [OURS]
    assert f"{URL}#rc=5&rp=all" in (await _check(fake))[1]
    fake.numbers = [OURS | {"sms_url": f"{URL}#rc=5&rp=all"}]
    good, what = await _check(fake)
    assert good
    assert "#" not in what


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ([], "TWILIO_SMS_FROM: the account has no such number"),
        (
            [OURS | {"sms_url": "https://else.example/"}],
            f"Twilio calls https://else.example/ when a message comes; set {URL}",
        ),
        ([OURS | {"sms_url": ""}], "Twilio calls nobody when a message comes"),
        ([OURS | {"sms_method": "GET"}], f"Twilio calls {URL} by GET; set POST"),
    ],
)
async def test_a_number_that_does_not_call_us_is_found(
    fake: FakeTwilio, numbers: list[dict[str, Any]], says: str
) -> None:
    fake.numbers = numbers
    good, what = await _check(fake)
    assert not good
    assert says in what


async def test_a_suspended_account_and_a_wrong_token_are_found(fake: FakeTwilio) -> None:
    fake.status = "suspended"
    assert "the Twilio account is suspended, not active" in (await _check(fake))[1]
    good, what = await _check(fake, TWILIO_AUTH_TOKEN="wrong")
    assert not good
    assert "Twilio does not accept TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN" in what
    assert "cannot be reached" in (await _check(fake, TWILIO_API_URL="http://127.0.0.1:1"))[1]


async def test_a_messaging_service_is_asked_whom_it_calls(fake: FakeTwilio) -> None:
    fake.service = {"inbound_request_url": URL, "inbound_method": "POST", "use_inbound_webhook_on_number": False}
    good, what = await _check(fake, TWILIO_SMS_FROM=SERVICE)
    assert good, what
    fake.service = {"use_inbound_webhook_on_number": True}
    assert f"each must call {URL}" in (await _check(fake, TWILIO_SMS_FROM=SERVICE))[1]


async def test_a_whatsapp_sender_is_looked_up_and_missing_templates_are_told(fake: FakeTwilio) -> None:
    assert "no such WhatsApp sender" in (await _check(fake, WHATSAPP))[1]
    webhook = {"callback_url": "https://guide.example/channels/whatsapp", "callback_method": "POST"}
    fake.senders = [{"sid": "XE1", "sender_id": f"whatsapp:{NUMBER}", "status": "ONLINE", "webhook": webhook}]
    good, what = await _check(fake, WHATSAPP, TWILIO_WHATSAPP_TEMPLATE_EN="HX" + "c3" * 16)
    assert good, what
    assert "TWILIO_WHATSAPP_TEMPLATE_FR is not set" in what
    assert "TWILIO_WHATSAPP_TEMPLATE_EN" not in what
