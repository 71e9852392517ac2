"""A receipt answers what the lost answer to a request would have."""

import pytest

from bot.conversations.outbox.port import Receipt
from bot.conversations.outbox.receipts import Receipts
from tests.record.outbox.postbox import Postbox
from tests.record.outbox.providers import Provider


@pytest.mark.parametrize("state", ["sent", "delivered"])
async def test_what_a_receipt_confirms_is_not_sent_twice_though_the_answer_was_lost(box: Postbox, state: str) -> None:
    provider = Provider(can_be_asked=False)
    entry_id = await box.say(await box.traveller(), "one")
    provider.fates.append("lost answer")
    await box.round(provider)
    entry = await box.entry(entry_id)
    assert entry.unclear
    receipts = Receipts(box.database, box.broadcast, box.watch)
    await receipts.take(entry.channel, Receipt("wamid.1", f"{entry.key}-1", state))  # type: ignore[arg-type]
    box.watch.forward(seconds=60)
    await box.round(provider)
    assert provider.texts == ["one"]
    assert (await box.entry(entry_id)).state == "sent"
    await receipts.match_early()
    assert ((await box.entry(entry_id)).delivered_at is not None) == (state == "delivered")


async def test_a_receipt_of_a_failure_confirms_nothing(small_box: Postbox) -> None:
    box, provider = small_box, Provider(can_be_asked=False)
    entry_id = await box.say(await box.traveller(), "one")
    provider.fates.append("lost answer")
    await box.round(provider)
    entry = await box.entry(entry_id)
    receipts = Receipts(box.database, box.broadcast, box.watch)
    await receipts.take(entry.channel, Receipt("wamid.1", f"{entry.key}-2", "sent"))
    box.watch.forward(seconds=60)
    await box.round(provider)
    assert provider.texts == ["one", "one"]
