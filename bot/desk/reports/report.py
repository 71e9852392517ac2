"""All figures of one report."""

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk.reports import conversations, handoffs, not_answered
from bot.desk.reports.conversations import Conversations, DayFigures, Satisfaction
from bot.desk.reports.handoffs import ReasonFigures, Waiting
from bot.desk.reports.not_answered import CodeFigures, IntentFigures
from bot.desk.reports.period import Scope
from bot.formats import Language


class About(msgspec.Struct, frozen=True):
    """What was asked for; `first` and `last` are days of the calendar in `time_zone`, both included."""

    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="to")
    time_zone: str
    channel: str | None
    language: Language | None


class Report(msgspec.Struct, frozen=True):
    """The figures; docs/reports.md says what each means. `channels` are those that can be chosen."""

    about: About
    channels: list[str]
    conversations: Conversations
    days: list[DayFigures]
    handoffs: list[ReasonFigures]
    waiting: Waiting
    unanswered: list[CodeFigures]
    unsure: list[IntentFigures]
    satisfaction: Satisfaction


async def make(session: AsyncSession, scope: Scope) -> Report:
    """The report, of one state of the database."""
    days, total, satisfaction = await conversations.by_day(session, scope)
    reasons, still_waiting, ended = await handoffs.by_reason(session, scope)
    return Report(
        about=About(
            first=scope.period.first.isoformat(),
            last=scope.period.last.isoformat(),
            time_zone=scope.period.zone.key,
            channel=scope.channel,
            language=scope.language,
        ),
        channels=await conversations.channels(session, scope),
        conversations=total,
        days=days,
        handoffs=reasons,
        waiting=await handoffs.waiting(session, scope, still_waiting=still_waiting, ended_without_reply=ended),
        unanswered=await not_answered.by_code(session, scope),
        unsure=await not_answered.by_intent(session, scope),
        satisfaction=satisfaction,
    )
