"""Staff members in tests: their accounts, and the browsers they are signed in with."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from bot.audit.actor import Actor
from bot.db.engine import Database
from bot.desk import keys, session_cookie
from bot.settings import Settings
from bot.staff.accounts import actor_of
from bot.staff.models import StaffAccount
from bot.staff.passwords import Passwords
from bot.staff.roles import Role
from tests.record.scripted import NOON, ScriptedDialogue, Watch

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery staple"
OWN_ORIGIN = "http://desk.example"
_numbers = itertools.count(1)


def quick_passwords() -> Passwords:
    """Argon2id with parameters that are good for tests only."""
    return Passwords(QUICK)


async def account(
    database: Database, role: Role = "agent", name: str = "Alex Tremblay", **columns: Any
) -> StaffAccount:
    """An account whose password is `PASSWORD`."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "email": f"{role}.{number}@example.org",
        "language": "en",
        "created_at": NOON,
        "password_hash": QUICK.hash(PASSWORD),
        "must_change_password": False,
        **columns,
    }
    made = StaffAccount(role=role, name=name, **values)
    async with database.write() as session:
        session.add(made)
    return made


@dataclass
class Clerk:
    """A browser at the desk, signed in or not; it sends what our pages send."""

    client: TestClient[web.Request, web.Application]
    account: StaffAccount | None = None
    csrf: str = ""

    @property
    def actor(self) -> Actor:
        assert self.account is not None
        return actor_of(self.account)

    @property
    def cookie(self) -> str:
        """What the browser holds for the desk; empty where it holds nothing."""
        found = self.client.session.cookie_jar.filter_cookies(self.client.make_url("/desk/api/session"))
        return found[session_cookie.NAME].value if session_cookie.NAME in found else ""

    async def get(self, path: str, **rest: Any) -> ClientResponse:
        """GET below /desk/api/, or at an absolute path."""
        return await self.client.get(_absolute(path), **rest)

    async def post(self, path: str, body: Any = None, **rest: Any) -> ClientResponse:
        """POST with all that is expected; `headers` may overwrite it, and None leaves one out."""
        headers = {"Origin": OWN_ORIGIN, session_cookie.CSRF_HEADER: self.csrf, **rest.pop("headers", {})}
        kept = {name: value for name, value in headers.items() if value is not None}
        return await self.client.post(_absolute(path), json={} if body is None else body, headers=kept, **rest)

    async def read(self, path: str, **rest: Any) -> Any:
        """What a GET that works gives."""
        response = await self.get(path, **rest)
        assert response.status == 200, await response.text()
        return await response.json()

    async def do(self, path: str, body: Any = None) -> Any:
        """What a POST that works gives."""
        response = await self.post(path, body)
        assert response.status < 300, await response.text()
        return await response.json()

    async def session(self) -> dict[str, Any]:
        """The state of the session, as the page asks for it first of all; remembers the token."""
        state: dict[str, Any] = await self.read("session")
        self.csrf = state["csrf"]
        return state


@dataclass
class Desk:
    """The running application of a test, with real accounts on a real database."""

    app: web.Application
    server: TestServer
    database: Database
    watch: Watch
    dialogue: ScriptedDialogue
    settings: Settings
    clients: list[TestClient[web.Request, web.Application]] = field(default_factory=list)

    async def visitor(self) -> Clerk:
        """A browser nobody is signed in with."""
        client = TestClient(self.server)
        await client.start_server()
        self.clients.append(client)
        clerk = Clerk(client)
        await clerk.session()
        return clerk

    async def browser_of(self, member: StaffAccount, *, second_factor_due: bool = False) -> Clerk:
        """A browser somebody is signed in with, without the wait for a password."""
        clerk = await self.visitor()
        async with self.database.write() as session:
            session_id = await self.app[keys.SESSIONS].open(session, member.id, second_factor_due=second_factor_due)
        url = clerk.client.make_url("/desk")
        clerk.client.session.cookie_jar.update_cookies(_cookie(session_id), url)
        await clerk.session()
        clerk.account = member
        return clerk

    async def sign_in(self, role: Role = "agent", name: str = "Alex Tremblay", **columns: Any) -> Clerk:
        """A new staff member of this role, signed in."""
        return await self.browser_of(await account(self.database, role, name, **columns))


def _cookie(session_id: str) -> Any:
    from http.cookies import SimpleCookie

    cookie: SimpleCookie = SimpleCookie()
    cookie[session_cookie.NAME] = session_id
    cookie[session_cookie.NAME]["path"] = session_cookie.PATH
    return cookie


def _absolute(path: str) -> str:
    return path if path.startswith("/") else f"/desk/api/{path}"
