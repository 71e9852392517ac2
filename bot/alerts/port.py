"""What is told to staff, and what a way of telling them is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.conversations.reasons import Reason
from bot.formats import Language


@dataclass(frozen=True)
class Alert:
    """That a traveller waits since `since`; nothing about who it is and nothing of what was said.

    `language` is None while it is unknown.
    """

    handoff_id: str
    conversation_id: str
    reason: Reason
    channel: str
    language: Language | None
    since: datetime


class AlertWay(Protocol):
    """A place where staff are told; its errors are those of a channel (`bot.conversations.outbox.port`)."""

    @property
    def name(self) -> str:
        """Which place it is, in at most 20 letters."""
        ...

    async def tell(self, alert: Alert, now: datetime) -> None:
        """Tells it; gives up after 15 s at most. Raises SendError."""
        ...

    async def was_told(self, alert: Alert, now: datetime) -> bool:
        """Whether it arrived already.

        Raises UnclearError where the place cannot be asked, and NotSentError where it cannot answer now.
        """
        ...


@runtime_checkable
class Alerting(Protocol):
    """What may have a way of telling staff, such as a channel."""

    def alert_way(self) -> AlertWay | None:
        """The way; None where none is set."""
        ...
