"""What the guide had no answer to: the policy could not tell, or the question was not understood."""

from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.counted import CANNOT_TELL, cannot_tell, not_understood
from bot.conversations.models import GUESSES, Conversation, Message
from bot.db.portable import JsonText, literal_text
from bot.desk.reports.conditions import chosen, within
from bot.desk.reports.period import Scope

_SENDER = Message.__table__.c.sender
_META = Message.__table__.c.meta
_CONDITIONS = {code: cannot_tell(code, _SENDER, _META) for code in CANNOT_TELL}
_NOT_UNDERSTOOD = not_understood(_SENDER, _META)
_GUESS = JsonText(_META, GUESSES, "0", "0").label("guess")
Missing = Literal["policy", "facts"]


class CodeFigures(msgspec.Struct, frozen=True):
    """Answers about a flight with the verdict "cannot tell" and this code, and conversations with at least one.

    `missing` says what was: the policy is silent, or the traveller had not told enough.
    """

    code: str
    missing: Missing
    answers: int
    conversations: int


class IntentFigures(msgspec.Struct, frozen=True):
    """Messages that the guide asked about again, and conversations with at least one, by what it held likeliest.

    `intent` is null where nothing was likely.
    """

    intent: str | None
    messages: int
    conversations: int


async def by_code(session: AsyncSession, scope: Scope) -> list[CodeFigures]:
    """Codes that occurred, most conversations first."""
    each = [_counted(literal_text(code), scope).where(condition) for code, condition in _CONDITIONS.items()]
    rows = await session.execute(union_all(*each))
    found = [CodeFigures(code, _missing(code), *counts) for code, *counts in rows if any(counts)]
    return sorted(found, key=lambda figures: -figures.conversations)


async def by_intent(session: AsyncSession, scope: Scope) -> list[IntentFigures]:
    """Most messages first."""
    query = _counted(_GUESS, scope).where(_NOT_UNDERSTOOD).group_by("guess")
    found = [IntentFigures(*row) for row in await session.execute(query)]
    return sorted(found, key=lambda figures: (-figures.messages, figures.intent or ""))


def _counted(key: ColumnElement[str], scope: Scope) -> Select[Any]:
    counts: tuple[ColumnElement[Any], ...] = (func.count(), func.count(Message.conversation_id.distinct()))
    query: Select[Any] = select(key, *counts).where(within(Message.created_at, scope))
    conditions = tuple(chosen(scope))
    if not conditions:
        return query
    return query.join(Conversation, Conversation.id == Message.conversation_id).where(*conditions)


def _missing(code: str) -> Missing:
    return "policy" if code.startswith("policy_silent") else "facts"
