"""Conversations a day, the share without a person, satisfaction."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.db.engine import Database
from bot.desk.reports.conversations import DayFigures, by_day, channels
from bot.desk.reports.period import Period, Scope
from tests.desk.reports.made import ALL, NOVEMBER, TORONTO, at, conversation, handoff, ruled, traveller

SILENCE = {"sender": "bot", "meta": {}}


@pytest.fixture
async def record(database: Database) -> Database:
    """Two conversations on the 3rd, three on the 4th, one outside on either side, one in which nobody wrote."""
    await conversation(database, at(3, 0, 0), SILENCE, traveller(), rating="yes")
    asked = [handoff("asked", at(3, 23, 50))]
    await conversation(database, at(3, 23, 59), SILENCE, traveller(), handoffs=asked, rating="no")
    twice = [handoff("asked", at(4)), handoff("unsure", at(5))]
    await conversation(database, at(4), SILENCE, traveller(), traveller(), handoffs=twice, rating="partly")
    await conversation(database, at(4), SILENCE, traveller(), channel="telegram", language="fr", rating="yes")
    await conversation(database, at(4), SILENCE, traveller(), language=None)
    await conversation(database, at(4), SILENCE, ruled("yes", "shared_and_precleared"), rating="yes")
    october = datetime(2026, 10, 31, 23, 59, 59, 999_999, tzinfo=TORONTO)
    await conversation(database, october, traveller(), channel="sms", rating="no")
    await conversation(database, at(30) + timedelta(hours=12), traveller(), channel="sms", rating="no")
    return database


async def test_days_shares_and_satisfaction_as_reckoned_by_hand(record: Database) -> None:
    async with record.read() as session:
        days, total, satisfaction = await by_day(session, ALL)
    assert len(days) == 30
    assert [day for day in days if day.conversations] == [
        DayFigures("2026-11-03", conversations=2, without_person=1, handed_over=1),
        DayFigures("2026-11-04", conversations=3, without_person=2, handed_over=1),
    ]
    assert (total.total, total.without_person, total.handed_over, total.share_without_person) == (5, 3, 2, 0.6)
    assert (satisfaction.rated, satisfaction.yes, satisfaction.partly, satisfaction.no) == (4, 2, 1, 1)
    assert (satisfaction.share_yes, satisfaction.share_partly, satisfaction.share_no) == (0.5, 0.25, 0.25)


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        (Scope(NOVEMBER, channel="telegram"), 1),
        (Scope(NOVEMBER, language="fr"), 1),
        (Scope(NOVEMBER, channel="web", language="en"), 3),
        (Scope(NOVEMBER, channel="web", language="fr"), 0),
    ],
)
async def test_channel_and_language_narrow_what_is_counted(record: Database, scope: Scope, count: int) -> None:
    async with record.read() as session:
        days, total, satisfaction = await by_day(session, scope)
        assert await channels(session, scope) == ["telegram", "web"]
    assert total.total == sum(day.conversations for day in days) == count
    if not count:
        assert total.share_without_person is None and satisfaction.share_yes is None


async def test_a_day_is_the_zones_also_where_clocks_change(database: Database) -> None:
    # 1 November 2026 has 25 hours in Toronto: from 04:00 UTC to 05:00 UTC of the next day.
    start = datetime(2026, 11, 1, 4, tzinfo=UTC)
    for hours in (0, 2.5, 24.999):
        await conversation(database, start + timedelta(hours=hours), traveller())
    await conversation(database, start + timedelta(hours=25), traveller())
    await conversation(database, start - timedelta(microseconds=1), traveller())
    scope = Scope(Period(date(2026, 10, 31), date(2026, 11, 2), TORONTO))
    async with database.read() as session:
        days, _, _ = await by_day(session, scope)
    assert [(day.day, day.conversations) for day in days] == [("2026-10-31", 1), ("2026-11-01", 3), ("2026-11-02", 1)]
