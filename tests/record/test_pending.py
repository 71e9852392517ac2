"""What the bot owes, oldest first."""

import pytest

from bot.conversations import record
from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.conversations.held import locked
from bot.conversations.pending import PendingEvent, PendingMessage, next_pending, waiting_conversations
from bot.db.engine import Database
from tests.record.scripted import NOON


@pytest.fixture
async def conversation_id(database: Database) -> str:
    async with database.write() as session:
        for name in ("c", "other"):
            async with record.created(session, name, channel="web", language="fr", token_digest=name, at=NOON) as held:
                yes = Button("Oui", "oui", Choice("affirm"))
                held.add_replies([Reply("Bonjour", "fr", (yes,))], at=NOON, reply_to=None)
    return "c"


async def test_nothing_is_owed(database: Database, conversation_id: str) -> None:
    async with database.read_once() as session:
        assert await next_pending(session, conversation_id) is None
    async with database.read_once() as session:
        assert await next_pending(session, "nobody's") is None
    async with database.read_once() as session:
        assert await waiting_conversations(session) == []


async def test_a_message_brings_the_meaning_it_was_stored_with(database: Database, conversation_id: str) -> None:
    meaning = Choice("ask_why", ({"entity": "topic", "value": "x"},))
    async with database.write() as session:
        await record.take_in(session, conversation_id, text="Warum?", client_message_id="1", at=NOON, meaning=meaning)
    async with database.read_once() as session:
        pending = await next_pending(session, conversation_id)
    assert pending is not None
    assert isinstance(pending.what, PendingMessage)
    assert pending.what.choices == {"oui": Choice("affirm"), "warum?": meaning}


async def test_the_oldest_comes_first_with_what_was_offered_before_it(database: Database, conversation_id: str) -> None:
    async with database.write() as session:
        first = await record.take_in(session, conversation_id, text="one", client_message_id="1", at=NOON)
        async with locked(session, conversation_id) as held:
            held.note("identity.proved", NOON, pending=True)
        second = await record.take_in(session, conversation_id, text="two", client_message_id="2", at=NOON)
        await record.take_in(session, "other", text="elsewhere", client_message_id="1", at=NOON)
    assert first is not None
    assert second is not None
    owed = []
    for _ in range(3):
        async with database.write() as session:
            turn = await next_pending(session, conversation_id)
            assert turn is not None
            assert (turn.state, turn.language) == ("bot", "fr")
            owed.append(turn.what)
            if isinstance(turn.what, PendingEvent):
                assert await record.mark_said(session, turn.what.event_id)
                assert not await record.mark_said(session, turn.what.event_id)
            else:
                done = {"at": NOON, "state": turn.state, "language": turn.language, "meta": {}}
                assert await record.mark_answered(session, turn.what.id, **done)
                assert not await record.mark_answered(session, turn.what.id, **done)
    choices = {"oui": Choice("affirm")}
    assert owed[0] == PendingMessage(first.id, 2, "one", "1", NOON, choices)
    assert isinstance(owed[1], PendingEvent)
    assert owed[2] == PendingMessage(second.id, 3, "two", "2", NOON, choices)
    async with database.read_once() as session:
        assert await waiting_conversations(session) == ["other"]
