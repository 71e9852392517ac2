"""Delivers what is in the outbox."""

from collections.abc import Mapping

from bot.clock import Clock
from bot.conversations.broadcast import Broadcast
from bot.conversations.outbox.port import Carrier
from bot.db.engine import Database
from bot.privacy.sealing import Seal


class OutboxWorker:
    """The work between start and stop; any number of processes may do it side by side."""

    def __init__(
        self, database: Database, carriers: Mapping[str, Carrier], broadcast: Broadcast, seal: Seal, clock: Clock
    ) -> None:
        self._database = database
        self._carriers = carriers
        self._broadcast = broadcast
        self._seal = seal
        self._clock = clock

    def start(self) -> None:
        """Begins; what was left in the outbox is found there."""

    async def stop(self) -> None:
        """Ends after what is on its way has been answered."""
