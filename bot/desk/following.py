"""What a staff member's socket is told: which conversations changed, and what is new in the one they watch.

Both are read from the record when something changed, through the same condition as every other look; so who may not see
a conversation any more is told nothing of it, and what is told comes in order, without a gap and once.
"""

from collections.abc import Collection, Iterator
from itertools import islice

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation
from bot.desk import timeline
from bot.desk.cards import Named
from bot.desk.signed_in import SignedIn
from bot.desk.socket_frames import TimelineGrew
from bot.desk.visible import visible_to

_AT_ONCE = 500
_MOST_GONE = 10_000
_PAGE = 100


class Changes:
    """Which changes one socket has to be told of."""

    def __init__(self) -> None:
        self._gone: set[str] = set()

    async def of(self, session: AsyncSession, staff: SignedIn, changed: Collection[str]) -> list[str] | None:
        """The changed conversations that `staff` may see; None where there is nothing to tell.

        An empty list says that one left their lists, such as one that somebody else has taken. It is said once for
        each, and it does not say which.
        """
        visible: set[str] = set()
        gone: set[str] = set()
        for some in _batches(changed):
            rows = await session.execute(
                select(Conversation.id, visible_to(staff).label("visible")).where(
                    Conversation.id.in_(some), or_(visible_to(staff), Conversation.handoff_reason.is_not(None))
                )
            )
            for row in rows:
                (visible if row.visible else gone).add(row.id)
        news = gone - self._gone
        self._gone = (self._gone | gone) - visible if len(self._gone) < _MOST_GONE else gone
        return sorted(visible) if visible or news else None


class Watched:
    """One watched conversation from a message on."""

    def __init__(self, conversation_id: str, after: int) -> None:
        self.id = conversation_id
        self._seq = after
        self._told: TimelineGrew | None = None
        self._beside: set[str | int] = set()

    async def news(self, session: AsyncSession, staff: SignedIn) -> tuple[TimelineGrew | None, bool]:
        """What is new, None where nothing is; and whether there is more. Raises NotVisibleError."""
        wanted = select(Conversation).where(Conversation.id == self.id, visible_to(staff))
        row = (await session.scalars(wanted)).one_or_none()
        if row is None:
            raise NotVisibleError
        page = await timeline.page(session, self.id, after=self._seq, limit=_PAGE)
        frame = TimelineGrew(
            conversation_id=self.id,
            messages=page.messages,
            notes=[note for note in page.notes if note.id not in self._beside],
            events=[event for event in page.events if event.id not in self._beside],
            state=row.state,
            assignee=Named(row.assignee_id, row.assignee_name or "") if row.assignee_id is not None else None,
            waiting_since=row.waiting_since,
            snoozed_until=row.snoozed_until,
            staff_read_seq=row.staff_read_seq,
            traveller_read_seq=row.traveller_read_seq,
        )
        self._seq = page.messages[-1].seq if page.messages else self._seq
        # Later pages begin beside the last message again; what stands before it comes no more.
        beside: list[timeline.DeskNote | timeline.DeskEvent] = [*page.notes, *page.events]
        self._beside = {each.id for each in beside if each.seq >= self._seq}
        told, self._told = self._told, frame
        is_new = (
            bool(frame.messages or frame.notes or frame.events) or told is None or _standing(told) != _standing(frame)
        )
        return (frame if is_new else None), page.later is not None


class NotVisibleError(Exception):
    """The watched conversation is none of the staff member's any more."""


def _standing(frame: TimelineGrew) -> tuple[object, ...]:
    return (
        frame.state,
        frame.assignee,
        frame.waiting_since,
        frame.snoozed_until,
        frame.staff_read_seq,
        frame.traveller_read_seq,
    )


def _batches(changed: Collection[str]) -> Iterator[list[str]]:
    left = iter(changed)
    while some := list(islice(left, _AT_ONCE)):
        yield some
