"""What providers say afterwards about what was sent: delivered, read, or failed after all.

A receipt may come before the record knows what it is about, even before the answer to the request that it is about. As
long as anything is being sent on the channel, such a receipt is kept, and looked at again by `match_early`.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, case, delete, func, insert, select, text, update

from bot.clock import Clock
from bot.conversations import read_marks
from bot.conversations.broadcast import Broadcast, Changed, Fared, Read
from bot.conversations.held import locked
from bot.conversations.outbox import contacts
from bot.conversations.outbox.addressed import LONGEST_KEY, Addressed, addressed
from bot.conversations.outbox.claiming import ENTRIES
from bot.conversations.outbox.models import OPEN, EarlyReceipt, OutboxPart
from bot.conversations.outbox.outcomes import detail_kept, note_failure, provider_name
from bot.conversations.outbox.port import Receipt
from bot.db.engine import Database
from bot.db.upsert import table_of

_EARLY = table_of(EarlyReceipt)
_PARTS = table_of(OutboxPart)
_IS_SENDING = select(ENTRIES.c.id).where(text(OPEN), ENTRIES.c.channel == bindparam("on")).limit(1)

_KEPT = timedelta(minutes=15)
"""For as long as it may take to send, and to take over what a process left behind."""

_MOST_MATCHED = 200


class Receipts:
    """Takes receipts in."""

    def __init__(self, database: Database, broadcast: Broadcast, clock: Clock) -> None:
        self._database = database
        self._broadcast = broadcast
        self._clock = clock

    async def take(self, channel: str, receipt: Receipt) -> None:
        """Notes it with the entry it is about; what is about nothing of ours is let go."""
        async with self._database.read_once() as session:
            # Asked first: what is not being sent any more has its parts in the record by now.
            is_sending = await session.scalar(_IS_SENDING, {"on": channel}) is not None
        if not await self._note(channel, receipt) and is_sending:
            await self._keep(channel, receipt)

    async def match_early(self) -> int:
        """Notes receipts that came too early, where it is known by now what they are about; gives how many."""
        async with self._database.read_once() as session:
            rows = (await session.execute(select(_EARLY).order_by(_EARLY.c.id).limit(_MOST_MATCHED))).all()
        count = 0
        for row in rows:
            noted = await self._note(row.channel, Receipt(row.provider_id, row.key, row.state, row.failure, row.detail))
            count += noted
            # Whichever way a clock was set, nothing is kept for ever.
            if noted or abs(self._clock() - row.came_at) > _KEPT:
                async with self._database.write() as session:
                    await session.execute(delete(_EARLY).where(_EARLY.c.id == row.id))
        return count

    async def _keep(self, channel: str, receipt: Receipt) -> None:
        values = {
            "channel": channel,
            "provider_id": receipt.provider_id and provider_name(receipt.provider_id),
            "key": receipt.key and provider_name(receipt.key)[:LONGEST_KEY],
            "state": receipt.state,
            "failure": receipt.failure,
            "detail": receipt.detail and detail_kept(receipt.detail),
            "came_at": self._clock(),
        }
        async with self._database.write() as session:
            await session.execute(insert(_EARLY), values)

    async def _note(self, channel: str, receipt: Receipt) -> bool:
        """Notes it; False where it is too early for that, or it is about nothing of ours."""
        async with self._database.read_once() as session:
            about = await addressed(session, channel, receipt)
        if about is None:
            return False
        if receipt.state == "failed":
            await self._failed(about, receipt)
            return True
        return await self._arrived(about, receipt)

    async def _arrived(self, about: Addressed, receipt: Receipt) -> bool:
        if about.state in {"due", "sending"}:
            # Its last part is not known yet; what it says of this one will hold then too.
            return False
        if receipt.state == "sent" or about.state != "sent" or about.number != about.parts_sent:
            return True
        at, is_read = self._clock(), receipt.state == "read"
        values: dict[str, Any] = {"delivered_at": func.coalesce(ENTRIES.c.delivered_at, at)}
        if is_read:
            values["read_at"] = func.coalesce(ENTRIES.c.read_at, at)
        still = (ENTRIES.c.id == about.entry_id, ENTRIES.c.state == "sent")
        async with self._database.write() as session:
            await session.execute(update(ENTRIES).where(*still).values(values))
        if is_read:
            mark = Read("traveller", about.last_seq)
            await read_marks.move(self._database, self._broadcast, about.conversation_id, mark)
        elif about.page == 1:
            fared = Fared(about.first_seq, about.last_seq, "delivered")
            self._broadcast.tell(about.conversation_id, fared)
        return True

    async def _failed(self, about: Addressed, receipt: Receipt) -> None:
        failure, detail = receipt.failure or "rejected", receipt.detail or "the provider said so afterwards"
        is_this = (
            ENTRIES.c.id == about.entry_id,
            ENTRIES.c.state.in_(("due", "sending", "sent")),
            # What was delivered does not fail afterwards, whatever comes late.
            ENTRIES.c.delivered_at.is_(None) | (ENTRIES.c.parts_sent != about.number),
        )
        # Sent again, it goes on at this part.
        values = {
            "state": "failed",
            "failure": failure,
            "detail": detail_kept(detail),
            "parts_sent": case((ENTRIES.c.parts_sent < about.number, ENTRIES.c.parts_sent), else_=about.number - 1),
            "unclear": False,
        }
        async with self._database.write() as session, locked(session, about.conversation_id) as conversation:
            changing = update(ENTRIES).where(*is_this).values(values).returning(ENTRIES.c.id)
            changed = await session.scalar(changing) is not None
            if changed:
                gone = (_PARTS.c.entry_id == about.entry_id, _PARTS.c.number >= about.number)
                await session.execute(delete(_PARTS).where(*gone))
                note_failure(conversation, about.first_seq, about.last_seq, failure, self._clock())
                await contacts.found_unreachable(session, about.conversation_id, failure, about.put_at)
        if changed:
            self._broadcast.tell(about.conversation_id, Changed())
