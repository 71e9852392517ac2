"""How the outbox stands."""

from sqlalchemy import update

from bot.conversations.outbox.models import OutboxEntry
from bot.conversations.outbox.standing import standing
from tests.record.outbox.postbox import Postbox
from tests.record.outbox.providers import Provider


async def test_entries_are_counted_and_the_oldest_tells_its_age(box: Postbox) -> None:
    sent = await box.say(await box.traveller(), "one")
    await box.round(Provider())
    assert (await box.entry(sent)).state == "sent"
    oldest = await box.say(await box.traveller("1", "telegram"), "one")
    box.watch.forward(seconds=30)
    await box.say(await box.traveller("2", "telegram"), "one")
    async with box.database.write() as session:
        await session.execute(update(OutboxEntry).where(OutboxEntry.id == oldest).values(state="sending"))
    box.watch.forward(seconds=12)
    async with box.database.read() as session:
        now = await standing(session, box.watch())
        everything = await standing(session, box.watch(), with_sent=True)
    assert dict(now.counts) == {("telegram", "sending"): 1, ("telegram", "due"): 1}
    assert dict(now.oldest_due_seconds) == {"telegram": 42}
    assert everything.counts[("sms", "sent")] == 1
