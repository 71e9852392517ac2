"""Why conversations went to staff, and how long travellers waited for a person's first words."""

from typing import Any

import msgspec
from sqlalchemy import Float, Select, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Handoff
from bot.conversations.reasons import REASONS, Reason
from bot.db.portable import WholeSeconds
from bot.desk.reports.conditions import chosen, within
from bot.desk.reports.period import Scope

SPANS = (5 * 60, 15 * 60, 3600, 4 * 3600, 24 * 3600)
"""Ends of the spans that waits are counted in, in seconds; the last span has no end."""


class ReasonFigures(msgspec.Struct, frozen=True):
    """Handoffs of one reason."""

    reason: Reason
    handoffs: int


class SpanFigures(msgspec.Struct, frozen=True):
    """Handoffs with a wait of less than `below_seconds` and not less than the span before; null is without an end."""

    below_seconds: int | None
    handoffs: int


class Waiting(msgspec.Struct, frozen=True):
    """From the wish for a person to a person's first message, in seconds; null where nobody was replied to."""

    replied: int
    median_seconds: float | None
    p90_seconds: int | None
    still_waiting: int
    ended_without_reply: int
    spans: list[SpanFigures]


async def by_reason(session: AsyncSession, scope: Scope) -> tuple[list[ReasonFigures], int, int]:
    """Handoffs of every reason, then how many still wait and how many ended without a person's words."""
    unanswered = Handoff.first_reply_at.is_(None) & (Handoff.reason != "staff")
    query = select(
        Handoff.reason,
        func.count().label("handoffs"),
        _number(unanswered & Handoff.ended_at.is_(None)).label("still_waiting"),
        _number(unanswered & Handoff.ended_at.is_not(None)).label("ended_without_reply"),
    )
    rows = {row.reason: row for row in await session.execute(_asked_for(query, scope).group_by(Handoff.reason))}
    reasons = [ReasonFigures(reason, rows[reason].handoffs if reason in rows else 0) for reason in REASONS]
    still_waiting = sum(row.still_waiting for row in rows.values())
    return reasons, still_waiting, sum(row.ended_without_reply for row in rows.values())


async def waiting(session: AsyncSession, scope: Scope, *, still_waiting: int, ended_without_reply: int) -> Waiting:
    """The waits of those who were replied to, beside the given numbers of those who were not."""
    row = (await session.execute(_waits(scope))).one()
    counts = [getattr(row, f"span{number}") or 0 for number in range(len(SPANS) + 1)]
    spans = [SpanFigures(below, count) for below, count in zip((*SPANS, None), counts, strict=True)]
    return Waiting(row.replied, row.median, row.p90, still_waiting, ended_without_reply, spans)


def _asked_for(query: Select[Any], scope: Scope) -> Select[Any]:
    query = query.select_from(Handoff).where(within(Handoff.requested_at, scope))
    conditions = tuple(chosen(scope))
    return (
        query.join(Conversation, Conversation.id == Handoff.conversation_id).where(*conditions) if conditions else query
    )


def _waits(scope: Scope) -> Select[Any]:
    """One row. A rank is compared by multiplying, since databases do not divide whole numbers alike."""
    seconds = (WholeSeconds(Handoff.first_reply_at) - WholeSeconds(Handoff.requested_at)).label("seconds")
    # Where staff stepped in by themselves, nobody was waiting.
    replied = _asked_for(select(seconds), scope).where(Handoff.first_reply_at.is_not(None), Handoff.reason != "staff")
    wait = replied.subquery("replied").c.seconds
    ranked = select(
        wait, func.row_number().over(order_by=wait).label("rank"), func.count().over().label("number")
    ).subquery("ranked")
    each, rank, number = ranked.c.seconds, ranked.c.rank, ranked.c.number
    middle_below = func.min(case((rank * 2 >= number, each)))
    middle_above = func.min(case((rank * 2 > number, each)))
    below = (0, *SPANS)
    spans = [
        _number((each >= start) & (each < end) if end else each >= start).label(f"span{index}")
        for index, (start, end) in enumerate(zip(below, (*SPANS, None), strict=True))
    ]
    return select(
        func.count().label("replied"),
        (cast(middle_below + middle_above, Float) / 2).label("median"),
        func.min(case((rank * 100 >= number * 90, each))).label("p90"),
        *spans,
    ).select_from(ranked)


def _number(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))
