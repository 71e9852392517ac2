"""Who is signed in with which browser, kept on the server; the browser holds 128 random bits and nothing else."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.db.engine import Database
from bot.staff.models import StaffAccount, StaffSession

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SECOND_FACTOR_WITHIN = timedelta(minutes=10)
"""A password without its code is worth nothing for long."""

_SEEN_EVERY = timedelta(minutes=1)
_ID_BYTES = 16
_LONGEST_ID = 128


@dataclass(frozen=True)
class OpenSession:
    """A session that holds: `id` is its digest, `account` whose it is; `second_factor_due` before the code came."""

    id: str
    account: StaffAccount
    second_factor_due: bool


def digest(session_id: str) -> str:
    """What is kept of a session's id; a plain hash is enough for what is random and long."""
    return hashlib.sha256(session_id[:_LONGEST_ID].encode("utf-8", "surrogatepass")).hexdigest()


def new_id() -> str:
    """128 random bits that can stand in a cookie as they are."""
    return secrets.token_urlsafe(_ID_BYTES)


class Sessions:
    """The sessions of one installation."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def open(self, session: AsyncSession, staff_id: str, *, second_factor_due: bool) -> str:
        """Opens a session for a staff member, in the transaction of `session`; gives the id for the browser.

        The id is always a new one, so that nobody can prepare one for somebody else. What is over is forgotten here.
        """
        now = self._clock()
        await session.execute(
            delete(StaffSession).where(
                or_(StaffSession.created_at <= now - ABSOLUTE, StaffSession.last_seen_at <= now - IDLE)
            )
        )
        session_id = new_id()
        session.add(
            StaffSession(
                id=digest(session_id),
                staff_id=staff_id,
                created_at=now,
                last_seen_at=now,
                second_factor_due=second_factor_due,
            )
        )
        await session.flush()
        return session_id

    async def of(self, session_id: str, *, in_use: bool = True) -> OpenSession | None:
        """The session that a browser's id opens, or None. `in_use` false: looking does not keep it from idling out."""
        return await self.with_digest(digest(session_id), in_use=in_use)

    async def with_digest(self, session_digest: str, *, in_use: bool = False) -> OpenSession | None:
        """As `of`, for what is kept of the id: whether a session that was open still is."""
        async with self._database.read_once() as session:
            wanted = select(StaffSession, StaffAccount).join(StaffAccount, StaffAccount.id == StaffSession.staff_id)
            found = (await session.execute(wanted.where(StaffSession.id == session_digest))).one_or_none()
        now = self._clock()
        if found is None or not _holds(found[0], found[1], now):
            return None
        if in_use and now - found[0].last_seen_at >= _SEEN_EVERY:
            await self._seen(session_digest, now)
        return OpenSession(session_digest, found[1], found[0].second_factor_due)

    async def _seen(self, session_digest: str, now: datetime) -> None:
        seen = update(StaffSession).where(
            and_(StaffSession.id == session_digest, StaffSession.last_seen_at <= now - _SEEN_EVERY)
        )
        async with self._database.write() as session:
            await session.execute(seen.values(last_seen_at=now))


async def end(session: AsyncSession, session_digest: str) -> None:
    """Ends one session."""
    await session.execute(delete(StaffSession).where(StaffSession.id == session_digest))


async def end_all(session: AsyncSession, staff_id: str, *, but: str | None = None) -> None:
    """Ends every session of a staff member; `but` is the digest of one to keep."""
    ended = delete(StaffSession).where(StaffSession.staff_id == staff_id)
    await session.execute(ended if but is None else ended.where(StaffSession.id != but))


def _holds(found: StaffSession, account: StaffAccount, now: datetime) -> bool:
    if account.disabled_at is not None or now - found.last_seen_at >= IDLE:
        return False
    return now - found.created_at < (SECOND_FACTOR_WITHIN if found.second_factor_due else ABSOLUTE)
