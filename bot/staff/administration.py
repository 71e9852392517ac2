"""Making accounts, disabling and resetting them: what whoever runs the guide does from the command line."""

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.actor import Actor
from bot.audit.log import note
from bot.clock import Clock
from bot.db.engine import Database
from bot.formats import Language
from bot.staff import events, second_factor
from bot.staff.accounts import actor_of, normal_email
from bot.staff.models import StaffAccount
from bot.staff.passwords import Passwords, one_time_password
from bot.staff.roles import Role
from bot.staff.sessions import end_all

_LONGEST_EMAIL = 254
_LONGEST_NAME = 200


class AccountError(ValueError):
    """An account cannot be made or changed as asked; the message says what and what to do."""


class Administration:
    """Changes of accounts by `actor`; each is one transaction with its audit entry."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords, actor: Actor) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._actor = actor

    async def add(
        self, email: str, name: str, role: Role, language: Language, *, with_password: bool = True
    ) -> str | None:
        """Makes an account; gives its one-time password, or none for who signs in through the provider only.

        Raises AccountError where the address has an account.
        """
        email, name = normal_email(email), " ".join(name.split())
        _check(email, name)
        password = one_time_password() if with_password else None
        hashed = await self._passwords.hash(password) if password is not None else None
        async with self._database.write() as session:
            if await session.scalar(select(StaffAccount.id).where(StaffAccount.email == email)) is not None:
                raise AccountError(f"{email} has an account already; run nexus-guide staff list to see it")
            account = StaffAccount(
                id=str(uuid.uuid4()),
                email=email,
                name=name,
                role=role,
                language=language,
                created_at=self._clock(),
                password_hash=hashed,
                must_change_password=with_password,
            )
            session.add(account)
            await session.flush()
            await self._note(session, account, events.ADDED, role=role)
        return password

    async def disable(self, email: str) -> None:
        """Ends every session of an account, and lets nobody sign in with it. Raises AccountError."""
        async with self._changing(email, events.DISABLED) as (session, account):
            if account.disabled_at is not None:
                raise AccountError(f"{account.email} is disabled already")
            account.disabled_at = self._clock()
            await end_all(session, account.id)

    async def enable(self, email: str) -> None:
        """Lets a disabled account sign in again. Raises AccountError."""
        async with self._changing(email, events.ENABLED) as (_, account):
            if account.disabled_at is None:
                raise AccountError(f"{account.email} is not disabled")
            account.disabled_at = None

    async def reset(self, email: str, *, drop_second_factor: bool) -> str:
        """Ends every session of an account; gives the one-time password it has now. Raises AccountError."""
        password = one_time_password()
        hashed = await self._passwords.hash(password)
        async with self._changing(email, events.RESET, second_factor=drop_second_factor) as (session, account):
            account.password_hash = hashed
            account.must_change_password = True
            await session.flush()
            await end_all(session, account.id)
            if drop_second_factor:
                await second_factor.remove(session, account)
        return password

    async def everybody(self) -> Sequence[StaffAccount]:
        """All accounts by address."""
        async with self._database.read_once() as session:
            return (await session.scalars(select(StaffAccount).order_by(StaffAccount.email))).all()

    @asynccontextmanager
    async def _changing(self, email: str, action: str, **data: Any) -> AsyncIterator[tuple[AsyncSession, StaffAccount]]:
        wanted = select(StaffAccount).where(StaffAccount.email == normal_email(email)).with_for_update()
        async with self._database.write() as session:
            account = (await session.scalars(wanted)).one_or_none()
            if account is None:
                raise AccountError(
                    f"{normal_email(email)} has no account; run nexus-guide staff list to see who has one"
                )
            yield session, account
            await self._note(session, account, action, **data)

    async def _note(self, session: AsyncSession, account: StaffAccount, action: str, **data: Any) -> None:
        await note(session, self._actor, action, events.OBJECT, actor_of(account).id, self._clock(), data)


def _check(email: str, name: str) -> None:
    local, at, domain = email.partition("@")
    if (
        not (local and at and domain)
        or len(email) > _LONGEST_EMAIL
        or email.count("@") > 1
        or " " in email
        or not email.isprintable()
    ):
        raise AccountError(f"expected an e-mail address such as marie@example.org, got {email!r}")
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise AccountError(f"expected a name of 1 to {_LONGEST_NAME} characters, got {name!r}")
