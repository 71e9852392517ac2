"""What is put into the outbox is delivered, once and in order, by however many processes."""

import asyncio
from typing import NoReturn

import pytest

from bot.conversations.outbox.port import Letter, NotSentError, Sent
from bot.db.engine import open_database
from bot.db.error import UnavailableError
from tests.databases import PostgresServer
from tests.record.outbox.postbox import Postbox, eventually
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
    # What other processes do wakes nobody here: each would ask the database about all that any of them does.
    assert not box.broadcast.all_are_watched


async def test_processes_share_the_work_and_send_each_part_once(postgres: PostgresServer) -> None:
    url = postgres.database()
    databases = [await open_database(url) for _ in range(2)]
    boxes = [Postbox(database) for database in databases]
    providers = [_Slow() for _ in boxes]
    providers[1].arrived = providers[0].arrived
    conversations = [await boxes[0].traveller(f"+151455501{number:02}") for number in range(20)]
    last = [[await boxes[0].say(each, f"{each} {n}") for n in range(3)][-1] for each in conversations]
    try:
        for box, provider in zip(boxes, providers, strict=True):
            box.start(provider)
        for entry_id in last:
            await boxes[0].until(entry_id, state="sent")
    finally:
        for box in boxes:
            await box.stop()
            await box.database.close()
    for each in conversations:
        assert [text for text in providers[0].texts if text.startswith(each)] == [f"{each} {n}" for n in range(3)]
    assert all(provider.requests for provider in providers), "each process had its share"


class _Slow(Provider):
    """Takes a moment for each request."""

    async def send(self, letter: Letter) -> Sent:
        await asyncio.sleep(0.001)
        return await super().send(letter)


async def test_a_provider_that_hangs_holds_up_no_other_channel(small_box: Postbox) -> None:
    box, hanging, working = small_box, Provider(hold=asyncio.Event()), Provider(name="telegram")
    for number in range(20):
        await box.say(await box.traveller(f"+151455501{number:02}"), "one")
    box.start(hanging, working)
    await eventually(lambda: len(hanging.requests) == 16)
    entry_id = await box.say(await box.traveller("42", "telegram"), "hello")
    await box.until(entry_id, state="sent")
    assert hanging.hold is not None
    hanging.hold.set()
    await eventually(lambda: len(hanging.arrived) == 20)


async def test_a_provider_that_is_down_is_left_alone_and_then_tried_with_one_message(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    ids = [await box.say(await box.traveller(f"+1514555010{number}"), "one") for number in range(3)]
    provider.fates.extend([NotSentError("down", everybody=True)] * 5)
    box.start(provider)
    await eventually(lambda: 1.0 in box.time.asked)
    box.time.forward(0.5)
    await _settled()
    assert len(provider.requests) == 3
    box.time.forward(0.5)
    await eventually(lambda: 2.0 in box.time.asked)
    assert len(provider.requests) == 4
    box.time.forward(2)
    await eventually(lambda: 4.0 in box.time.asked)
    assert len(provider.requests) == 5
    for entry_id in ids:
        await box.until(entry_id, state="sent")
    assert provider.texts == ["one"] * 3


async def test_what_failed_is_tried_again_when_its_time_has_come(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    entry_id = await box.say(await box.traveller(), "one")
    provider.fates.append(NotSentError("busy"))
    box.start(provider)
    await box.until(entry_id, state="due", attempts=1)
    box.watch.forward(seconds=1)
    box.time.pass_unseen(5)
    await _settled()
    assert provider.texts == []
    box.watch.forward(seconds=1)
    await box.until(entry_id, state="sent")


async def test_a_database_that_is_away_is_said_once_and_waited_for(
    small_box: Postbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    box, provider, real = small_box, Provider(), small_box.database.read_once
    entry_id = await box.say(await box.traveller(), "one")
    asked = []

    def away() -> NoReturn:
        asked.append(1)
        raise UnavailableError

    monkeypatch.setattr(box.database, "read_once", away)
    box.start(provider)
    for wanted in range(3, 30, 3):
        await eventually(lambda wanted=wanted: len(asked) >= wanted)  # type: ignore[misc]
        box.time.forward(1)
    monkeypatch.setattr(box.database, "read_once", real)
    await box.until(entry_id, state="sent")
    assert caplog.text.count("cannot be read or written") == 1


async def test_the_end_waits_for_what_is_on_its_way_and_leaves_the_rest(small_box: Postbox) -> None:
    box, provider = small_box, Provider(hold=asyncio.Event())
    conversation = await box.traveller()
    first, second = await box.say(conversation, "one"), await box.say(conversation, "two")
    worker = box.start(provider)
    await eventually(lambda: provider.requests == ["one"])
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0)
    assert provider.hold is not None
    provider.hold.set()
    await stopping
    assert (await box.entry(first)).state == "sent"
    assert ((await box.entry(second)).state, (await box.entry(second)).attempts) == ("due", 0)


async def test_what_hangs_at_the_end_is_given_up_as_unclear(small_box: Postbox) -> None:
    box, provider = small_box, Provider(hold=asyncio.Event())
    entry_id = await box.say(await box.traveller(), "one")
    worker = box.start(provider)
    await eventually(lambda: provider.requests == ["one"])
    await worker.stop()
    entry = await box.entry(entry_id)
    assert (entry.state, entry.unclear) == ("due", True)


async def test_a_channel_that_is_off_keeps_what_is_to_be_delivered_there(small_box: Postbox) -> None:
    box, provider = small_box, Provider(name="telegram")
    kept = await box.say(await box.traveller("+15145550100", "sms"), "one")
    sent = await box.say(await box.traveller("42", "telegram"), "one")
    box.start(provider)
    await box.until(sent, state="sent")
    assert (await box.entry(kept)).state == "due"


async def _settled() -> None:
    """Lets everything happen that waits for no time."""
    await asyncio.sleep(0.03)
