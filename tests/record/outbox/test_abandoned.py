"""What a process that died had begun to send is noticed by watching, whatever the clocks say."""

from sqlalchemy import update

from bot.conversations.outbox.abandoned import Abandoned
from bot.conversations.outbox.claiming import claim
from bot.conversations.outbox.models import OutboxEntry
from tests.record.outbox.postbox import Postbox
from tests.record.outbox.providers import Provider


async def test_what_stands_still_is_taken_over_after_half_a_minute_of_watching(box: Postbox) -> None:
    entry_id = await box.say(await box.traveller(), "one")
    (claimed,) = await claim(box.database, "sms", 5, box.watch())
    watching = Abandoned(box.database, box.time.monotonic, 30)
    # A day on the clock is nothing.
    box.watch.forward(days=1)
    for second in range(30):
        assert await watching.take_over(()) == 0, second
        box.time.pass_unseen(1)
    assert await watching.take_over({entry_id}) == 0
    assert await watching.take_over(()) == 0
    for _ in range(30):
        box.time.pass_unseen(1)
        await watching.take_over(())
    entry = await box.entry(entry_id)
    assert (entry.state, entry.unclear, entry.attempts) == ("due", True, 1)
    assert await claim(box.database, "sms", 5, box.watch()) != [claimed]


async def test_what_moves_is_left_alone(small_box: Postbox) -> None:
    box = small_box
    entry_id = await box.say(await box.traveller(), "one")
    await claim(box.database, "sms", 5, box.watch())
    watching = Abandoned(box.database, box.time.monotonic, 30)
    for second in range(60):
        if second == 20:
            async with box.database.write() as session:
                await session.execute(update(OutboxEntry).values(parts_sent=1))
        assert await watching.take_over(()) == (second == 50), second
        box.time.pass_unseen(1)
    assert (await box.entry(entry_id)).state == "due"


async def test_time_in_which_nothing_could_be_seen_does_not_count(small_box: Postbox) -> None:
    box = small_box
    await box.say(await box.traveller(), "one")
    await claim(box.database, "sms", 5, box.watch())
    watching = Abandoned(box.database, box.time.monotonic, 30)
    assert await watching.take_over(()) == 0
    box.time.pass_unseen(3600)
    assert await watching.take_over(()) == 0


async def test_the_one_process_on_a_file_takes_everything_over_at_its_start(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    entry_id = await box.say(await box.traveller(), "one")
    await claim(box.database, "sms", 5, box.watch())
    box.start(provider)
    await box.until(entry_id, state="sent")
    assert provider.asked == ["one"]
    assert provider.texts == ["one"]
