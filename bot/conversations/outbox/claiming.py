"""Taking entries to deliver: the head of each conversation, by one worker only, in whatever process."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, exists, or_, select, text, update

from bot.conversations.outbox.models import OutboxEntry
from bot.db.engine import Database
from bot.db.upsert import table_of

ENTRIES = table_of(OutboxEntry)

_SKEW = timedelta(minutes=1)
"""An entry put off later than this from now was put off before the clock was set back. The clocks of two processes may
differ by less."""


@dataclass(frozen=True)
class Claimed:
    """An entry that is this worker's to deliver, as long as nobody has counted another attempt.

    `unclear` is true where it is not known whether the part after the first `parts_sent` has arrived.
    """

    id: int
    key: str
    conversation_id: str
    channel: str
    first_seq: int
    last_seq: int
    page: int
    regardless: bool
    attempts: int
    parts_sent: int
    unclear: bool
    created_at: datetime


_COLUMNS = [ENTRIES.c[name] for name in Claimed.__dataclass_fields__]


def _heads() -> Select[tuple[int]]:
    earlier = ENTRIES.alias("earlier")
    is_waiting = exists().where(
        earlier.c.conversation_id == ENTRIES.c.conversation_id,
        earlier.c.id < ENTRIES.c.id,
        # Said as the index says it; a parameter would keep the database from using it.
        text("earlier.state IN ('due', 'sending')"),
    )
    # What was never tried is due whatever the clock says.
    never_tried = ENTRIES.c.attempts == 0
    is_due = or_(never_tried, ENTRIES.c.due_at <= bindparam("now"), ENTRIES.c.put_off_at > bindparam("ahead"))
    return (
        select(ENTRIES.c.id)
        .where(text("outbox.state = 'due'"), ENTRIES.c.channel == bindparam("channel"), is_due, ~is_waiting)
        .order_by(ENTRIES.c.due_at, ENTRIES.c.id)
        .limit(bindparam("most"))
    )


_HEADS = _heads()
_LOCKED_HEADS = _HEADS.with_for_update(skip_locked=True, of=ENTRIES)


async def claim(database: Database, channel: str, most: int, now: datetime) -> list[Claimed]:
    """Takes up to `most` entries of a channel that are due and the first of their conversation, oldest first."""
    wanted = {"channel": channel, "now": now, "ahead": now + _SKEW}
    # Most often there is nothing: on SQLite the one writer is not made to wait for that.
    async with database.read_once() as session:
        if await session.scalar(_HEADS, wanted | {"most": 1}) is None:
            return []
    async with database.write() as session:
        ids = (await session.scalars(_LOCKED_HEADS, wanted | {"most": most})).all()
        if not ids:
            return []
        taking = (
            update(ENTRIES)
            .where(ENTRIES.c.id.in_(ids))
            .values(state="sending", attempts=ENTRIES.c.attempts + 1)
            .returning(*_COLUMNS)
        )
        taken = [Claimed(*row) for row in await session.execute(taking)]
    return sorted(taken, key=lambda each: ids.index(each.id))


async def channels_due(database: Database, conversations: Collection[str]) -> set[str]:
    """The channels on which these conversations have something to deliver."""
    wanted = (
        select(ENTRIES.c.channel)
        .distinct()
        .where(ENTRIES.c.conversation_id.in_(conversations), text("outbox.state IN ('due', 'sending')"))
    )
    async with database.read_once() as session:
        return set((await session.scalars(wanted)).all())
