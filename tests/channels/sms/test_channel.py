"""SMS end to end: Twilio calls, the guide answers, and Twilio is asked to send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels.rendering.gsm import segments
from bot.db.engine import Database
from tests.channels.twilio.fake_twilio import (
    NUMBER,
    SERVICE,
    TRAVELLER,
    FakeTwilio,
    Fault,
    fake_twilio,
    message,
    status_of,
)
from tests.channels.wired import PUBLIC_URL, Wired, wired
from tests.record.outbox.postbox import eventually

URL = f"{PUBLIC_URL}/channels/sms"


class Line:
    """Twilio on the one side, the guide on the other."""

    def __init__(self, fake: FakeTwilio, guide: Wired) -> None:
        self.fake = fake
        self.guide = guide

    async def says(self, number: int, said: str, **more: str) -> None:
        """The traveller's message comes in, and is acknowledged."""
        response = await self.fake.calls(self.guide.client, URL, message(number, said, **more))
        assert response.status == 200, await response.text()
        assert (response.content_type, "<Response/>" in await response.text()) == ("text/xml", True)

    async def status(self, count: int, status: str, **more: str) -> int:
        """What became of the message that was sent as number `count`, called where the message said."""
        url, sid = self.fake.requests[count]["StatusCallback"], self.fake.messages[count]["sid"]
        return (await self.fake.calls(self.guide.client, url, status_of(sid, status, **more))).status

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database holds."""
        async with self.guide.database.read() as session:
            return [tuple(row) for row in await session.execute(text(statement))]

    async def until(self, statement: str, expected: tuple[Any, ...]) -> None:
        """Waits until the database holds one row as expected."""

        async def is_so() -> bool:
            return await self.rows(statement) == [expected]

        await eventually(is_so, lambda: f"{statement} to give {expected}")


@asynccontextmanager
async def _line(database: Database, **more: str) -> AsyncIterator[Line]:
    async with (
        fake_twilio() as fake,
        wired(database, fake.environment(TWILIO_SMS_FROM=NUMBER) | more) as guide,
    ):
        yield Line(fake, guide)


@pytest.fixture
async def line(sqlite_database: Database) -> AsyncIterator[Line]:
    async with _line(sqlite_database) as line:
        yield line


async def test_a_traveller_writes_and_is_answered_in_texts_of_three_segments_at_most(database: Database) -> None:
    async with _line(database) as line:
        await line.says(1, "Où est le centre d’inscription ?")
        await line.fake.until(2)
        welcome, answer = line.fake.bodies
        assert "STOP" in welcome
        assert answer.split("\n") == ["You said: Où est le centre d'inscription ?", "Anything else?"]
        assert all(segments(each) <= 3 for each in line.fake.bodies)
        assert {each["To"] for each in line.fake.requests} == {TRAVELLER}
        assert {each["From"] for each in line.fake.requests} == {NUMBER}


async def test_a_repeated_call_is_acknowledged_and_answered_once(line: Line) -> None:
    await asyncio.gather(*(line.says(1, "hello") for _ in range(3)))
    await line.fake.until(2)
    await line.says(1, "hello")
    await line.says(2, "and now")
    await line.fake.until(3)
    assert [each.text for each in line.guide.dialogue.heard] == ["hello", "and now"]
    assert await line.rows("SELECT count(*) FROM messages WHERE sender = 'traveller'") == [(2,)]


async def test_the_acknowledgement_waits_for_no_answer(line: Line) -> None:
    line.guide.dialogue.hold = asyncio.Event()
    async with asyncio.timeout(5):
        await line.says(1, "a hard question")
    assert await line.rows("SELECT count(*) FROM messages WHERE text = 'a hard question'") == [(1,)]
    line.guide.dialogue.hold.set()
    await line.fake.until(2)


@pytest.mark.parametrize("signature", ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
async def test_a_call_that_twilio_did_not_sign_is_refused_and_nothing_is_stored(line: Line, signature: str) -> None:
    fields = message(1, "hello")
    how = {"signature": signature} if signature else {"token": "a guess"}
    response = await line.fake.calls(line.guide.client, URL, fields, **how)
    assert response.status == 401
    for table in ("conversations", "contacts", "messages", "outbox", "outbox_parts"):
        assert await line.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert line.guide.dialogue.heard == []


async def test_a_call_for_another_account_and_one_of_another_kind_are_refused(line: Line) -> None:
    for fields in (message(1, "x", AccountSid="AC" + "0" * 32), message(2, "x", From=f"whatsapp:{TRAVELLER}")):
        assert (await line.fake.calls(line.guide.client, URL, fields)).status == 422
    assert await line.rows("SELECT count(*) FROM messages") == [(0,)]


async def test_what_was_delivered_and_what_was_not_is_noted(line: Line) -> None:
    await line.says(1, "hello")
    await line.until("SELECT count(*) FROM outbox WHERE state = 'sent'", (2,))
    for status in ("sent", "delivered"):
        assert await line.status(0, status) == 200
    assert await line.status(1, "undelivered", ErrorCode="30005") == 200
    outcome = "SELECT id, state, delivered_at IS NOT NULL, failure FROM outbox ORDER BY id"
    first, second = await line.rows(outcome)
    assert (first[1], bool(first[2]), first[3]) == ("sent", True, None)
    assert (second[1], bool(second[2]), second[3]) == ("failed", False, "unknown_address")


async def test_retry_after_is_waited_for_and_then_the_text_is_sent_once(line: Line) -> None:
    line.fake.faults = [Fault(), Fault(429, 20429, {"Retry-After": "30"})]
    await line.says(1, "hello")
    await line.until("SELECT count(*) FROM outbox WHERE state = 'due' AND attempts = 1", (1,))
    ((due_at,),) = await line.rows("SELECT due_at FROM outbox WHERE state = 'due'")
    assert (datetime.fromisoformat(due_at) - line.guide.watch().replace(tzinfo=None)).total_seconds() >= 30
    assert len(line.fake.messages) == 1
    line.guide.watch.forward(seconds=40)
    await line.fake.until(2)
    await line.until("SELECT count(*) FROM outbox WHERE state = 'sent'", (2,))
    assert len(line.fake.requests) == 3


async def test_a_text_whose_answer_was_lost_is_found_and_not_sent_again(line: Line) -> None:
    await line.says(1, "hello")
    await line.until("SELECT count(*) FROM outbox WHERE state = 'sent'", (2,))
    # The very same answer as before, and this time its answer is lost.
    line.fake.faults = [Fault(drops=True)]
    await line.says(2, "hello")
    await line.until("SELECT count(*) FROM outbox WHERE state = 'due' AND attempts = 1", (1,))
    line.guide.watch.forward(seconds=5)
    await line.until("SELECT count(*) FROM outbox WHERE state = 'sent'", (3,))
    assert line.fake.bodies[1] == line.fake.bodies[2]
    assert (len(line.fake.requests), line.fake.looked_up) == (3, 1)
    parts = await line.rows("SELECT provider_id FROM outbox_parts ORDER BY entry_id")
    assert parts == [(each["sid"],) for each in line.fake.messages]


async def test_a_text_that_was_lost_on_its_way_is_sent_again(line: Line) -> None:
    line.fake.faults = [Fault(), Fault(503, 20503)]
    await line.says(1, "hello")
    await line.until("SELECT count(*) FROM outbox WHERE state = 'due' AND attempts = 1", (1,))
    line.guide.watch.forward(seconds=5)
    await line.fake.until(2)
    assert (len(line.fake.requests), line.fake.looked_up) == (3, 1)


async def test_who_writes_stop_gets_one_confirmation_and_nothing_after_it(line: Line) -> None:
    await line.says(1, "hello")
    await line.fake.until(2)
    await line.says(2, "STOP", OptOutType="STOP")
    await line.until("SELECT unreachable FROM contacts", ("unsubscribed",))
    await line.fake.until(3)
    assert [each.text for each in line.guide.dialogue.heard] == ["hello"]


async def test_who_is_unsubscribed_at_twilio_is_marked_so(line: Line) -> None:
    line.fake.faults = [Fault(400, 21610)]
    await line.says(1, "hello")
    await line.until("SELECT failure FROM outbox WHERE id = 1", ("unsubscribed",))
    await line.until("SELECT unreachable FROM contacts", ("unsubscribed",))


async def test_no_telephone_number_is_in_the_database_in_clear(line: Line) -> None:
    await line.says(1, "hello")
    await line.until("SELECT count(*) FROM outbox WHERE state = 'sent'", (2,))
    for table in ("contacts", "outbox", "outbox_parts", "conversations"):
        assert TRAVELLER[1:] not in str(await line.rows(f"SELECT * FROM {table}"))


async def test_a_messaging_service_may_stand_for_a_number(sqlite_database: Database) -> None:
    async with _line(sqlite_database, TWILIO_SMS_FROM=SERVICE) as line:
        await line.says(1, "hello", MessagingServiceSid=SERVICE)
        await line.fake.until(2)
        assert {each.get("MessagingServiceSid") for each in line.fake.requests} == {SERVICE}


def test_settings_that_cannot_be_right_are_refused_without_being_quoted() -> None:
    pytest.importorskip("twilio")
    from bot.channels.sms.channel import KIND
    from bot.settings import SettingsError

    right = {"TWILIO_ACCOUNT_SID": "AC" + "a1" * 16, "TWILIO_AUTH_TOKEN": "t", "TWILIO_SMS_FROM": NUMBER}
    assert KIND.read(right) is not None
    assert KIND.read({}) is None
    with pytest.raises(SettingsError, match="TWILIO_AUTH_TOKEN must be"):
        KIND.read(right | {"TWILIO_AUTH_TOKEN": ""})
    for name, value in (("TWILIO_ACCOUNT_SID", "SKsecret"), ("TWILIO_SMS_FROM", "613 555"), ("TWILIO_API_URL", "x")):
        with pytest.raises(SettingsError, match=name) as caught:
            KIND.read(right | {name: value})
        assert value not in str(caught.value) or value == "x"
