"""Keeps each conversation and its mirror in step: sees what changed here, is told what changed there, and does it.

Whatever fails is done again: after a pause for all where Chatwoot is in trouble, later for one conversation where only
that is. What is to do is never kept in memory alone; it follows from the record, the links and Chatwoot itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from bot.conversations.broadcast import Broadcast
from bot.conversations.faults import whereabouts
from bot.conversations.pace import Pace, Sleep, growing
from bot.db.engine import Database
from bot.handoff_desks.chatwoot import links
from bot.handoff_desks.chatwoot.client import ChatwootError, Client, GoneError, RefusedError, StrangeError
from bot.handoff_desks.chatwoot.due import Due
from bot.handoff_desks.chatwoot.inward import Inward
from bot.handoff_desks.chatwoot.models import ChatwootConversation as Link
from bot.handoff_desks.chatwoot.outward import Outward

_log = logging.getLogger(__name__)
_WORKERS = 4
"""Conversations worked on side by side: Chatwoot allows a few requests a second, and the record is served meanwhile."""

_FAILURES_TOGETHER = 8
"""Times that a conversation is tried again with all others; it may itself be what Chatwoot fails at."""

_SWEEP_SECONDS = 600.0
"""Chatwoot calls an account webhook once; one that did not arrive is made up for after this time."""


class Mirror:
    """The work between start and stop."""

    def __init__(
        self,
        client: Client,
        database: Database,
        broadcast: Broadcast,
        *,
        inward: Inward,
        outward: Outward,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._client = client
        self._database = database
        self._broadcast = broadcast
        self._inward = inward
        self._outward = outward
        self._sleep = sleep
        self._due = Due()
        self._has_found_all = False
        self._pace = Pace(sleep)
        # Which mirrors are to be looked at before anything is sent, with the newest message known to be there, or 0.
        self._hints: dict[str, int] = {}
        self._looked_at: set[str] = set()
        self._failures: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begins; what happened before is found in the record."""
        for work in (self._watch, self._sweep, *[self._work] * _WORKERS):
            self._begin(work())

    async def stop(self) -> None:
        """Stops at once. A message under way may have arrived; the next start looks before it sends."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pace.stop()

    def look(self, conversation_id: str, hint: int = 0) -> None:
        """There is something new at the mirror; `hint` is a new message's id, where one is known."""
        self._remember(conversation_id, hint)
        self._due.add(conversation_id)

    def _remember(self, conversation_id: str, hint: int) -> None:
        known = self._hints.get(conversation_id, 0)
        self._hints[conversation_id] = min(known, hint) if known and hint else known or hint

    @property
    def idle(self) -> bool:
        """Whether nothing is to do that could be done now."""
        return self._has_found_all and self._due.idle

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        with self._broadcast.watch_all() as watcher:
            await self._until_it_works(self._find_all)
            while True:
                self._has_found_all = True
                changed = await watcher.next()
                self._has_found_all = False
                await self._until_it_works(partial(self._find, changed))

    async def _find_all(self) -> None:
        async with self._database.read_once() as session:
            found = await links.all_that_matter(session)
        for conversation_id in found:
            self._due.add(conversation_id)

    async def _find(self, changed: frozenset[str]) -> None:
        async with self._database.read() as session:
            found = await links.those_that_matter(session, changed)
        for conversation_id in found:
            self._due.add(conversation_id)

    async def _sweep(self) -> None:
        while True:
            await self._sleep(_SWEEP_SECONDS)
            await self._until_it_works(self.look_at_all)

    async def look_at_all(self) -> None:
        """Looks at every active mirror, in case a webhook did not arrive."""
        async with self._database.read_once() as session:
            found = await links.active(session)
        for conversation_id in found:
            self.look(conversation_id)

    async def _until_it_works(self, work: Callable[[], Awaitable[None]]) -> None:
        failures = 0
        while True:
            try:
                return await work()
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; the mirror must not end
                failures += 1
                _log.error("the mirror at Chatwoot could not read the record: %s", whereabouts(error))
                await self._sleep(growing(failures))

    async def _work(self) -> None:
        while True:
            await self._pace.ready()
            conversation_id = await self._due.take()
            try:
                await self._pace.ready()
                await self._try(conversation_id)
            finally:
                self._due.done(conversation_id)

    async def _try(self, conversation_id: str) -> None:
        try:
            await self._sync(conversation_id)
        except (RefusedError, StrangeError) as error:
            self._later(conversation_id, str(error))
        except ChatwootError as error:
            seconds = self._pace.failed(error.retry_after)
            if seconds is not None:
                _log.warning("Chatwoot: %s; trying again in %g s", error, seconds)
            if self._failures.get(conversation_id, 0) < _FAILURES_TOGETHER:
                self._failures[conversation_id] = self._failures.get(conversation_id, 0) + 1
                self._due.add(conversation_id)
            else:
                self._later(conversation_id, str(error))
        except Exception as error:  # noqa: BLE001 - one conversation in trouble must not hold up the others
            self._later(conversation_id, whereabouts(error))
        else:
            self._pace.worked()
            self._failures.pop(conversation_id, None)

    def _later(self, conversation_id: str, why: str) -> None:
        failures = self._failures[conversation_id] = self._failures.get(conversation_id, 0) + 1
        seconds = growing(failures)
        _log.error("conversation %s: not in step with Chatwoot: %s; again in %g s", conversation_id, why, seconds)
        self._begin(self._add_after(seconds, conversation_id))

    async def _add_after(self, seconds: float, conversation_id: str) -> None:
        await self._sleep(seconds)
        self._due.add(conversation_id)

    async def _sync(self, conversation_id: str) -> None:
        async with self._database.read() as session:
            standing = await links.standing_of(session, conversation_id)
            link = await links.link_of(session, conversation_id) or links.new_link(conversation_id)
        if standing is None:
            return
        hint = self._hints.pop(conversation_id, None)
        try:
            if link.chatwoot_id is not None and (hint is not None or conversation_id not in self._looked_at):
                await self._inward.fetch(link, standing, hint or 0)
                async with self._database.read_once() as session:
                    standing = await links.standing_of(session, conversation_id) or standing
            await self._send(link, standing)
        except BaseException as error:
            # What was under way may have arrived or not.
            self._looked_at.discard(conversation_id)
            if hint is not None:
                self._remember(conversation_id, hint)
            if isinstance(error, GoneError):
                await self._begin_anew(link, error)
            raise
        if link.active:
            self._looked_at.add(conversation_id)
        else:
            self._looked_at.discard(conversation_id)

    async def _send(self, link: Link, standing: links.Standing) -> None:
        is_wanted = standing.state == "waiting" or (
            standing.state == "human" and (link.active or standing.is_with_agent)
        )
        if not is_wanted:
            if link.active:
                await self._outward.close(link, standing)
            return
        if not link.active:
            await self._outward.open(link, standing)
        await self._outward.push(link, standing)

    async def _begin_anew(self, link: Link, error: GoneError) -> None:
        """The mirror was deleted at Chatwoot: the next try makes another. A wrong address must not look like that."""
        if not await self._client.has_inbox():
            raise ChatwootError(f"{error}; check CHATWOOT_URL, CHATWOOT_ACCOUNT and CHATWOOT_INBOX") from error
        fresh = links.new_link(link.conversation_id)
        await links.save(self._database, fresh)
