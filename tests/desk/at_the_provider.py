"""The desk with a provider of its own, and browsers that visit both."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar, web
from aiohttp.test_utils import TestServer, unused_port
from sqlalchemy import select
from yarl import URL

from bot.audit.models import AuditEntry
from bot.conversations.limits import LocalLimits
from bot.db.engine import Database
from bot.desk import keys
from bot.desk.routes import set_up_desk
from bot.http import keys as http_keys
from bot.http.problems import problems
from bot.settings import Settings
from bot.staff.models import StaffAccount, StaffSession
from tests.record.scripted import KEY, Watch
from tests.staff.oidc_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    OidcProvider,
    running_provider,
)

AMARA = "amara@staff.example"


@dataclass
class Desk:
    """The desk with its provider, and browsers that visit both."""

    url: str
    provider: OidcProvider
    database: Database
    watch: Watch
    sessions: list[ClientSession]

    def browser(self) -> "Browser":
        session = ClientSession(cookie_jar=CookieJar(unsafe=True))  # it keeps cookies of 127.0.0.1
        self.sessions.append(session)
        return Browser(self, session)

    async def add(self, email: str = AMARA, **values: Any) -> str:
        name = str(uuid.uuid4())
        account = StaffAccount(
            id=name, email=email, name="Amara", role="agent", language="fr", created_at=self.watch(), **values
        )
        account.must_change_password = values.get("must_change_password", False)
        async with self.database.write() as session:
            session.add(account)
        return name

    async def account(self, name: str) -> StaffAccount:
        async with self.database.read() as session:
            return (await session.scalars(select(StaffAccount).where(StaffAccount.id == name))).one()

    async def audited(self) -> list[AuditEntry]:
        async with self.database.read() as session:
            return [*(await session.scalars(select(AuditEntry).order_by(AuditEntry.id)))]

    async def open_sessions(self) -> int:
        async with self.database.read() as session:
            return len((await session.scalars(select(StaffSession))).all())


@dataclass
class Browser:
    """One browser; it follows redirects only as far as a test says."""

    desk: Desk
    session: ClientSession

    async def get(self, url: str | URL) -> ClientResponse:
        return await self.session.get(URL(str(url), encoded=True), allow_redirects=False)

    async def begin(self) -> str:
        """To the provider and back to our door; the address of the callback, not yet opened."""
        away = await self.get(f"{self.desk.url}/desk/oidc/start")
        assert away.status == 303 and away.headers["Location"].startswith(self.desk.provider.url), away.headers
        back = await self.get(away.headers["Location"])
        assert back.status == 302, await back.text()
        return back.headers["Location"]

    async def sign_in(self) -> str:
        """The whole way; where it ends, without the desk's own address."""
        return await self.end(await self.begin())

    async def end(self, callback: str) -> str:
        response = await self.get(callback)
        assert response.status == 303, await response.text()
        return response.headers["Location"]

    def cookie(self, name: str) -> str:
        """What the browser would send; empty for none."""
        found = {each.key: each.value for each in self.session.cookie_jar}
        return found.get(name, "")

    async def whoami(self) -> dict[str, Any] | None:
        state = await (await self.get(f"{self.desk.url}/desk/api/session")).json()
        staff: dict[str, Any] | None = state["staff"]
        return staff


def refused(reason: str) -> str:
    return f"/desk?refused=oidc&reason={reason}"


@asynccontextmanager
async def running(database: Database) -> AsyncIterator[Desk]:
    """The real routes behind their guard, on one port, and the provider on another."""
    watch, port, sessions = Watch(), unused_port(), list[ClientSession]()
    provider = OidcProvider(watch, redirect_uri=f"http://127.0.0.1:{port}/desk/oidc/callback")
    async with running_provider(provider):
        app = application(settings(provider.url, public_url=f"http://127.0.0.1:{port}"), watch, database)
        server = TestServer(app, port=port)
        await server.start_server()
        try:
            yield Desk(f"http://127.0.0.1:{port}", provider, database, watch, sessions)
        finally:
            for session in sessions:
                await session.close()
            await server.close()


def settings(issuer: str, **values: Any) -> Settings:
    known = {"oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET, "oidc_label": "Example ID"}
    return Settings(**{"secret_key": KEY, "oidc_issuer": issuer, **known, **values})


def application(settings: Settings, watch: Watch, database: Database) -> web.Application:
    app = web.Application(middlewares=[problems])
    app[http_keys.SETTINGS], app[http_keys.CLOCK], app[keys.DATABASE] = settings, watch, database
    app[http_keys.LIMITS] = LocalLimits(watch)
    set_up_desk(app)
    return app
