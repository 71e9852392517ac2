"""What one process needs of the others, by what is set: nothing on SQLite, the database on PostgreSQL, and Redis."""

import logging
from typing import TYPE_CHECKING

from bot.between.leader import Leader
from bot.between.looking import Looking
from bot.between.no_locks import NoLocks
from bot.clock import Clock
from bot.conversations.broadcast import Broadcast
from bot.conversations.leading import Alone, Hear, Led, Work
from bot.conversations.limits import Limits, LocalLimits
from bot.conversations.locks import Locks
from bot.db.address import is_sqlite
from bot.db.engine import Database

if TYPE_CHECKING:
    from bot.between.link import Link
    from bot.between.relay import RedisRelay

_log = logging.getLogger(__name__)


class Processes:
    """The ways between the processes of an installation. To be started before anything is told."""

    _link: "Link | None"
    _relay: "RedisRelay | None"

    def __init__(self, database: Database, clock: Clock, redis_url: str, secret_key: str) -> None:
        """Connects to nothing yet. Raises SettingsError where `redis_url` is no address of Redis."""
        self._database = database
        self._is_alone = is_sqlite(database.address)
        local = LocalLimits(clock)
        self._link = None
        self._relay = None
        self.limits: Limits = local
        if self._is_alone or not redis_url:
            self.broadcast = Broadcast()
            self.locks = Locks(None if self._is_alone else NoLocks())
        else:
            # Only here, as Redis's client takes a third of a second to import.
            from bot.between.limits import RedisLimits
            from bot.between.link import Link
            from bot.between.locks import RedisLocks
            from bot.between.relay import RedisRelay

            self._link = Link(redis_url)
            self._relay = RedisRelay(self._link)
            self.broadcast = Broadcast(self._relay)
            self.locks = Locks(RedisLocks(self._link, self._relay))
            self.limits = RedisLimits(self._link, local, secret_key)
        self._looking = None if self._is_alone else Looking(database, self.broadcast, self._is_told)

    def _is_told(self) -> bool:
        return self._link is not None and self._link.is_up

    @property
    def is_alone(self) -> bool:
        """Whether no other process serves this database."""
        return self._is_alone

    async def start(self) -> None:
        """Begins to hear of the others; comes back when Redis, if it is set, answered or did not."""
        if self._looking is None:
            return
        if self._relay is None:
            _log.info("REDIS_URL is not set: processes that share this database hear of each other after a second")
        else:
            self._relay.on_return = self._looking.soon
            self._relay.on_loss.append(self._looking.soon)
            await self._relay.start(self.broadcast)
        self._looking.start()

    async def stop(self) -> None:
        """Ends; what this process told before is on its way."""
        if self._looking is not None:
            await self._looking.stop()
        if self._relay is not None and self._link is not None:
            await self._relay.stop()
            await self._link.close()

    async def missing(self) -> list[str]:
        """What is set and does not answer, though the guide goes on without."""
        return [] if self._link is None or await self._link.answers() else ["redis"]

    def led(self, name: str, begin: Work, end: Work, hear: Hear) -> Led:
        """As `Lead`."""
        if self._is_alone:
            return Alone(name, begin, end, hear)
        return Leader(self._database, name, begin, end, hear)
