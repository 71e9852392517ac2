"""Writing down what became of an entry; who has lost it to another worker writes nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.conversations import event_names
from bot.conversations.broadcast import Broadcast, Changed, Fared
from bot.conversations.held import Held, locked
from bot.conversations.outbox import contacts
from bot.conversations.outbox.claiming import ENTRIES, Claimed
from bot.conversations.outbox.models import EntryState, Failure, OutboxPart
from bot.conversations.outbox.port import RefusedError
from bot.db.engine import Database
from bot.db.upsert import insert_into

_LONGEST_DETAIL = 500
_LONGEST_PROVIDER_ID = 200


class Outcomes:
    """Commits outcomes. Each gives whether the entry was still this worker's."""

    def __init__(self, database: Database, broadcast: Broadcast, clock: Clock) -> None:
        self._database = database
        self._broadcast = broadcast
        self._clock = clock

    async def part_sent(self, claimed: Claimed, number: int, provider_id: str | None, *, last: bool) -> bool:
        """The provider has taken part `number`; with the `last` the entry is sent."""
        values: dict[str, Any] = {"parts_sent": number, "unclear": False}
        if last:
            values |= _sent(self._clock())
        # Told twice, when an answer of the database was lost, it is the same.
        in_order = ENTRIES.c.parts_sent.in_((number - 1, number))
        async with self._database.write() as session:
            if not await _change(session, claimed, values, in_order):
                return False
            part = {"entry_id": claimed.id, "number": number, "provider_id": provider_id and provider_name(provider_id)}
            await session.execute(insert_into(session, OutboxPart).on_conflict_do_nothing(), part)
        if last:
            self._tell_sent(claimed)
        return True

    async def nothing_left(self, claimed: Claimed) -> bool:
        """There is no part that was not sent."""
        async with self._database.write() as session:
            changed = await _change(session, claimed, _sent(self._clock()) | {"unclear": False})
        if changed:
            self._tell_sent(claimed)
        return changed

    def _tell_sent(self, claimed: Claimed) -> None:
        # Further pages are sent when they are asked for; the first is the one that staff look at.
        if claimed.page == 1:
            self._broadcast.tell(claimed.conversation_id, Fared(claimed.first_seq, claimed.last_seq, "sent"))

    async def again(self, claimed: Claimed, due_at: datetime, *, unclear: bool, counts: bool, detail: str) -> bool:
        """It is tried again at `due_at`; the attempt is one of the entry's where it `counts`."""
        values = {
            "state": "due",
            "due_at": due_at,
            "put_off_at": self._clock(),
            "unclear": unclear,
            "attempts": claimed.attempts if counts else claimed.attempts - 1,
            "detail": detail_kept(detail),
        }
        async with self._database.write() as session:
            return await _change(session, claimed, values)

    async def refused(self, claimed: Claimed, error: RefusedError, heard_at: datetime | None) -> bool:
        """The provider will never take it, which the conversation shows.

        With `heard_at`, the contact is marked as unreachable too, unless they have written since that instant.
        """
        return await self._over(claimed, "failed", error.failure, str(error), heard_at=heard_at)

    async def dead(self, claimed: Claimed, failure: Failure | None, detail: str, *, unclear: bool) -> bool:
        """It is not tried again, which the conversation shows."""
        return await self._over(claimed, "dead", failure, detail, unclear=unclear)

    async def _over(
        self,
        claimed: Claimed,
        state: EntryState,
        failure: Failure | None,
        detail: str,
        *,
        unclear: bool = False,
        heard_at: datetime | None = None,
    ) -> bool:
        values = {"state": state, "failure": failure, "detail": detail_kept(detail), "unclear": unclear}
        async with self._database.write() as session:
            if await session.scalar(select(ENTRIES.c.id).where(ENTRIES.c.id == claimed.id)) is None:
                # The conversation was deleted meanwhile, and the entry with it.
                return False
            # The conversation before the entry, as everywhere: so that no two wait for each other.
            async with locked(session, claimed.conversation_id) as conversation:
                changed = await _change(session, claimed, values)
                if changed:
                    note_failure(conversation, claimed.first_seq, claimed.last_seq, failure, self._clock())
                if changed and failure is not None and heard_at is not None:
                    await contacts.found_unreachable(session, claimed.conversation_id, failure, heard_at)
        if changed:
            self._broadcast.tell(claimed.conversation_id, Changed())
        return changed


def detail_kept(detail: str) -> str:
    """As much of what a provider said as is kept."""
    return _storable(detail)[:_LONGEST_DETAIL]


def provider_name(provider_id: str) -> str:
    """A provider's name for a message as it is kept and found."""
    return _storable(provider_id)[:_LONGEST_PROVIDER_ID]


def _storable(text: str) -> str:
    # PostgreSQL refuses it, and then the outcome could not be written at all.
    return text.replace("\0", "")


def note_failure(conversation: Held, first_seq: int, last_seq: int, failure: Failure | None, at: datetime) -> None:
    """Writes into the conversation that these messages were not delivered."""
    data = {"first_seq": first_seq, "last_seq": last_seq, "failure": failure}
    conversation.note(event_names.DELIVERY_FAILED, at, data)


def _sent(at: datetime) -> dict[str, Any]:
    return {"state": "sent", "sent_at": at, "failure": None, "detail": None}


async def _change(
    session: AsyncSession, claimed: Claimed, values: dict[str, Any], *conditions: ColumnElement[bool]
) -> bool:
    mine = (ENTRIES.c.id == claimed.id, ENTRIES.c.state == "sending", ENTRIES.c.attempts == claimed.attempts)
    changing = update(ENTRIES).where(*mine, *conditions).values(values).returning(ENTRIES.c.id)
    return await session.scalar(changing) is not None
