"""Conditions that several figures share."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, literal_column, select
from sqlalchemy.orm import QueryableAttribute

from bot.conversations.counted import by_traveller
from bot.conversations.models import Conversation, Handoff, Message
from bot.desk.reports.period import Scope

# No column, so that an index is enough to answer.
_ANY: ColumnElement[int] = literal_column("1")


def within(instant: QueryableAttribute[Any], scope: Scope) -> ColumnElement[bool]:
    """The instant lies in the period."""
    return (instant >= scope.period.starts) & (instant < scope.period.ends)


def chosen(scope: Scope) -> Iterator[ColumnElement[bool]]:
    """The conditions on `Conversation` that the channel and the language make."""
    if scope.channel is not None:
        yield Conversation.channel == scope.channel
    if scope.language is not None:
        yield Conversation.language == scope.language


def traveller_wrote() -> ColumnElement[bool]:
    """The traveller wrote something; a page that was only opened has a greeting and no more."""
    return (
        select(_ANY)
        .where(Message.conversation_id == Conversation.id, by_traveller(Message.__table__.c.sender))
        .correlate(Conversation)
        .exists()
    )


def went_to_staff() -> ColumnElement[bool]:
    """It went to staff at least once, whenever that was."""
    return select(_ANY).where(Handoff.conversation_id == Conversation.id).correlate(Conversation).exists()
