"""What a provider has confirmed by a receipt, though its answer to our request never came."""

from sqlalchemy import bindparam, select

from bot.conversations.outbox.models import EarlyReceipt
from bot.conversations.outbox.port import Sent
from bot.db.engine import Database
from bot.db.upsert import table_of

_EARLY = table_of(EarlyReceipt)
_CONFIRMED = (
    select(_EARLY.c.provider_id)
    .where(_EARLY.c.channel == bindparam("on"), _EARLY.c.key == bindparam("name"), _EARLY.c.state != "failed")
    .order_by(_EARLY.c.provider_id.is_(None), _EARLY.c.id)
    .limit(1)
)


async def confirmed(database: Database, channel: str, key: str) -> Sent | None:
    """The part of this key as the provider knows it, None where no receipt tells of it."""
    async with database.read_once() as session:
        row = (await session.execute(_CONFIRMED, {"on": channel, "name": key})).one_or_none()
    return None if row is None else Sent(row.provider_id)
