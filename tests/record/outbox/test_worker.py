"""What is put into the outbox is delivered, once and in order, by however many processes."""

from tests.record.outbox.postbox import Postbox
from tests.record.outbox.providers import Provider


async def test_what_is_said_is_delivered_in_order(box: Postbox) -> None:
    provider = Provider()
    conversation = await box.traveller()
    first = await box.say(conversation, "one", "two")
    box.start(provider)
    await box.until(first, state="sent")
    second = await box.say(conversation, "three")
    await box.until(second, state="sent")
    assert provider.texts == ["one", "two", "three"]
    assert [each.address for each in provider.arrived] == ["+15145550100"] * 3
