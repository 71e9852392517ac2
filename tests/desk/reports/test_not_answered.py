"""What the policy could not tell, and what was not understood."""

from datetime import timedelta

from bot.conversations.counted import CANNOT_TELL, FALLBACK
from bot.db.engine import Database
from bot.desk.reports.not_answered import CodeFigures, IntentFigures, by_code, by_intent
from bot.desk.reports.period import Scope
from bot.guidance.verdict import ROWS
from bot.nlu import unsure
from tests.databases import counted
from tests.desk.reports.made import ALL, NOVEMBER, at, conversation, not_understood, ruled, traveller


def test_the_names_counted_are_those_in_use() -> None:
    assert FALLBACK == unsure.FALLBACK
    assert sorted(CANNOT_TELL) == sorted({row.code for row in ROWS if row.verdict == "cannot_tell"})


async def test_codes_as_reckoned_by_hand(database: Database) -> None:
    silent = ruled("cannot_tell", "policy_silent_mode")
    await conversation(database, at(2), traveller(), silent, traveller(), silent)
    await conversation(database, at(2), traveller(), silent, ruled("cannot_tell", "no_trip_known"), language="fr")
    # About something else than the flight, another verdict, words of a traveller, another month: not counted.
    await conversation(database, at(2), ruled("cannot_tell", "no_trip_known", card="options"))
    await conversation(database, at(2), ruled("yes", "shared_and_precleared"), {"sender": "bot", "meta": {}})
    await conversation(database, at(2), {**silent, "sender": "traveller"})
    await conversation(database, at(1) - timedelta(days=1), silent)
    async with database.read() as session:
        assert await by_code(session, ALL) == [
            CodeFigures("policy_silent_mode", "policy", answers=3, conversations=2),
            CodeFigures("no_trip_known", "facts", answers=1, conversations=1),
        ]
        assert await by_code(session, Scope(NOVEMBER, language="fr")) == [
            CodeFigures("policy_silent_mode", "policy", answers=1, conversations=1),
            CodeFigures("no_trip_known", "facts", answers=1, conversations=1),
        ]
        assert await by_code(session, Scope(NOVEMBER, channel="sms")) == []


async def test_intents_as_reckoned_by_hand(database: Database) -> None:
    fees = not_understood("ask_fees", "ask_card")
    await conversation(database, at(2), fees, {"sender": "bot", "meta": {"intent": "nlu_fallback"}}, fees)
    await conversation(database, at(2), not_understood("ask_card"), traveller(), channel="telegram")
    await conversation(database, at(2), not_understood(), fees)
    await conversation(database, at(1) - timedelta(days=1), fees)
    async with database.read() as session:
        assert await by_intent(session, ALL) == [
            IntentFigures("ask_fees", messages=3, conversations=2),
            IntentFigures(None, messages=1, conversations=1),
            IntentFigures("ask_card", messages=1, conversations=1),
        ]
        assert await by_intent(session, Scope(NOVEMBER, channel="telegram")) == [IntentFigures("ask_card", 1, 1)]


async def test_an_index_serves_each_so_that_no_ruling_is_read(sqlite_database: Database) -> None:
    with counted(sqlite_database) as statements:
        async with sqlite_database.read() as session:
            await by_code(session, ALL)
            await by_intent(session, ALL)
    plans = []
    async with sqlite_database.read() as session:
        for statement in statements:
            connection = await session.connection()
            values = tuple("2026-11-01" for _ in range(statement.count("?")))
            plans.append((await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)).all())
    used = {str(step[-1]).partition(" USING INDEX ")[2].split(" ")[0] for plan in plans for step in plan}
    assert used - {""} == {*(f"ix_messages_{code}" for code in CANNOT_TELL), "ix_messages_not_understood"}
