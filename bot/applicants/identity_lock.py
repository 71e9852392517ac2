"""Counting failed proofs and locking: five failures lock for fifteen minutes.

They are counted per conversation, so that one visitor cannot try numbers through, and per number, so that nobody can
try birth dates through from many conversations. A lock that has ended starts the count anew; so does a day of quiet.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.models import IdentityFailure
from bot.db.upsert import insert_into

FAILURES_ALLOWED = 5
LOCK = timedelta(minutes=15)
QUIET = timedelta(days=1)


async def counters(session: AsyncSession, subjects: Sequence[str], now: datetime) -> Sequence[IdentityFailure]:
    """The counters of `subjects`, made where missing and locked for this transaction; what is over is forgotten."""
    await session.execute(delete(IdentityFailure).where(IdentityFailure.last_at <= now - QUIET))
    fresh = [{"subject": subject, "failures": 0, "last_at": now} for subject in sorted(subjects)]
    await session.execute(insert_into(session, IdentityFailure).values(fresh).on_conflict_do_nothing())
    # Always in the same order, so that two transactions never wait for each other.
    wanted = select(IdentityFailure).where(IdentityFailure.subject.in_(subjects)).order_by(IdentityFailure.subject)
    found = (await session.scalars(wanted.with_for_update().execution_options(populate_existing=True))).all()
    for counter in found:
        if counter.locked_until is not None and counter.locked_until <= now:
            counter.failures, counter.locked_until = 0, None
    return found


def locked_until(found: Sequence[IdentityFailure]) -> datetime | None:
    """When the last of the locks ends, or None where there is none."""
    return max((counter.locked_until for counter in found if counter.locked_until is not None), default=None)


def count(found: Sequence[IdentityFailure], *, failed: bool, now: datetime) -> None:
    """Counts one more failure, or after a success starts anew."""
    for counter in found:
        counter.failures = counter.failures + 1 if failed else 0
        counter.last_at = now
        if counter.failures >= FAILURES_ALLOWED:
            counter.locked_until = now + LOCK
