"""What staff change about their own account; each change asks for the password again, and is audited."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.log import note
from bot.clock import Clock
from bot.db.engine import Database
from bot.formats import Language
from bot.staff import events, passwords, second_factor
from bot.staff.accounts import actor_of
from bot.staff.models import StaffAccount
from bot.staff.passwords import PasswordError, Passwords
from bot.staff.second_factor import SecondFactor
from bot.staff.sessions import OpenSession, end_all
from bot.staff.throttle import Throttle


class NotConfirmedError(Exception):
    """The password or the code that was to confirm a change is wrong."""


class OwnAccount:
    """Changes of accounts by their owners. Every method may raise TooSoonError where it asks for a password or code."""

    def __init__(self, database: Database, clock: Clock, secret_key: str, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._throttle = Throttle(database, clock, secret_key)
        self._second_factor = SecondFactor(secret_key)

    async def change_password(self, own: OpenSession, current: str, new: str) -> None:
        """Sets a new password and ends every other session. Raises NotConfirmedError and PasswordError."""
        stored = await self._confirm(own, current)
        passwords.check(new, email=own.account.email, name=own.account.name)
        if await self._passwords.match(stored, new):
            raise PasswordError("not-new", "expected another password than the present one")
        hashed = await self._passwords.hash(new)
        async with self._changing(own, events.PASSWORD_CHANGED) as session:
            account = await session.get_one(StaffAccount, own.account.id, with_for_update=True)
            if account.password_hash != stored:  # it was reset meanwhile
                raise NotConfirmedError
            account.password_hash, account.must_change_password = hashed, False
            await end_all(session, own.account.id, but=own.id)

    async def prepare_second_factor(self, own: OpenSession, password: str) -> str:
        """A secret for an authenticator, not in force yet. Raises NotConfirmedError."""
        await self._confirm(own, password)
        async with self._database.write() as session:
            return await self._second_factor.prepare(session, own.account)

    async def set_second_factor(self, own: OpenSession, code: str) -> list[str]:
        """Puts the prepared secret in force with its first code, ends every other session, gives the recovery codes.

        Raises NotConfirmedError and SealError.
        """
        subject = self._throttle.subject("confirm code", own.account.id)
        await self._throttle.begin([subject])
        async with self._database.write() as session:
            account = await session.get_one(StaffAccount, own.account.id, with_for_update=True)
            codes = await self._second_factor.confirm(session, account, code, self._clock())
            if codes is not None:
                await end_all(session, own.account.id, but=own.id)
                await self._throttle.succeeded(session, [subject])
            await self._note(session, own, events.SECOND_FACTOR_SET if codes else events.CONFIRMATION_FAILED)
        if codes is None:
            raise NotConfirmedError
        return codes

    async def remove_second_factor(self, own: OpenSession, password: str) -> None:
        """Takes the second factor away. Raises NotConfirmedError."""
        await self._confirm(own, password)
        async with self._changing(own, events.SECOND_FACTOR_REMOVED) as session:
            await second_factor.remove(session, own.account)

    async def set_language(self, own: OpenSession, language: Language) -> None:
        """Sets the language of the desk's words."""
        async with self._changing(own, events.LANGUAGE_CHANGED) as session:
            await _set(session, own, language=language)

    async def _confirm(self, own: OpenSession, password: str) -> str:
        """Gives the hash of the password where it is right.

        Slowed down too: who finds a desk unlocked must not be able to find out the password there.
        """
        subject = self._throttle.subject("confirm", own.account.id)
        await self._throttle.begin([subject])
        async with self._database.read_once() as session:
            wanted = select(StaffAccount.password_hash).where(StaffAccount.id == own.account.id)
            stored = (await session.scalars(wanted)).one()
        right = await self._passwords.match(stored, password)
        async with self._database.write() as session:
            if right:
                await self._throttle.succeeded(session, [subject])
            else:
                await self._note(session, own, events.CONFIRMATION_FAILED)
        if stored is None or not right:
            raise NotConfirmedError
        return stored

    @asynccontextmanager
    async def _changing(self, own: OpenSession, action: str) -> AsyncIterator[AsyncSession]:
        async with self._database.write() as session:
            yield session
            await self._note(session, own, action)

    async def _note(self, session: AsyncSession, own: OpenSession, action: str) -> None:
        actor = actor_of(own.account)
        await note(session, actor, action, events.OBJECT, actor.id, self._clock())


async def _set(session: AsyncSession, own: OpenSession, **values: object) -> None:
    await session.execute(update(StaffAccount).where(StaffAccount.id == own.account.id).values(**values))
