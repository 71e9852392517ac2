"""A record put together by hand, for figures that can be reckoned by hand."""

import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversations.models import Conversation, Handoff, Message
from bot.db.engine import Database
from bot.desk.reports.period import Period, Scope

TORONTO = ZoneInfo("America/Toronto")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), TORONTO)
ALL = Scope(NOVEMBER)
_numbers = itertools.count(1)


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A time in November 2026 in Toronto."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TORONTO)


def traveller(meta: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A message of the traveller's."""
    return {"sender": "traveller", "meta": dict(meta or {"intent": "ask_fees", "confidence": 0.9})}


def not_understood(*guesses: str) -> dict[str, Any]:
    """A message that was asked about again, with the likeliest readings first."""
    return traveller({"intent": "nlu_fallback", "guesses": [[guess, 0.3] for guess in guesses]})


def ruled(verdict: str, code: str, card: str = "flight") -> dict[str, Any]:
    """An answer of the guide's with a ruling."""
    return {
        "sender": "bot",
        "meta": {"card": card, "ruling": {"cbp_on_next_flight": {"verdict": verdict, "code": code}}},
    }


def handoff(reason: str, requested: datetime, wait: float | None = None, *, ended: bool = False) -> dict[str, Any]:
    """A handoff, replied to after `wait` seconds if at all."""
    return {
        "reason": reason,
        "requested_at": requested,
        "first_reply_at": None if wait is None else requested + timedelta(seconds=wait),
        "ended_at": requested + timedelta(days=1) if ended else None,
    }


async def conversation(
    database: Database, began: datetime, *messages: Mapping[str, Any], handoffs: Any = (), **columns: Any
) -> None:
    """One conversation; its messages come a minute apart."""
    name = f"made-{next(_numbers)}"
    began = began.astimezone(UTC)
    values = {"channel": "web", "language": "en", "rating": None, **columns}
    async with database.write() as session:
        session.add(
            Conversation(
                id=name,
                state="bot",
                token_digest=name,
                last_seq=len(messages),
                created_at=began,
                touched_at=began,
                **values,
            )
        )
        await session.flush()
        for seq, message in enumerate(messages, 1):
            session.add(
                Message(
                    id=f"{name}-{seq}",
                    conversation_id=name,
                    seq=seq,
                    text="",
                    buttons=[],
                    choices=[],
                    created_at=began + timedelta(minutes=seq),
                    **message,
                )
            )
        for number, each in enumerate(handoffs):
            session.add(Handoff(id=f"{name}-h{number}", conversation_id=name, **each))
