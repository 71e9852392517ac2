"""Which entries may be sent now."""

from datetime import timedelta

from sqlalchemy import update

from bot.conversations.outbox.claiming import channels_due, claim
from bot.conversations.outbox.models import OutboxEntry
from tests.record.outbox.postbox import Postbox


async def test_of_a_conversation_only_the_first_is_taken_until_it_is_over(box: Postbox) -> None:
    conversation, other = await box.traveller(), await box.traveller("+15145550101")
    first, second, alone = [await box.say(each, "words") for each in (conversation, conversation, other)]
    claimed = await claim(box.database, "sms", 5, box.watch())
    assert [each.id for each in claimed] == [first, alone]
    assert await claim(box.database, "sms", 5, box.watch()) == []
    async with box.database.write() as session:
        await session.execute(update(OutboxEntry).where(OutboxEntry.id == first).values(state="failed"))
    assert [each.id for each in await claim(box.database, "sms", 5, box.watch())] == [second]
    assert await channels_due(box.database, [conversation, other]) == {"sms"}


async def test_it_is_taken_when_it_is_due_wherever_a_clock_was_set(small_box: Postbox) -> None:
    box = small_box
    entry_id = await box.say(await box.traveller(), "words")

    async def is_due(attempts: int, *, set_back: float = 0, **after: float) -> bool:
        now = box.watch()
        put_off = {"put_off_at": now + timedelta(seconds=set_back), "due_at": now + timedelta(**after)}
        values = {"attempts": attempts, "state": "due", **put_off}
        async with box.database.write() as session:
            await session.execute(update(OutboxEntry).where(OutboxEntry.id == entry_id).values(values))
        return bool(await claim(box.database, "sms", 1, box.watch()))

    assert await is_due(0, days=365), "never tried"
    assert await is_due(1)
    assert not await is_due(1, seconds=1)
    assert not await is_due(1, hours=1)
    assert not await is_due(1, set_back=30, hours=1), "the clocks of two processes differ by seconds"
    assert await is_due(1, set_back=90, hours=1), "the clock was set back since"


async def test_the_oldest_are_taken_first_and_no_more_than_wanted(small_box: Postbox) -> None:
    box, ids = small_box, []
    for number in range(4):
        ids.append(await box.say(await box.traveller(f"+1514555010{number}"), "words"))
        box.watch.forward(seconds=1)
    assert [each.id for each in await claim(box.database, "sms", 3, box.watch())] == ids[:3]
    assert [each.id for each in await claim(box.database, "sms", 3, box.watch())] == ids[3:]
    assert await claim(box.database, "telegram", 3, box.watch()) == []
