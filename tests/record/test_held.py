"""What a transaction adds to a conversation whose row it holds."""

import pytest
from sqlalchemy import select

from bot.audit.actor import Actor
from bot.conversations import record, verbs
from bot.conversations.dialogue_port import Reply
from bot.conversations.held import locked
from bot.conversations.models import Conversation, Event
from bot.conversations.states import StateError
from bot.db.engine import Database
from tests.databases import counted
from tests.record.scripted import NOON

NEW = {"channel": "web", "language": "en", "token_digest": "d", "at": NOON}


@pytest.fixture
async def conversation_id(database: Database) -> str:
    async with database.write() as session, record.created(session, "c", **NEW):  # type: ignore[arg-type]
        return "c"


async def test_all_is_stored_when_the_block_ends(database: Database, conversation_id: str) -> None:
    async with database.write() as session, locked(session, conversation_id) as held:
        held.add_replies([Reply("one", "fr"), Reply("two", "en")], at=NOON, reply_to=None)
        verbs.ask_for_person(held, "asked", NOON)
        held.row.language = "fr"
    async with database.read() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        messages = await record.messages_after(session, conversation_id, 0)
        events = (await session.execute(select(Event.name, Event.seq, Event.data).order_by(Event.id))).all()
    assert (conversation.state, conversation.language, conversation.last_seq) == ("waiting", "fr", 2)
    assert [(message.seq, message.text, message.language) for message in messages] == [
        (1, "one", "fr"),
        (2, "two", "en"),
    ]
    assert events[1:] == [("handoff.asked_for", 2, {"from": "bot", "to": "waiting", "reason": "asked"})]


async def test_nothing_is_stored_when_it_raises(database: Database, conversation_id: str) -> None:
    with pytest.raises(StateError):
        async with database.write() as session, locked(session, conversation_id, number_at=NOON) as held:
            held.add_replies([Reply("one", "en")], at=NOON, reply_to=None)
            verbs.end(held, NOON)
            verbs.take(held, Actor("staff:1", "Marie"), NOON)
    async with database.read() as session:
        assert (await session.get_one(Conversation, conversation_id)).last_seq == 0
        assert await record.messages_after(session, conversation_id, 0) == []


async def test_many_are_stored_at_the_price_of_one(database: Database, conversation_id: str) -> None:
    with counted(database) as statements:
        async with database.write() as session, locked(session, conversation_id) as held:
            held.add_replies([Reply(str(number), "en") for number in range(20)], at=NOON, reply_to=None)
    assert len(statements) == 3
    with counted(database) as statements:
        async with database.write() as session, locked(session, conversation_id):
            pass
    assert len(statements) == 1
