"""What stands in the record, as numbers: the queues and the outbox. It is the same whichever process is asked."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.conversations.counting import channel_label
from bot.conversations.outbox.standing import Standing as Outbox
from bot.conversations.outbox.standing import standing
from bot.conversations.queues import QueueLength, queue_lengths
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
            outbox = await standing(session, now)
        return [*_of_queues(queues, now), *_of_outbox(outbox)]


def _of_queues(queues: list[QueueLength], now: datetime) -> Iterator[Metric]:
    length = _gauge("guide_queue_length", "Conversations and messages that wait, by queue.", "queue")
    oldest = _gauge("guide_queue_oldest_seconds", "Seconds for which the first waits, by queue.", "queue")
    for queue in queues:
        length.add_metric([queue.queue], queue.length)
        # A clock that was set back makes nothing younger than new.
        oldest.add_metric([queue.queue], max((now - queue.since).total_seconds(), 0.0) if queue.since else 0.0)
    yield from (length, oldest)


def _of_outbox(outbox: Outbox) -> Iterator[Metric]:
    entries = _gauge("guide_outbox_entries", "Entries of the outbox that are not sent, by state.", "channel", "state")
    for (channel, state), count in outbox.counts.items():
        entries.add_metric([channel_label(channel), state], count)
    oldest = _gauge("guide_outbox_oldest_due_seconds", "Seconds for which the oldest entry has been due.", "channel")
    for channel, age in outbox.oldest_due_seconds.items():
        oldest.add_metric([channel_label(channel)], age)
    yield from (entries, oldest)


def _gauge(name: str, words: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, labels=labels)


def _answered(answered: bool) -> Metric:
    words = "Whether the database could be asked for the queues and the outbox."
    return GaugeMetricFamily("guide_database_answered", words, value=float(answered))
