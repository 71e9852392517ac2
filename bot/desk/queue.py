"""The desk's lists of conversations, paged by key: a page costs the same wherever in the list it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, get_args

import msgspec
from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.conversations.models import Conversation
from bot.conversations.reasons import Reason
from bot.db.base import UtcDateTime
from bot.desk.cards import Card, card, cards
from bot.desk.cursors import cursor_of, not_a_cursor, place_of
from bot.desk.signed_in import SignedIn
from bot.desk.visible import visible_to
from bot.formats import Language

View = Literal["waiting", "mine", "unassigned", "snoozed", "resolved", "all"]
VIEWS: tuple[View, ...] = get_args(View)
MOST_COUNTED = 1_000
"""Nobody needs to know whether 1,000 or 3,000 wait, and counting on would cost more with each."""


_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended: the last conversation's instant in the view's order, and its id."""

    view: View
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None
    id: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,36}$")]


class Page(msgspec.Struct, frozen=True):
    """One page; `next` is the cursor of the one after it, None on the last."""

    conversations: list[Card]
    next: str | None


class Counts(msgspec.Struct, frozen=True):
    """How many stand in each view; those named in `more` have more than that."""

    waiting: int
    mine: int
    unassigned: int
    snoozed: int
    more: list[str]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; None narrows nothing."""

    language: Language | None = None
    channel: str | None = None
    reason: Reason | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on `Conversation`."""
        wanted = (
            (Conversation.language, self.language),
            (Conversation.channel, self.channel),
            (Conversation.handoff_reason, self.reason),
        )
        return [column == value for column, value in wanted if value is not None]


@dataclass(frozen=True)
class _Order:
    """By one instant, then by id; both descend where the newest comes first. Without an instant comes last."""

    column: InstrumentedAttribute[Any]
    newest_first: bool = False
    may_be_missing: bool = False

    def by(self) -> list[ColumnElement[Any]]:
        keys: list[ColumnElement[Any]] = [self.column.desc(), Conversation.id.desc()]
        if not self.newest_first:
            keys = [self.column.asc(), Conversation.id.asc()]
        return [self.column.is_(None), *keys] if self.may_be_missing else keys

    def has(self, at: datetime | None) -> bool:
        """Whether a page may have ended there: an instant that UTC has too, which the first and last hours need not."""
        if at is None:
            return self.may_be_missing
        return _EARLIEST <= at <= _LATEST

    def after(self, place: Place) -> ColumnElement[bool]:
        if place.at is None:
            return and_(self.column.is_(None), Conversation.id > place.id)
        keys = tuple_(self.column, Conversation.id)
        there = tuple_(literal(place.at, UtcDateTime), literal(place.id))
        beyond = keys < there if self.newest_first else keys > there
        return or_(beyond, self.column.is_(None)) if self.may_be_missing else beyond


_Condition = Callable[[SignedIn, datetime], ColumnElement[bool]]


def _awake(now: datetime) -> ColumnElement[bool]:
    return or_(Conversation.snoozed_until.is_(None), Conversation.snoozed_until <= now)


_CONDITIONS: Mapping[View, _Condition] = {
    "waiting": lambda _viewer, now: and_(Conversation.state == "waiting", _awake(now)),
    "mine": lambda viewer, now: and_(
        Conversation.assignee_id == viewer.actor.id, Conversation.state == "human", _awake(now)
    ),
    "unassigned": lambda _viewer, _now: and_(Conversation.state == "waiting", Conversation.assignee_id.is_(None)),
    "snoozed": lambda _viewer, now: Conversation.snoozed_until > now,
    "resolved": lambda _viewer, _now: Conversation.state == "closed",
    "all": lambda _viewer, _now: Conversation.touched_at.is_not(None),
}
_ORDERS: Mapping[View, _Order] = {
    "waiting": _Order(Conversation.waiting_since),
    "mine": _Order(Conversation.waiting_since, may_be_missing=True),
    "unassigned": _Order(Conversation.waiting_since),
    "snoozed": _Order(Conversation.snoozed_until),
    "resolved": _Order(Conversation.touched_at, newest_first=True),
    "all": _Order(Conversation.touched_at, newest_first=True),
}


async def page(
    session: AsyncSession,
    viewer: SignedIn,
    view: View,
    now: datetime,
    *,
    filters: Filters = Filters(),
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """What `viewer` may see of a view: who waits longest first, who is put aside by when they come back, the rest
    newest first. One statement.

    Raises Problem 422 where `cursor` is not one of this view.
    """
    order = _ORDERS[view]
    chosen = select(Conversation.id).where(_CONDITIONS[view](viewer, now), visible_to(viewer), *filters.conditions())
    if cursor is not None:
        place = place_of(cursor, Place)
        if place.view != view or not order.has(place.at):
            raise not_a_cursor()
        chosen = chosen.where(order.after(place))
    ids = chosen.order_by(*order.by()).limit(limit + 1).subquery()
    rows = (await session.execute(cards(ids).order_by(*order.by()))).all()
    shown = [card(row) for row in rows[:limit]]
    last: Conversation | None = rows[limit - 1][0] if len(rows) > limit else None
    following = cursor_of(Place(view, getattr(last, order.column.key), last.id)) if last is not None else None
    return Page(shown, following)


async def counts(session: AsyncSession, viewer: SignedIn, now: datetime) -> Counts:
    """How many stand in the views an agent watches. One statement, bounded."""
    views: tuple[View, ...] = ("waiting", "mine", "unassigned", "snoozed")
    numbers = []
    for view in views:
        some = select(Conversation.id).where(_CONDITIONS[view](viewer, now), visible_to(viewer))
        numbers.append(select(func.count()).select_from(some.limit(MOST_COUNTED + 1).subquery()).scalar_subquery())
    found = dict(zip(views, (await session.execute(select(*numbers))).one(), strict=True))
    more = [view for view, number in found.items() if number > MOST_COUNTED]
    return Counts(**{view: min(number, MOST_COUNTED) for view, number in found.items()}, more=more)
