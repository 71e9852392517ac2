"""What stands in the record, as numbers: the queues and the outbox. It is the same whichever process is asked."""

import asyncio
import time
from collections.abc import Callable

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.conversations.queues import queue_lengths
from bot.db.engine import Database

KEPT_SECONDS = 5.0
"""However often it is asked for, the database is asked no oftener than this."""
_DATABASE_SECONDS = 3.0


class Standing:
    """Reads it, and keeps what was read for a while."""

    def __init__(self, database: Database, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._monotonic = monotonic
        self._kept: list[Metric] = []
        self._until = float("-inf")
        self._reading = asyncio.Lock()

    async def families(self) -> list[Metric]:
        """The numbers; where the database cannot be asked, only that it could not be."""
        async with self._reading:
            if self._monotonic() >= self._until:
                try:
                    async with asyncio.timeout(_DATABASE_SECONDS):
                        self._kept = [*await self._read(), _answered(True)]
                except (OSError, SQLAlchemyError, TimeoutError):
                    self._kept = [_answered(False)]
                self._until = self._monotonic() + KEPT_SECONDS
            return self._kept

    async def _read(self) -> list[Metric]:
        now = self._clock()
        async with self._database.read() as session:
            queues = await queue_lengths(session, now)
        length = GaugeMetricFamily(
            "guide_queue_length", "Conversations and messages that wait, by queue.", labels=["queue"]
        )
        oldest = GaugeMetricFamily(
            "guide_queue_oldest_seconds", "For how long the first waits, by queue.", labels=["queue"]
        )
        for queue in queues:
            length.add_metric([queue.queue], queue.length)
            oldest.add_metric([queue.queue], (now - queue.since).total_seconds() if queue.since else 0.0)
        return [length, oldest]


def _answered(answered: bool) -> Metric:
    text = "Whether the database could be asked for the queues and the outbox."
    return GaugeMetricFamily("guide_database_answered", text, value=float(answered))
