"""What a turn asks of the database, however long the conversation is."""

from sqlalchemy import func, select, text

from bot.conversations.models import Message
from bot.conversations.service import Conversations
from bot.db.engine import Database
from tests.databases import counted
from tests.record.scripted import ScriptedDialogue, Watch, conversations, message


async def test_a_turn_is_ten_statements_however_long_the_conversation(
    service: Conversations, database: Database
) -> None:
    started = await service.start("web", "en")
    costs = []
    for n in range(40):
        with counted(database) as statements:
            await service.receive(started.conversation_id, message(f"number {n}", f"c{n}"))
        costs.append(len(statements))
    # Three take it in, one reads what is owed, five answer it, and one is the scripted dialogue's own.
    assert costs == [10] * 40, "\n".join(statements)


async def test_what_is_sent_again_costs_no_answer(service: Conversations, database: Database) -> None:
    started = await service.start("web", "en")
    await service.receive(started.conversation_id, message("hello"))
    with counted(database) as statements:
        await service.receive(started.conversation_id, message("hello"))
    assert len(statements) == 4


async def test_turn_four_hundred_reads_no_more_rows_than_turn_five(sqlite_database: Database, watch: Watch) -> None:
    service = conversations(sqlite_database, ScriptedDialogue(sqlite_database, watch), watch)
    started = await service.start("web", "en")
    async with sqlite_database.read() as session:
        plan = "\n".join(
            str(row)
            for row in await session.execute(
                text(
                    "EXPLAIN QUERY PLAN SELECT * FROM messages WHERE answered_at IS NULL AND sender = 'traveller' "
                    "AND conversation_id = 'x' ORDER BY seq LIMIT 1"
                )
            )
        )
        assert "ix_messages_unanswered" in plan
        assert await session.scalar(select(func.count()).select_from(Message)) == len(started.messages)
