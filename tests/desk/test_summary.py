"""What was asked and answered, from the record."""

from typing import Any

from bot.db.engine import Database
from bot.desk.summary import LOOKED_AT, MOST_ENTRIES, Summary, summary
from tests.desk.inserted import conversation

YES = {"ruling": {"cbp_on_next_flight": {"verdict": "yes"}}, "card": "flight"}


async def _summary(database: Database, *said: Any) -> Summary:
    talk = await conversation(database, *said)
    async with database.read() as session:
        return await summary(session, talk)


async def test_the_guides_answer_is_its_summary_or_its_first_sentence(database: Database) -> None:
    found = await _summary(
        database,
        "b: Bonjour / Hello",
        {"text": "Can I do it?", "meta": {"intent": "ask_cbp_on_flight"}, "id": "q1"},
        {"text": "And the fee?", "meta": {"intent": "ask_fees"}, "id": "q2"},
        {"sender": "bot", "text": "Long words.", "meta": {**YES, "summary": "Yes, you can."}, "reply_to": "q1"},
        {"sender": "bot", "text": "More of it.", "reply_to": "q1"},
        {"sender": "bot", "text": "It is US$120. It is paid\nonline.", "reply_to": "q2"},
    )
    assert [(each.asked, each.intent, each.answered_seq, each.answered, each.verdict) for each in found.entries] == [
        ("Can I do it?", "ask_cbp_on_flight", 4, "Yes, you can.", "yes"),
        ("And the fee?", "ask_fees", 6, "It is US$120.", None),
    ]
    assert not found.more


async def test_a_person_answers_all_that_was_asked_until_then(sqlite_database: Database) -> None:
    found = await _summary(sqlite_database, "t: Hello?", "t: Anybody?", "s: Yes! I am here.", "s: And?", "t: Good")
    answers = [(each.asked, each.answered_seq, each.answered) for each in found.entries]
    assert answers == [("Hello?", 3, "Yes!"), ("Anybody?", 3, "Yes!"), ("Good", None, None)]


async def test_a_long_conversation_is_cut_and_says_so(sqlite_database: Database) -> None:
    found = await _summary(sqlite_database, *["t: " + "x" * 500] * (LOOKED_AT + 5))
    assert len(found.entries) == MOST_ENTRIES
    assert found.more
    assert len(found.entries[0].asked) == 200
    assert found.entries[-1].seq == LOOKED_AT + 5
