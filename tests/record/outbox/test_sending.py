"""What becomes of one entry, whatever the provider does with it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from bot.conversations.models import Conversation
from bot.conversations.outbox.claiming import claim
from bot.conversations.outbox.contacts import heard_from, mark
from bot.conversations.outbox.models import OutboxEntry
from bot.conversations.outbox.outcomes import Outcomes
from bot.conversations.outbox.port import NotSentError, Receipt, RefusedError, Sent, UnclearError
from bot.conversations.outbox.receipts import Receipts
from bot.conversations.outbox.sending import Delivery
from bot.db.error import UnavailableError
from bot.privacy.sealing import Seal
from tests.record.outbox.postbox import SEAL, Postbox
from tests.record.outbox.providers import Provider


async def test_what_did_not_arrive_is_sent_again_from_the_part_that_is_missing(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    conversation = await box.traveller()
    entry_id = await box.say(conversation, "one", "two")
    provider.fates.extend(["arrives", NotSentError("busy")])
    await box.round(provider)
    entry = await box.entry(entry_id)
    assert (entry.state, entry.parts_sent, entry.attempts, entry.detail) == ("due", 1, 1, "busy")
    assert entry.due_at == box.watch() + timedelta(seconds=2)
    await box.round(provider)
    assert provider.requests == ["one", "two"]
    box.watch.forward(seconds=2)
    await box.round(provider)
    entry = await box.entry(entry_id)
    assert (entry.state, entry.sent_at, entry.detail) == ("sent", box.watch(), None)
    assert provider.texts == ["one", "two"]
    assert [each.key for each in provider.arrived] == [f"{entry.key}-1", f"{entry.key}-2"]
    assert provider.asked == []


async def test_a_provider_is_not_asked_again_before_it_said(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    entry_id = await box.say(await box.traveller(), "one")
    provider.fates.append(NotSentError("slow down", retry_after=90))
    await box.round(provider)
    wait = (await box.entry(entry_id)).due_at - box.watch()
    assert timedelta(seconds=90) <= wait <= timedelta(seconds=100)


@pytest.mark.parametrize("can_be_asked", [True, False])
async def test_what_may_have_arrived_is_asked_for_before_it_is_repeated(small_box: Postbox, can_be_asked: bool) -> None:
    box, provider = small_box, Provider(can_be_asked=can_be_asked)
    entry_id = await box.say(await box.traveller(), "one", "two")
    provider.fates.append("lost answer")
    await box.round(provider)
    assert (await box.entry(entry_id)).unclear
    box.watch.forward(seconds=60)
    await box.round(provider)
    assert (await box.entry(entry_id)).state == "sent"
    assert provider.asked == ["one"]
    assert provider.texts == (["one", "two"] if can_be_asked else ["one", "one", "two"])


async def test_an_unclear_request_that_did_not_arrive_is_repeated(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    await box.say(await box.traveller(), "one")
    provider.fates.extend([UnclearError("no answer"), "arrives"])
    await box.round(provider)
    box.watch.forward(seconds=60)
    await box.round(provider)
    assert provider.texts == ["one"]
    assert provider.asked == ["one"]


async def test_an_error_that_nobody_expected_counts_as_unclear(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    entry_id = await box.say(await box.traveller(), "one")
    provider.fates.append(ValueError("+15145550100"))
    await box.round(provider)
    entry = await box.entry(entry_id)
    assert (entry.state, entry.unclear) == ("due", True)
    assert "+1514" not in (entry.detail or "")


async def test_a_provider_that_is_down_costs_no_entry_its_tries(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    entry_id = await box.say(await box.traveller(), "one")
    for _ in range(30):
        provider.fates.append(NotSentError("down", everybody=True))
        (said,) = await box.round(provider)
        assert said is not None
    assert (await box.entry(entry_id)).attempts == 0
    await box.round(provider)
    assert provider.texts == ["one"]


async def test_a_message_that_alone_brings_the_provider_down_counts_as_the_one_in_trouble(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    poison = await box.say(await box.traveller(), "poison")
    provider.fates.append(NotSentError("500", everybody=True))
    assert await box.round(provider) != [None]
    box.watch.forward(seconds=-1)
    await box.say(await box.traveller("+15145550101"), "one")
    provider.fates.extend(["arrives", NotSentError("500", everybody=True)])
    assert await box.round(provider) == [None, None]
    assert provider.requests == ["poison", "one", "poison"]
    assert (await box.entry(poison)).attempts == 1


async def test_tried_enough_it_is_dead_and_the_conversation_goes_on(box: Postbox) -> None:
    provider = Provider()
    conversation = await box.traveller()
    first, second = await box.say(conversation, "one"), await box.say(conversation, "two")
    async with box.database.write() as session:
        await session.execute(update(OutboxEntry).where(OutboxEntry.id == first).values(attempts=19))
    box.watch.forward(hours=25)
    provider.fates.append(NotSentError("busy"))
    await box.round(provider)
    entry = await box.entry(first)
    assert (entry.state, entry.failure, entry.detail) == ("dead", "tried_enough", "busy")
    assert await box.failures(conversation) == ["tried_enough"]
    await box.round(provider)
    assert (await box.entry(second)).state == "sent"


@pytest.mark.parametrize("failure", ["blocked", "unknown_address"])
async def test_who_cannot_be_reached_is_not_written_to_until_they_write(small_box: Postbox, failure: str) -> None:
    box, provider = small_box, Provider()
    conversation = await box.traveller()
    first, second = await box.say(conversation, "one"), await box.say(conversation, "two")
    provider.fates.append(RefusedError(failure, "error 63024"))  # type: ignore[arg-type]
    await box.round(provider)
    await box.round(provider)
    assert [(await box.entry(each)).failure for each in (first, second)] == [failure, failure]
    assert (await box.entry(first)).detail == "error 63024"
    assert await box.failures(conversation) == [failure, failure]
    assert provider.requests == ["one"]
    async with box.database.write() as session:
        await heard_from(session, conversation, box.watch())
    await box.say(conversation, "three")
    await box.round(provider)
    assert provider.texts == ["three"]


async def test_after_stop_nothing_is_sent_but_its_confirmation_until_start(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    conversation = await box.traveller()
    async with box.database.write() as session:
        await mark(session, conversation, "unsubscribed")
    await box.say(conversation, "You get nothing more.", regardless=True)
    await box.round(provider)
    silenced = await box.say(conversation, "one")
    async with box.database.write() as session:
        await heard_from(session, conversation, box.watch())
    await box.round(provider)
    assert (await box.entry(silenced)).failure == "unsubscribed"
    async with box.database.write() as session:
        await mark(session, conversation, None)
    await box.say(conversation, "two")
    await box.round(provider)
    assert provider.texts == ["You get nothing more.", "two"]


async def test_a_closed_window_says_nothing_of_the_contact(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    conversation = await box.traveller()
    entry_id = await box.say(conversation, "one")
    provider.fates.append(RefusedError("window", "outside 24 h"))
    await box.round(provider)
    assert (await box.entry(entry_id)).failure == "window"
    assert (await box.contact(conversation)).unreachable is None


async def test_who_wrote_while_the_provider_refused_can_be_reached(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    conversation = await box.traveller()
    await box.say(conversation, "one")

    async def send(_letter: object) -> None:
        box.watch.forward(seconds=1)
        async with box.database.write() as session:
            await heard_from(session, conversation, box.watch())
        raise RefusedError("blocked", "error 7")

    provider.send = send  # type: ignore[assignment, method-assign]
    await box.round(provider)
    assert (await box.contact(conversation)).unreachable is None


async def test_under_another_secret_key_nothing_is_sent_and_it_is_said_once(
    small_box: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    box, provider = small_box, Provider()
    ids = [await box.say(await box.traveller(f"+1514555010{each}"), "one") for each in range(2)]
    await box.round(provider, box.delivery(Seal("another key")))
    entries = [await box.entry(each) for each in ids]
    assert {(each.state, each.failure) for each in entries} == {("dead", None)}
    assert "SECRET_KEY" in (entries[0].detail or "")
    assert caplog.text.count("nothing is delivered to contacts of before") == 1
    assert provider.requests == []


async def test_a_page_that_there_is_not_needs_no_request(small_box: Postbox) -> None:
    box, provider = small_box, Provider(pages=2)
    conversation = await box.traveller()
    entry_id = await box.say(conversation, "one", page=2)
    await box.round(provider)
    assert provider.texts == ["one (2)"]
    entry_id = await box.say(conversation, "two", page=3)
    await box.round(provider)
    assert (await box.entry(entry_id)).state == "sent"
    assert provider.texts == ["one (2)"]


async def test_a_message_that_cannot_be_made_ready_holds_nobody_up(small_box: Postbox) -> None:
    box, provider = small_box, Provider(name="sms")
    entry_id = await box.say(await box.traveller(), "one")

    def compose(*_: object) -> None:
        raise KeyError("one")

    provider.compose = compose  # type: ignore[assignment, method-assign]
    await box.round(provider)
    entry = await box.entry(entry_id)
    assert (entry.state, entry.attempts, entry.unclear) == ("due", 1, False)


async def test_who_lost_an_entry_to_another_writes_nothing(box: Postbox) -> None:
    provider = Provider()
    entry_id = await box.say(await box.traveller(), "one")

    async def send(_letter: object) -> None:
        async with box.database.write() as session:
            await session.execute(update(OutboxEntry).values(attempts=7))
        raise RefusedError("blocked", "late")

    provider.send = send  # type: ignore[assignment, method-assign]
    await box.round(provider)
    entry = await box.entry(entry_id)
    assert (entry.state, entry.attempts, entry.failure) == ("sending", 7, None)
    assert await box.failures(entry.conversation_id) == []


async def test_a_conversation_that_was_deleted_meanwhile_ends_the_work_on_it(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    conversation = await box.traveller()
    await box.say(conversation, "one")

    async def send(_letter: object) -> None:
        async with box.database.write() as session:
            await session.execute(delete(Conversation).where(Conversation.id == conversation))
        raise RefusedError("blocked", "error 7")

    provider.send = send  # type: ignore[assignment, method-assign]
    assert await box.round(provider) == [None]


async def test_what_a_provider_calls_a_message_can_always_be_kept(box: Postbox) -> None:
    provider = Provider()
    entry_id = await box.say(await box.traveller(), "one")

    async def send(_letter: object) -> Sent:
        return Sent("a\0" + "b" * 300)

    provider.send = send  # type: ignore[assignment, method-assign]
    await box.round(provider)
    assert (await box.entry(entry_id)).state == "sent"
    await Receipts(box.database, box.broadcast, box.watch).take("sms", Receipt("a\0" + "b" * 300, None, "delivered"))
    assert (await box.entry(entry_id)).delivered_at is not None


async def test_an_outcome_waits_for_a_database_that_is_away(small_box: Postbox) -> None:
    box, provider = small_box, Provider()
    entry_id = await box.say(await box.traveller(), "one")
    (claimed,) = await claim(box.database, "sms", 1, box.watch())
    pauses: list[float] = []

    class Away(Outcomes):
        async def part_sent(self, *args: Any, **more: Any) -> bool:
            if len(pauses) < 5:
                raise UnavailableError
            return await super().part_sent(*args, **more)

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    outcomes = Away(box.database, box.broadcast, box.watch)
    await Delivery(box.database, outcomes, SEAL, box.watch, sleep=sleep).deliver(claimed, provider)
    assert pauses == [0.5, 1, 2, 4, 5]
    assert (provider.texts, (await box.entry(entry_id)).state) == (["one"], "sent")
