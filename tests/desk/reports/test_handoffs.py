"""Reasons, and waiting for a person; percentiles against a reference."""

import asyncio
from datetime import UTC, datetime, timedelta
from math import ceil
from statistics import median

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from bot.conversations.models import Handoff
from bot.db.engine import Database
from bot.db.upsert import table_of
from bot.desk.reports.handoffs import SPANS, Waiting, by_reason, waiting
from bot.desk.reports.period import Scope
from tests.desk.reports.made import ALL, NOVEMBER, at, conversation, handoff, traveller

# Whole seconds from anywhere within one: what is cut off on both ends must not add up.
WAITS = st.lists(
    st.one_of(st.integers(0, 200_000), st.sampled_from([0, *SPANS, *(end - 1 for end in SPANS)])), max_size=40
)


async def figures(database: Database, scope: Scope = ALL) -> tuple[dict[str, int], Waiting]:
    async with database.read() as session:
        reasons, still_waiting, ended = await by_reason(session, scope)
        waits = await waiting(session, scope, still_waiting=still_waiting, ended_without_reply=ended)
    return {each.reason: each.handoffs for each in reasons}, waits


async def test_reasons_and_waits_as_reckoned_by_hand(database: Database) -> None:
    three = [handoff("asked", at(3), 60), handoff("unsure", at(4), 299.9), handoff("asked", at(5))]
    await conversation(database, at(1), traveller(), handoffs=three)
    others = [
        handoff("cannot_tell", at(6), 3600, ended=True),
        handoff("complaint", at(7), ended=True),
        # Nobody waited for staff who stepped in, and the last two began outside of the month.
        handoff("staff", at(8), 5),
        handoff("staff", at(8)),
        handoff("asked", at(1) - timedelta(hours=13), 7),
        handoff("asked", at(30) + timedelta(hours=12)),
    ]
    await conversation(database, at(1), traveller(), handoffs=others, channel="telegram", language="fr")
    reasons, waits = await figures(database)
    assert reasons == {
        "asked": 2,
        "cannot_tell": 1,
        "unsure": 1,
        "complaint": 1,
        "identity_locked": 0,
        "staff": 2,
    }
    assert (waits.replied, waits.median_seconds, waits.p90_seconds) == (3, 299, 3600)
    assert (waits.still_waiting, waits.ended_without_reply) == (1, 1)
    assert [(span.below_seconds, span.handoffs) for span in waits.spans] == [
        (300, 2),
        (900, 0),
        (3600, 0),
        (14400, 1),
        (86400, 0),
        (None, 0),
    ]
    reasons, waits = await figures(database, Scope(NOVEMBER, channel="telegram", language="fr"))
    assert sum(reasons.values()) == 4
    assert (waits.replied, waits.median_seconds, waits.still_waiting) == (1, 3600, 0)


async def test_without_handoffs_there_is_no_median(database: Database) -> None:
    reasons, waits = await figures(database)
    assert set(reasons.values()) == {0}
    assert (waits.replied, waits.median_seconds, waits.p90_seconds) == (0, None, None)
    assert {span.handoffs for span in waits.spans} == {0}


async def test_percentiles_are_those_of_a_reference(database: Database) -> None:
    await conversation(database, at(1), traveller(), handoffs=[handoff("asked", at(2))])
    async with database.read() as session:
        conversation_id = await session.scalar(table_of(Handoff).select().with_only_columns(Handoff.conversation_id))

    async def check(waits: list[int], fraction: int) -> None:
        requested = datetime(2026, 11, 10, 12, 0, 0, fraction, tzinfo=UTC)
        rows = [
            {"id": str(number), "conversation_id": conversation_id, **handoff("asked", requested, wait)}
            for number, wait in enumerate(waits)
        ]
        async with database.write() as session:
            await session.execute(delete(Handoff))
            if rows:
                await session.execute(insert(table_of(Handoff)), rows)
        _, found = await figures(database)
        assert found.replied == len(waits)
        assert found.median_seconds == (median(waits) if waits else None)
        # The nearest rank: the shortest of the waits that nine in ten do not exceed.
        assert found.p90_seconds == (sorted(waits)[ceil(len(waits) * 9 / 10) - 1] if waits else None)
        ends = [*SPANS, float("inf")]
        assert [span.handoffs for span in found.spans] == [
            sum(start <= wait < end for wait in waits) for start, end in zip([0, *SPANS], ends, strict=True)
        ]

    loop = asyncio.get_running_loop()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(waits=WAITS, fraction=st.integers(0, 999_999))
    def examples(waits: list[int], fraction: int) -> None:
        asyncio.run_coroutine_threadsafe(check(waits, fraction), loop).result(timeout=10)

    # Hypothesis calls plainly; the database belongs to this loop, so its examples run beside it.
    await asyncio.to_thread(examples)
