"""Which messages are shown to staff, on both kinds of database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from bot.conversations import record
from bot.conversations.models import Conversation
from bot.db.engine import Database
from bot.improving.models import MessageReview
from bot.improving.unsure import Unsure, mark_reviewed, unsure_messages
from tests.improving.recording import NOW, write


async def unsure(database: Database, **rest: Any) -> Sequence[Unsure]:
    options: dict[str, Any] = {"below": 0.6, "since": None, "limit": 20, "known": lambda _text: False, **rest}
    async with database.read() as session:
        return await unsure_messages(session, **options)


async def mark(database: Database, *ids: str, intent: str | None = None, at: datetime = NOW) -> None:
    async with database.write() as session:
        await mark_reviewed(session, ids, intent, at)


async def texts(database: Database, **rest: Any) -> list[str]:
    return [item.text for item in await unsure(database, **rest)]


async def test_unsure_ones_newest_first(database: Database) -> None:
    await write(database, "asked again", hours_ago=3)
    await write(database, "hardly sure", "ask_fees", 0.59, hours_ago=1)
    await write(database, "sure enough", "ask_fees", 0.6)
    await write(database, "pressed", "help", 1.0)
    await write(database, "the answer failed", None)
    await write(database, "newest", "ask_card", 0.1)
    assert await texts(database) == ["newest", "hardly sure", "asked again"]
    assert await texts(database, limit=2) == ["newest", "hardly sure"]
    assert await texts(database, below=0.2) == ["newest", "asked again"]
    assert await texts(database, below=0) == ["asked again"]
    assert await texts(database, since=NOW - timedelta(hours=1)) == ["newest", "hardly sure"]


async def test_a_message_without_an_answer_is_not_listed(database: Database) -> None:
    async with database.write() as session:
        async with record.created(session, "1", channel="web", language="en", token_digest="d", at=NOW):
            pass
        await record.take_in(session, "1", text="waiting", client_message_id="c", at=NOW)
    assert await texts(database) == []


async def test_what_the_guide_never_reads_as_a_sentence_is_left_out(database: Database) -> None:
    for text in ("/restart", "👍👍", "?!", "•••••••••"):
        await write(database, text)
    assert await texts(database) == []


async def test_guesses_are_those_kept_else_those_offered(database: Database) -> None:
    await write(database, "kept", guesses=[["ask_fees", 0.25], ["nlu_fallback", 0.2], ["ask_card", 0.125]])
    await write(database, "offered", offered=("ask_why", "talk_to_human"), hours_ago=1)
    await write(database, "answered", "ask_what_if", 0.5, offered=("ask_why",), hours_ago=2)
    await write(database, "nothing", hours_ago=3)
    kept, offered, answered, nothing = await unsure(database)
    assert kept.guesses == (("ask_fees", 0.25), ("ask_card", 0.125))
    assert offered.guesses == (("ask_why", None), ("talk_to_human", None))
    assert answered.guesses == (("ask_what_if", 0.5),)
    assert (answered.asked_again, answered.confidence) == (False, 0.5)
    assert nothing.guesses == ()
    assert nothing.asked_again


async def test_the_same_sentence_is_shown_once_and_reviewed_wherever_it_stands(database: Database) -> None:
    first = await write(database, "How come?", hours_ago=2)
    second = await write(database, "how come", hours_ago=1)
    [item] = await unsure(database)
    assert (item.text, item.message_ids) == ("how come", (second, first))
    await mark(database, *item.message_ids)
    await write(database, "HOW COME!!")
    assert await texts(database) == []
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(MessageReview)) == 2


async def test_what_is_known_is_left_out_before_the_limit_counts(database: Database) -> None:
    await write(database, "known")
    await write(database, "unknown", hours_ago=1)
    assert await texts(database, limit=1, known=lambda text: text == "known") == ["unknown"]


async def test_a_second_mark_changes_nothing(database: Database) -> None:
    message = await write(database, "how come")
    await mark(database, message, intent="ask_why")
    await mark(database, message, at=NOW + timedelta(days=1))
    async with database.read() as session:
        review = await session.get_one(MessageReview, message)
    assert (review.intent, review.reviewed_at) == ("ask_why", NOW)


async def test_a_review_goes_with_its_conversation(database: Database) -> None:
    await mark(database, await write(database, "how come"))
    async with database.write() as session:
        await session.execute(delete(Conversation))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(MessageReview)) == 0
