"""Conversations a day: how many, how many a person had a part in, and how content travellers were."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, get_args

import msgspec
from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation
from bot.conversations.reasons import Rating
from bot.db.portable import WholeSeconds
from bot.desk.reports.conditions import chosen, traveller_wrote, went_to_staff, within
from bot.desk.reports.period import Period, Scope

RATINGS: tuple[Rating, ...] = get_args(Rating)
EPOCH = date(1970, 1, 1)
DAY_SECONDS = 24 * 60 * 60


class DayFigures(msgspec.Struct, frozen=True):
    """The conversations that began on one day and in which the traveller wrote; the first is the sum of the others."""

    day: str
    conversations: int = 0
    without_person: int = 0
    handed_over: int = 0


class Conversations(msgspec.Struct, frozen=True):
    """The same for the whole period; the share is from 0 to 1, null where there were no conversations."""

    total: int
    without_person: int
    handed_over: int
    share_without_person: float | None


class Satisfaction(msgspec.Struct, frozen=True):
    """Answers to the question at the end, in those conversations; shares are from 0 to 1 of those who answered."""

    rated: int
    yes: int
    partly: int
    no: int
    share_yes: float | None
    share_partly: float | None
    share_no: float | None


async def channels(session: AsyncSession, scope: Scope) -> list[str]:
    """The channels on which conversations began in the period, whatever is chosen."""
    found = await session.scalars(select(Conversation.channel).where(within(Conversation.created_at, scope)).distinct())
    return sorted(found)


async def by_day(session: AsyncSession, scope: Scope) -> tuple[list[DayFigures], Conversations, Satisfaction]:
    """Every day of the period, also those without a conversation, and the sums."""
    rows = {EPOCH + timedelta(days=row.number): row for row in await session.execute(_by_day(scope))}
    days = [_figures(day, rows.get(day)) for day in scope.period.days()]
    ratings = {rating: sum(getattr(row, rating) for row in rows.values()) for rating in RATINGS}
    return days, _sum(days), _satisfaction(ratings)


def share(part: int, whole: int) -> float | None:
    """From 0 to 1; None of nothing."""
    return part / whole if whole else None


def _by_day(scope: Scope) -> Select[Any]:
    began = (
        select(
            _day_number(scope.period).label("number"),
            case((went_to_staff(), 1), else_=0).label("handed_over"),
            Conversation.rating,
        )
        .where(within(Conversation.created_at, scope), traveller_wrote(), *chosen(scope))
        .subquery()
    )
    return select(
        began.c.number,
        func.count().label("conversations"),
        func.sum(began.c.handed_over).label("handed_over"),
        *(func.sum(case((began.c.rating == rating, 1), else_=0)).label(rating) for rating in RATINGS),
    ).group_by(began.c.number)


def _day_number(period: Period) -> ColumnElement[int]:
    """The day in the zone of the period on which a conversation began, in days since 1970-01-01."""
    *earlier, (_, last) = period.offsets()
    began = WholeSeconds(Conversation.created_at)
    offset = (
        case(*((Conversation.created_at < before, offset) for before, offset in earlier), else_=last)
        if earlier
        else last
    )
    return (began + offset) // DAY_SECONDS


def _figures(day: date, row: Row[Any] | None) -> DayFigures:
    if row is None:
        return DayFigures(day.isoformat())
    return DayFigures(day.isoformat(), row.conversations, row.conversations - row.handed_over, row.handed_over)


def _sum(days: list[DayFigures]) -> Conversations:
    total = sum(day.conversations for day in days)
    without = sum(day.without_person for day in days)
    return Conversations(total, without, total - without, share(without, total))


def _satisfaction(ratings: Mapping[Rating, int]) -> Satisfaction:
    yes, partly, no = ratings["yes"], ratings["partly"], ratings["no"]
    rated = yes + partly + no
    return Satisfaction(rated, yes, partly, no, share(yes, rated), share(partly, rated), share(no, rated))
