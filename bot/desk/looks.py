"""Who of the staff looks at which conversation, in the audit once for each time it is opened.

Opening it is one entry, and so is whatever else shows its transcript without that: pages of it and live updates that
follow add nothing. What is known of that is in this process; another one, or a restart, may add an entry and never
lacks one.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.audit import log
from bot.db.engine import Database
from bot.desk.signed_in import SignedIn

VIEWED = "conversation.viewed"
_AGAIN_AFTER = timedelta(minutes=1)
"""A page that is loaded twice, or asks again after an act, is still the same opening."""

_MOST = 50_000


class Looks:
    """The conversations that each session has opened."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._opened: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    async def opens(self, staff: SignedIn, conversation_id: str, now: datetime) -> None:
        """Notes that a staff member opens a conversation at `now`."""
        before = self._opened.get((staff.session_id, conversation_id))
        if before is None or now - before >= _AGAIN_AFTER:
            await self._note(staff, conversation_id, now)

    async def goes_on(self, staff: SignedIn, conversation_id: str, now: datetime) -> None:
        """Notes that they read in a conversation, where they have not opened it in this session."""
        if (staff.session_id, conversation_id) not in self._opened:
            await self._note(staff, conversation_id, now)

    async def _note(self, staff: SignedIn, conversation_id: str, now: datetime) -> None:
        key = (staff.session_id, conversation_id)
        before = self._opened.pop(key, None)
        # Before it is written: a page asks for several things at once.
        self._opened[key] = now
        try:
            async with self._database.write() as session:
                await log.note(session, staff.actor, VIEWED, "conversation", conversation_id, now)
        except BaseException:
            self._opened.pop(key, None)
            if before is not None:
                self._opened[key] = before
            raise
        while len(self._opened) > _MOST:
            self._opened.popitem(last=False)
