"""Staff accounts on a real database, with hashing that is quick and is counted."""

from collections.abc import Sequence
from typing import Any

import pyotp
from argon2 import PasswordHasher
from sqlalchemy import select

from bot.audit.actor import COMMAND_LINE
from bot.audit.models import AuditEntry
from bot.db.engine import Database
from bot.staff.administration import Administration
from bot.staff.models import StaffAccount
from bot.staff.own_account import OwnAccount
from bot.staff.passwords import Passwords
from bot.staff.sessions import OpenSession, Sessions
from bot.staff.sign_in import Caller, Opened, SignIn
from tests.desk.clerks import PASSWORD, account
from tests.record.scripted import KEY, Watch

HERE = Caller("192.0.2.7")
ELSEWHERE = Caller("198.51.100.9")
EMAIL = "alex@example.org"


class CountingHasher(PasswordHasher):
    """Argon2id with parameters good for tests only; remembers how often it was asked."""

    def __init__(self, time_cost: int = 1) -> None:
        super().__init__(time_cost=time_cost, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, *args: Any, **rest: Any) -> Any:
        self.verified += 1
        return super().verify(*args, **rest)


class Office:
    """All that staff accounts are made of, and the steps tests take with them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.watch = Watch()
        self.hasher = CountingHasher()
        self.passwords = Passwords(self.hasher)
        self.open_again()

    def open_again(self) -> None:
        """As after a restart: nothing is remembered but what is in the database."""
        self.sessions = Sessions(self.database, self.watch)
        self.sign_in = SignIn(self.database, self.watch, KEY, self.passwords, self.sessions)
        self.own = OwnAccount(self.database, self.watch, KEY, self.passwords)
        self.administration = Administration(self.database, self.watch, self.passwords, COMMAND_LINE)

    async def hire(self, email: str = EMAIL, **columns: Any) -> StaffAccount:
        return await account(self.database, email=email, **columns)

    async def enter(self, password: str = PASSWORD, email: str = EMAIL, caller: Caller = HERE) -> Opened:
        return await self.sign_in.with_password(email, password, caller)

    async def session_of(self, opened: Opened) -> OpenSession:
        found = await self.sessions.of(opened.session_id)
        assert found is not None
        return found

    async def entered(self) -> OpenSession:
        """An account's session, after its password was given."""
        return await self.session_of(await self.enter())

    async def with_totp(self, own: OpenSession) -> tuple[pyotp.TOTP, list[str]]:
        """Sets up a second factor; gives the authenticator and the recovery codes."""
        secret = await self.own.prepare_second_factor(own, PASSWORD)
        authenticator = pyotp.TOTP(secret)
        codes = await self.own.set_second_factor(own, authenticator.at(self.watch()))
        self.watch.forward(seconds=60)
        return authenticator, codes

    async def audited(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        """Who did what to what, in order."""
        async with self.database.read_once() as session:
            found: Sequence[AuditEntry] = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
        return [(entry.actor_id, entry.action, entry.object_id, entry.data) for entry in found]

    async def account(self, email: str = EMAIL) -> StaffAccount:
        async with self.database.read_once() as session:
            return (await session.scalars(select(StaffAccount).where(StaffAccount.email == email))).one()
