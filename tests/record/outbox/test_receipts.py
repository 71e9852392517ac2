"""What providers say afterwards, whenever and however often they say it."""

from typing import Any

from sqlalchemy import func, select

from bot.conversations.broadcast import Broadcast, Fared
from bot.conversations.models import Conversation
from bot.conversations.outbox.contacts import heard_from
from bot.conversations.outbox.models import EarlyReceipt, Failure
from bot.conversations.outbox.port import Letter, Receipt, Sent
from bot.conversations.outbox.receipts import Receipts
from tests.record.outbox.postbox import Postbox
from tests.record.outbox.providers import Provider


def _receipts(box: Postbox) -> Receipts:
    return Receipts(box.database, box.broadcast, box.watch)


def _about(provider_id: str, state: Any = "delivered", failure: Failure | None = None) -> Receipt:
    return Receipt(provider_id, None, state, failure)


async def _kept(box: Postbox) -> int:
    async with box.database.read_once() as session:
        return await session.scalar(select(func.count()).select_from(EarlyReceipt)) or 0


async def test_delivered_and_read_are_noted_once_and_reading_is_shown_to_staff(box: Postbox) -> None:
    provider, receipts = Provider(), _receipts(box)
    conversation = await box.traveller()
    entry_id = await box.say(conversation, "one", "two")
    await box.round(provider)
    await receipts.take("sms", _about("sms-1"))
    assert (await box.entry(entry_id)).delivered_at is None, "the second part has not been delivered"
    at = box.watch()
    with box.broadcast.watch(conversation) as watcher:
        for state in ("read", "delivered", "read"):
            await receipts.take("sms", _about("sms-2", state))
            box.watch.forward(minutes=1)
        entry = await box.entry(entry_id)
        assert (entry.delivered_at, entry.read_at) == (at, at)
        assert "Read(by='traveller', seq=3)" in repr(await watcher.next())
    async with box.database.read_once() as session:
        assert await session.scalar(select(Conversation.traveller_read_seq).where(Conversation.id == conversation)) == 3


async def test_staff_hear_how_far_the_first_page_got(small_box: Postbox) -> None:
    box, receipts = small_box, _receipts(small_box)
    conversation = await box.traveller()
    await box.say(conversation, "one")
    with box.broadcast.watch(conversation) as watcher:
        await box.round(Provider())
        await receipts.take("sms", _about("sms-1"))
        assert [await watcher.next() for _ in range(2)] == [Fared(2, 2, "sent"), Fared(2, 2, "delivered")]


async def test_what_fails_afterwards_is_shown_and_marks_the_contact(box: Postbox) -> None:
    provider, receipts = Provider(), _receipts(box)
    conversation = await box.traveller()
    entry_id = await box.say(conversation, "one", "two", "three")
    await box.round(provider)
    key = (await box.entry(entry_id)).key
    for _ in range(2):
        await receipts.take("sms", Receipt(None, f"{key}-2", "failed", "blocked", "error 30004"))
    entry = await box.entry(entry_id)
    assert (entry.state, entry.failure, entry.detail, entry.parts_sent) == ("failed", "blocked", "error 30004", 1)
    assert await box.failures(conversation) == ["blocked"]
    assert (await box.contact(conversation)).unreachable == "blocked"
    await receipts.take("sms", _about("sms-3"))
    assert (await box.entry(entry_id)).delivered_at is None


async def test_what_was_delivered_does_not_fail_afterwards(small_box: Postbox) -> None:
    box, receipts = small_box, _receipts(small_box)
    entry_id = await box.say(await box.traveller(), "one")
    await box.round(Provider())
    await receipts.take("sms", _about("sms-1"))
    await receipts.take("sms", _about("sms-1", "failed"))
    assert (await box.entry(entry_id)).state == "sent"


async def test_a_failure_of_before_says_nothing_of_who_has_written_since(small_box: Postbox) -> None:
    box, receipts = small_box, _receipts(small_box)
    conversation = await box.traveller()
    await box.say(conversation, "one")
    await box.round(Provider())
    box.watch.forward(hours=1)
    async with box.database.write() as session:
        await heard_from(session, conversation, box.watch())
    await receipts.take("sms", _about("sms-1", "failed", "unknown_address"))
    assert await box.failures(conversation) == ["unknown_address"]
    assert (await box.contact(conversation)).unreachable is None


async def test_a_receipt_that_comes_before_the_answer_to_the_request_is_not_lost(box: Postbox) -> None:
    receipts = _receipts(box)
    entry_id = await box.say(await box.traveller(), "one")

    class Hasty(Provider):
        async def send(self, letter: Letter) -> Sent:
            sent = await super().send(letter)
            assert sent.provider_id is not None
            await receipts.take("sms", _about(sent.provider_id))
            await receipts.take("sms", Receipt(None, letter.key, "read"))
            return sent

    await box.round(Hasty())
    assert (await box.entry(entry_id)).delivered_at is None
    assert await _kept(box) == 2
    assert await receipts.match_early() == 2
    entry = await box.entry(entry_id)
    assert (entry.delivered_at, entry.read_at) == (box.watch(), box.watch())
    assert await _kept(box) == 0


async def test_a_failure_that_comes_before_the_answer_to_the_request_ends_the_entry(small_box: Postbox) -> None:
    box, receipts = small_box, _receipts(small_box)
    conversation = await box.traveller()
    entry_id = await box.say(conversation, "one", "two")

    class Hasty(Provider):
        async def send(self, letter: Letter) -> Sent:
            sent = await super().send(letter)
            await receipts.take("sms", Receipt(None, letter.key, "failed", "window"))
            return sent

    provider = Hasty()
    await box.round(provider)
    assert ((await box.entry(entry_id)).state, provider.requests) == ("failed", ["one"])
    assert await box.failures(conversation) == ["window"]


async def test_what_is_about_nothing_of_ours_is_let_go(small_box: Postbox) -> None:
    box, receipts = small_box, Receipts(small_box.database, Broadcast(), small_box.watch)
    conversation = await box.traveller()
    await box.say(conversation, "one")
    await box.round(Provider())
    for strange in (_about("sms-99"), Receipt("x" * 5000, "no key", "read"), Receipt(None, None, "failed")):
        await receipts.take("sms", strange)
    await receipts.take("telegram", _about("sms-1", "failed"))
    assert await box.failures(conversation) == []
    assert await _kept(box) == 0
    await box.say(conversation, "on its way")
    await receipts.take("sms", _about("sms-99"))
    await receipts.take("sms", Receipt("x\0" * 5000, "no key", "read"))
    assert await _kept(box) == 2
    box.watch.forward(minutes=16)
    assert await receipts.match_early() == 0
    assert await _kept(box) == 0
