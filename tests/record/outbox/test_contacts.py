"""Who writes at an address, and how long they are taken for the same."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.conversations.dialogue_port import Reply
from bot.conversations.models import Conversation
from bot.conversations.outbox.contacts import SAME_PERSON, Contacts, heard_from, mark
from bot.conversations.outbox.models import Contact
from bot.db.engine import Database
from bot.privacy.sealing import Seal
from tests.record.scripted import KEY, Watch

NUMBER = "+16135550177"
WELCOME = Reply("Welcome.", "en")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def contacts(database: Database, watch: Watch) -> Contacts:
    return Contacts(database, Seal(KEY), watch)


async def test_an_address_that_is_heard_from_keeps_its_conversation(
    contacts: Contacts, database: Database, watch: Watch
) -> None:
    first = await contacts.of("sms", NUMBER, WELCOME)
    for _ in range(3):
        watch.forward(days=29)
        known = await contacts.of("sms", NUMBER, WELCOME)
        assert known.conversation_id == first.conversation_id
        async with database.write() as session:
            await heard_from(session, known.conversation_id, watch())


async def test_whoever_has_a_number_next_gets_a_conversation_of_their_own(
    contacts: Contacts, database: Database, watch: Watch
) -> None:
    """What was proved and said belongs to the conversation, so it stays with the one before."""
    before = await contacts.of("sms", NUMBER, WELCOME)
    async with database.write() as session:
        await mark(session, before.conversation_id, "unsubscribed")
    watch.now += SAME_PERSON + timedelta(seconds=1)
    at_once = await asyncio.gather(*(contacts.of("sms", NUMBER, WELCOME) for _ in range(4)))
    assert len({each.conversation_id for each in at_once}) == 1
    assert at_once[0].conversation_id != before.conversation_id
    assert {each.unreachable for each in at_once} == {"unsubscribed"}
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Conversation)) == 2
        assert (await session.scalars(select(Contact.conversation_id))).all() == [at_once[0].conversation_id]
    assert await contacts.of("sms", NUMBER, WELCOME) == at_once[0]
