"""Signing in and out: a password, then the second factor where there is one; each step slowed down and audited."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.actor import Actor
from bot.audit.log import note
from bot.clock import Clock
from bot.db.engine import Database
from bot.staff import events, known_browser
from bot.staff.accounts import actor_of, normal_email
from bot.staff.models import StaffAccount
from bot.staff.passwords import Passwords
from bot.staff.seal import SealError
from bot.staff.second_factor import SecondFactor
from bot.staff.sessions import OpenSession, Sessions, end
from bot.staff.throttle import Subject, Throttle

_DIGEST_SHOWN = 16


class RefusedError(Exception):
    """Signing in failed. What was wrong stands in the audit only: to whoever tried it is always the same."""


@dataclass(frozen=True)
class Opened:
    """A session was opened; `session_id` is for the browser. `ticket` lets it be told again, once all was right."""

    session_id: str
    second_factor_due: bool
    ticket: str | None


@dataclass(frozen=True)
class Caller:
    """From where somebody signs in: the network address, and the ticket of a known browser."""

    address: str
    ticket: str | None = None


class SignIn:
    """Signing in at one installation."""

    def __init__(
        self, database: Database, clock: Clock, secret_key: str, passwords: Passwords, sessions: Sessions
    ) -> None:
        self._database = database
        self._clock = clock
        self._key = secret_key
        self._passwords = passwords
        self._sessions = sessions
        self._throttle = Throttle(database, clock, secret_key)
        self._second_factor = SecondFactor(secret_key)

    async def with_password(
        self, email: str, password: str, caller: Caller, *, instead_of: OpenSession | None = None
    ) -> Opened:
        """Opens a session for who knows the password, and ends the browser's former one.

        An unknown address takes as long, counts as much and gets the same answer as a wrong password. Raises
        RefusedError and TooSoonError.
        """
        email = normal_email(email)
        now = self._clock()
        async with self._database.read_once() as session:
            account = (await session.scalars(select(StaffAccount).where(StaffAccount.email == email))).one_or_none()
        subjects = self._subjects("password", email, account, caller, now)
        await self._throttle.begin(subjects)
        stored = account.password_hash if account is not None else None
        right = await self._passwords.match(stored, password)
        if account is None or stored is None or not right or account.disabled_at is not None:
            await self._failed(email, account, "disabled" if right else "password")
            raise RefusedError
        fresh = await self._passwords.hash(password) if self._passwords.is_outdated(stored) else stored
        async with self._database.write() as session:
            account = await _as_it_is(session, account.id)
            if account.password_hash != stored or account.disabled_at is not None:
                raise RefusedError
            await session.execute(update(StaffAccount).where(StaffAccount.id == account.id).values(password_hash=fresh))
            if instead_of is not None:
                await end(session, instead_of.id)
            return await self._open(session, account, subjects, due=account.totp_secret is not None)

    async def with_code(self, half: OpenSession, code: str, caller: Caller) -> Opened:
        """Opens a full session for who has one whose second factor is due.

        The session gets a new id: what an id could open never grows. Raises RefusedError, TooSoonError and SealError.
        """
        now = self._clock()
        subjects = self._subjects("code", half.account.id, half.account, caller, now)
        await self._throttle.begin(subjects)
        try:
            async with self._database.write() as session:
                account = await _as_it_is(session, half.account.id)
                used = await self._second_factor.check(session, account, code, now)
                if used is not None and account.disabled_at is None:
                    await end(session, half.id)
                    return await self._open(session, account, subjects, due=False, code=used)
        except SealError:
            await self._failed(half.account.email, half.account, "unreadable secret")
            raise
        await self._failed(half.account.email, half.account, "code")
        raise RefusedError

    async def out(self, open_session: OpenSession) -> None:
        """Ends a session."""
        account = open_session.account
        actor = actor_of(account)
        async with self._database.write() as session:
            await end(session, open_session.id)
            await note(session, actor, events.SIGNED_OUT, events.OBJECT, actor.id, self._clock())

    async def _open(
        self,
        session: AsyncSession,
        account: StaffAccount,
        subjects: Sequence[Subject],
        *,
        due: bool,
        code: str | None = None,
    ) -> Opened:
        now = self._clock()
        session_id = await self._sessions.open(session, account.id, second_factor_due=due)
        await self._throttle.succeeded(session, subjects)
        actor = actor_of(account)
        action = events.FIRST_FACTOR_ACCEPTED if due else events.SIGNED_IN
        await note(session, actor, action, events.OBJECT, actor.id, now, {"code": code} if code else None)
        ticket = None if due else known_browser.ticket(self._key, account.id, now)
        return Opened(session_id, due, ticket)

    def _subjects(
        self, kind: str, name: str, account: StaffAccount | None, caller: Caller, now: datetime
    ) -> Sequence[Subject]:
        if account is not None and known_browser.is_known(self._key, account.id, caller.ticket, now):
            return [self._throttle.subject(f"{kind} known", str(caller.ticket))]
        return [self._throttle.subject(kind, name), self._throttle.address(caller.address)]

    async def _failed(self, email: str, account: StaffAccount | None, why: str) -> None:
        who = actor_of(account) if account is not None else Actor(self._unknown(email), "")
        async with self._database.write() as session:
            await note(
                session,
                events.NOBODY,
                events.SIGN_IN_FAILED,
                events.OBJECT,
                who.id,
                self._clock(),
                {"why": why if account is not None else "unknown"},
            )

    def _unknown(self, email: str) -> str:
        """Tells one unknown address from another in the audit, without the address: it may be a mistyped password."""
        keyed = hmac.digest(self._key.encode(), b"unknown|" + email.encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"unknown:{keyed.hex()[:_DIGEST_SHOWN]}"


async def _as_it_is(session: AsyncSession, account_id: str) -> StaffAccount:
    """The account, locked for this transaction, so that it cannot be disabled or changed meanwhile."""
    wanted = select(StaffAccount).where(StaffAccount.id == account_id).with_for_update()
    return (await session.scalars(wanted.execution_options(populate_existing=True))).one()
