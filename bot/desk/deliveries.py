"""What became of messages on the traveller's messaging channel."""

from typing import Literal

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.outbox.models import Failure, OutboxEntry


class DeskDelivery(msgspec.Struct, frozen=True):
    """How far a message got; `failure` says why it was not delivered, where that is known.

    `waiting` to be sent, or sent again; `sent`: the provider has it; `delivered` and `read` are as the provider says.
    """

    state: Literal["waiting", "sent", "delivered", "read", "failed"]
    failure: Failure | None


async def deliveries(
    session: AsyncSession, conversation_id: str, first_seq: int, last_seq: int
) -> dict[int, DeskDelivery]:
    """By `seq`, what became of these messages; what is not delivered by the outbox is not in it."""
    # Further pages of a message are sent when the traveller asks for them; the first is the one that counts.
    wanted = (
        select(OutboxEntry)
        .where(
            OutboxEntry.conversation_id == conversation_id,
            OutboxEntry.page == 1,
            OutboxEntry.last_seq >= first_seq,
            OutboxEntry.first_seq <= last_seq,
        )
        .order_by(OutboxEntry.id)
    )
    return {
        seq: _delivery(entry)
        for entry in await session.scalars(wanted)
        for seq in range(entry.first_seq, entry.last_seq + 1)
    }


def _delivery(entry: OutboxEntry) -> DeskDelivery:
    if entry.state in {"failed", "dead"}:
        return DeskDelivery("failed", entry.failure)
    if entry.state != "sent":
        return DeskDelivery("waiting", None)
    if entry.read_at is not None:
        return DeskDelivery("read", None)
    return DeskDelivery("sent" if entry.delivered_at is None else "delivered", None)
