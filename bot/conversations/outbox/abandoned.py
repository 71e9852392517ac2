"""Finding entries whose process died while it sent them: nothing changes about them for a while.

It is told by watching, not by the clock: the clocks of two machines differ, and one may be set.
"""

from collections.abc import Callable, Collection

from sqlalchemy import select, text, update

from bot.conversations.outbox.claiming import ENTRIES
from bot.db.engine import Database

STUCK_SECONDS = 30.0
"""Longer than one part takes at the worst: asked for, and sent."""

_LONGEST_GAP_SECONDS = 10.0
_SENDING = select(ENTRIES.c.id, ENTRIES.c.attempts, ENTRIES.c.parts_sent).where(text("outbox.state = 'sending'"))


class Abandoned:
    """Watches what is being sent. `monotonic` gives seconds that no setting of a clock changes."""

    def __init__(self, database: Database, monotonic: Callable[[], float], stuck_seconds: float) -> None:
        self._database = database
        self._monotonic = monotonic
        self._stuck_seconds = stuck_seconds
        self._seen: dict[tuple[int, int, int], float] = {}
        self._looked_at: float | None = None

    async def take_over(self, mine: Collection[int]) -> int:
        """Puts back what stood still for too long, as unclear; gives how many. `mine` are entries that live here."""
        async with self._database.read_once() as session:
            rows = [(each.id, each.attempts, each.parts_sent) for each in await session.execute(_SENDING)]
        now = self._monotonic()
        if self._looked_at is not None and now - self._looked_at > _LONGEST_GAP_SECONDS:
            # The database was away, or this process stood still; so perhaps could whoever sends not say so.
            self._seen = {}
        self._looked_at = now
        self._seen = {row: self._seen.get(row, now) for row in rows if row[0] not in mine}
        stuck = [row for row, since in self._seen.items() if now - since >= self._stuck_seconds]
        return await self._put_back(stuck) if stuck else 0

    async def take_all_over(self) -> int:
        """Puts back everything, as unclear, where no other process can be sending; gives how many."""
        async with self._database.write() as session:
            putting = update(ENTRIES).where(text("outbox.state = 'sending'")).values(state="due", unclear=True)
            return len((await session.scalars(putting.returning(ENTRIES.c.id))).all())

    async def put_back(self, given_up: Collection[tuple[int, int]]) -> None:
        """Puts back what was given up on its way, told by id and attempt."""
        async with self._database.write() as session:
            for entry_id, attempts in given_up:
                same = (ENTRIES.c.id == entry_id, ENTRIES.c.attempts == attempts, ENTRIES.c.state == "sending")
                await session.execute(update(ENTRIES).where(*same).values(state="due", unclear=True))

    async def _put_back(self, stuck: Collection[tuple[int, int, int]]) -> int:
        count = 0
        async with self._database.write() as session:
            for entry_id, attempts, parts_sent in stuck:
                same = (
                    ENTRIES.c.id == entry_id,
                    ENTRIES.c.attempts == attempts,
                    ENTRIES.c.parts_sent == parts_sent,
                    ENTRIES.c.state == "sending",
                )
                putting = update(ENTRIES).where(*same).values(state="due", unclear=True)
                count += await session.scalar(putting.returning(ENTRIES.c.id)) is not None
        return count
