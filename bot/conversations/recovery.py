"""Picks up what a process left behind that ended, and leaves alone what a living one is answering.

A message is left behind when it was seen unanswered in two looks and nobody holds its conversation's lock. Where nobody
can tell who holds it, it is when it stayed unanswered for longer than any turn lasts. Only time that passed in this
process counts, so a clock that was moved changes nothing.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.conversations.faults import whereabouts
from bot.conversations.limits import ANSWER_SECONDS
from bot.conversations.locks import Locks
from bot.conversations.pending import heads
from bot.conversations.service import Conversations
from bot.db.engine import Database

_log = logging.getLogger(__name__)
LOOK_SECONDS = 10.0
SOON_SECONDS = 1.0
"""Between two looks where the first saw something new: what a process left behind is answered soon."""

SETTLED_SECONDS = 0.5
"""From being stored until somebody has the lock; a thousand times what it takes."""

ABANDONED_SECONDS = ANSWER_SECONDS + 10.0
"""A turn and its apology."""


class Recovery:
    """Looks now and then for what was left behind, and has it answered. One process at a time is to do so."""

    def __init__(
        self,
        conversations: Conversations,
        database: Database,
        locks: Locks,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._conversations = conversations
        self._database = database
        self._locks = locks
        self._monotonic = monotonic
        self._seen: dict[tuple[str, str, int], float] = {}
        self._saw_new = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to look."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Looks no more; a turn that was begun goes on."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        self._seen.clear()

    async def _run(self) -> None:
        while True:
            pause = LOOK_SECONDS
            try:
                count = await self.look()
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; the next look finds it all
                _log.error("recovery failed: %s", whereabouts(error))
            else:
                if count:
                    _log.info("answered what was left unanswered in %d conversations", count)
                if self._saw_new:
                    pause = SOON_SECONDS
            await asyncio.sleep(pause)

    async def look(self) -> int:
        """Has what was left behind answered; gives in how many conversations."""
        async with self._database.read_once() as session:
            found = await heads(session)
        now = self._monotonic()
        self._saw_new = any(head not in self._seen for head in found)
        self._seen = {head: self._seen.get(head, now) for head in found}
        left = {head[0] for head, since in self._seen.items() if now - since >= SETTLED_SECONDS}
        abandoned = {head[0] for head, since in self._seen.items() if now - since >= ABANDONED_SECONDS}
        if not left:
            return 0
        free = await self._locks.are_free(left)
        nobodys = [each for each in sorted(left) if (each in abandoned if free[each] is None else free[each])]
        return await self._conversations.recover(nobodys) if nobodys else 0
