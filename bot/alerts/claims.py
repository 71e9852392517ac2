"""Who waits unannounced, and who of several processes announces it."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update

from bot.alerts.models import AlertState, StaffAlert
from bot.alerts.port import Alert
from bot.conversations.models import Conversation, Handoff
from bot.db.engine import Database
from bot.db.upsert import insert_into, table_of

_LEASE = timedelta(seconds=60)
"""A way gives up after 15 s, so whoever claimed an alert so long ago has ended."""

_MOST = 50
"""At once; the rest comes at the next look."""

_ALERTS = table_of(StaffAlert)


class Claims:
    """The alerts of one way."""

    def __init__(self, database: Database, way: str) -> None:
        self._database = database
        self._way = way

    async def open(self, now: datetime) -> list[Alert]:
        """What is to be told now, the longest waiting first."""
        told = and_(_ALERTS.c.handoff_id == Conversation.handoff_id, _ALERTS.c.way == self._way)
        is_open = or_(_ALERTS.c.handoff_id.is_(None), and_(_ALERTS.c.state == "due", _ALERTS.c.due_at <= now))
        query = (
            select(
                Handoff.id,
                Conversation.id,
                Handoff.reason,
                Conversation.channel,
                Conversation.language,
                Handoff.requested_at,
            )
            .join(Handoff, Handoff.id == Conversation.handoff_id)
            .outerjoin(_ALERTS, told)
            .where(Conversation.state == "waiting", is_open)
            .order_by(Handoff.requested_at, Handoff.id)
            .limit(_MOST)
        )
        async with self._database.read_once() as session:
            return [Alert(*row) for row in (await session.execute(query)).all()]

    async def take(self, handoff_id: str, now: datetime) -> int:
        """Claims one for a minute: which attempt this is, counted from 1; 0 where somebody else has it."""
        values = {
            "handoff_id": handoff_id,
            "way": self._way,
            "state": "due",
            "attempts": 1,
            "due_at": now + _LEASE,
        }
        async with self._database.write() as session:
            put = insert_into(session, StaffAlert).values(values)
            claim = put.on_conflict_do_update(
                index_elements=[_ALERTS.c.handoff_id, _ALERTS.c.way],
                set_={"attempts": _ALERTS.c.attempts + 1, "due_at": now + _LEASE},
                where=and_(_ALERTS.c.state == "due", _ALERTS.c.due_at <= now),
            ).returning(_ALERTS.c.attempts)
            return int((await session.execute(claim)).scalar_one_or_none() or 0)

    async def settle(self, handoff_id: str, state: AlertState, due_at: datetime) -> None:
        """Notes what became of it."""
        mine = and_(_ALERTS.c.handoff_id == handoff_id, _ALERTS.c.way == self._way)
        async with self._database.write() as session:
            await session.execute(update(_ALERTS).where(mine).values(state=state, due_at=due_at))
