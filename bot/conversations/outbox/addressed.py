"""Which part of which entry a receipt is about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.outbox.claiming import ENTRIES
from bot.conversations.outbox.models import EntryState, OutboxPart
from bot.conversations.outbox.outcomes import provider_name
from bot.conversations.outbox.port import Receipt
from bot.db.upsert import table_of

LONGEST_KEY = 80
_NUMBERS = frozenset(str(number) for number in range(1, 100))
"""No entry has more parts; what comes from outside may say anything."""

_PARTS = table_of(OutboxPart)


@dataclass(frozen=True)
class Addressed:
    """Part `number` of an entry, and how the entry stands."""

    entry_id: int
    conversation_id: str
    first_seq: int
    last_seq: int
    state: EntryState
    parts_sent: int
    put_at: datetime
    page: int
    number: int


_COLUMNS = (
    ENTRIES.c.id,
    ENTRIES.c.conversation_id,
    ENTRIES.c.first_seq,
    ENTRIES.c.last_seq,
    ENTRIES.c.state,
    ENTRIES.c.parts_sent,
    ENTRIES.c.created_at,
    ENTRIES.c.page,
)


async def addressed(session: AsyncSession, channel: str, receipt: Receipt) -> Addressed | None:
    """The part, by our key for it, or by the provider's name for it; None where it is not known (yet)."""
    key, _, number = (receipt.key or "").rpartition("-")
    if key and number in _NUMBERS:
        by_key = select(*_COLUMNS).where(
            ENTRIES.c.key == provider_name(key)[:LONGEST_KEY], ENTRIES.c.channel == channel
        )
        named = (await session.execute(by_key)).one_or_none()
        if named is not None:
            return Addressed(*named, int(number))
    if receipt.provider_id is None:
        return None
    by_name = (
        select(*_COLUMNS, _PARTS.c.number)
        .join(_PARTS, _PARTS.c.entry_id == ENTRIES.c.id)
        .where(_PARTS.c.provider_id == provider_name(receipt.provider_id), ENTRIES.c.channel == channel)
        .order_by(ENTRIES.c.id.desc())
        .limit(1)
    )
    row = (await session.execute(by_name)).one_or_none()
    return None if row is None else Addressed(*row)
