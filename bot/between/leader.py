"""What one process does for all: who does it is settled by a lock of PostgreSQL's, which ends with its connection.

So a leader that is killed, or cut off from the database, leads no more, and another takes over within seconds. It needs
a connection of its own for as long as it lasts: a pooler between must pool sessions, not transactions.
"""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.faults import whereabouts
from bot.conversations.leading import Hear, Work
from bot.db.engine import Database

_log = logging.getLogger(__name__)
ASK_SECONDS = 2.0
_ANSWER_SECONDS = 5.0
_NAMES = {"recovery": 1, "chatwoot": 2}
_ROOM = 0x6E787573
"""Any number will do, as long as nothing else on the server uses it: "nxus" in ASCII."""

_TAKE = text("SELECT pg_try_advisory_lock(:room, :name)")
_NOTIFY = text("SELECT pg_notify(:channel, :word)")
_STILL_HELD = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    " AND classid = :room AND objid = :name AND granted"
)


class Leader:
    """`Led` on PostgreSQL. What the leader is told comes over its own connection, as a notification."""

    def __init__(
        self,
        database: Database,
        name: str,
        begin: Work,
        end: Work,
        hear: Hear,
    ) -> None:
        self._database = database
        self._parameters = {"room": _ROOM, "name": _NAMES[name]}
        self._name = name
        self._begin = begin
        self._end = end
        self._hear = hear
        self._channel = f"nexus_guide_{name}"
        self._task: asyncio.Task[None] | None = None
        self.leads = False

    async def start(self) -> None:
        """Tries to lead from now on; waits for nobody."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Leads no more; the next may."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def tell(self, word: str) -> None:
        """As `Led.tell`."""
        if self.leads:
            self._hear(word)
            return
        async with self._database.write() as session:
            await session.execute(_NOTIFY, {"channel": self._channel, "word": word})

    async def _run(self) -> None:
        while True:
            try:
                await self._try_on_one_connection()
            except (OSError, SQLAlchemyError, TimeoutError) as error:
                _log.warning("who leads %s is unknown while the database is away: %s", self._name, whereabouts(error))
            except Exception as error:  # noqa: BLE001 - what is led must go on somewhere
                _log.error("leading %s failed: %s", self._name, whereabouts(error))
            await asyncio.sleep(ASK_SECONDS)

    async def _try_on_one_connection(self) -> None:
        """Comes back only by raising."""
        connection = await self._database.engine.connect()
        try:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            while not await self._asked(connection, _TAKE):  # noqa: ASYNC110 - what is waited for happens elsewhere
                await asyncio.sleep(ASK_SECONDS)
            await self._listen(connection)
            self.leads = True
            _log.info("this process leads %s", self._name)
            try:
                await self._begin()
                while await self._asked(connection, _STILL_HELD):  # noqa: ASYNC110 - as above
                    await asyncio.sleep(ASK_SECONDS)
            finally:
                self.leads = False
                await self._end()
        finally:
            # Closed for good, and the lock with it: back in the pool, it would hold the lock for nobody.
            with suppress(OSError, SQLAlchemyError, TimeoutError):
                await connection.invalidate()
            await connection.close()

    async def _listen(self, connection: AsyncConnection) -> None:
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection

        def hear(_connection: object, _pid: int, _channel: str, word: str) -> None:
            self._hear(word)

        await driver.add_listener(self._channel, hear)

    async def _asked(self, connection: AsyncConnection, question: Any) -> bool:
        async with asyncio.timeout(_ANSWER_SECONDS):
            return bool(await connection.scalar(question, self._parameters))
