"""What providers say afterwards about what was sent: delivered, read, or failed after all."""

from bot.clock import Clock
from bot.conversations.outbox.port import Receipt
from bot.db.engine import Database


class Receipts:
    """Takes receipts in."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def take(self, channel: str, receipt: Receipt) -> None:
        """Notes it with the entry it is about; what is about nothing of ours is let go."""
