"""Signing in through the staff's own provider, over HTTP: the whole way, and each way it is refused."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar, web
from aiohttp.test_utils import TestServer, unused_port
from joserfc import jwt
from sqlalchemy import select
from yarl import URL

from bot.audit.models import AuditEntry
from bot.db.engine import Database
from bot.desk import keys, oidc
from bot.desk.routes import set_up_desk
from bot.http import keys as http_keys
from bot.http.problems import problems
from bot.settings import Settings, SettingsError
from bot.staff import oidc as provider_module
from bot.staff.models import StaffAccount, StaffSession
from bot.staff.sessions import Sessions
from tests.record.scripted import KEY, Watch
from tests.staff.oidc_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    OidcProvider,
    ec_key,
    rsa_key,
    running_provider,
    signed_with_secret,
    unsigned,
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
    set_up_desk(app)
    return app


@pytest.fixture
async def desk(sqlite_database: Database) -> AsyncIterator[Desk]:
    async with running(sqlite_database) as desk:
        yield desk


async def test_the_first_sign_in_finds_the_account_by_its_verified_address_and_links_it(database: Database) -> None:
    async with running(database) as desk:
        name = await desk.add()
        browser = desk.browser()
        assert await browser.sign_in() == "/desk"
        staff = await browser.whoami()
        assert staff is not None and staff["email"] == AMARA
        account = await desk.account(name)
        assert (account.oidc_issuer, account.oidc_subject) == (desk.provider.url, "u-1")
        audited = [(each.actor_id, each.action, each.object_id, each.data) for each in await desk.audited()]
        assert audited == [
            (f"staff:{name}", action, f"staff:{name}", {"by": "oidc"})
            for action in ("staff.provider_linked", "staff.signed_in")
        ]


async def test_later_the_subject_counts_and_the_address_does_not(database: Database) -> None:
    async with running(database) as desk:
        name = await desk.add()
        assert await desk.browser().sign_in() == "/desk"
        desk.provider.person = {"sub": "u-1", "email": "married@staff.example", "email_verified": False}
        again = desk.browser()
        assert await again.sign_in() == "/desk"
        assert [each.action for each in await desk.audited()][2:] == ["staff.signed_in"]
        desk.provider.person = {"sub": "u-2", "email": AMARA, "email_verified": True}
        assert await desk.browser().sign_in() == refused("elsewhere")
        assert (await desk.account(name)).oidc_subject == "u-1"


async def test_who_gets_an_address_later_does_not_get_the_account_but_a_new_provider_does(desk: Desk) -> None:
    name = await desk.add(oidc_issuer="https://former.example", oidc_subject="u-1")
    assert await desk.browser().sign_in() == "/desk"
    assert (await desk.account(name)).oidc_issuer == desk.provider.url


async def test_the_session_is_a_new_one_and_the_cookie_is_the_desks(desk: Desk) -> None:
    await desk.add()
    browser = desk.browser()
    await browser.whoami()
    before = browser.cookie("nexus_desk")
    assert await browser.sign_in() == "/desk"
    first = browser.cookie("nexus_desk")
    assert first not in (before, "")
    assert await browser.sign_in() == "/desk"
    assert browser.cookie("nexus_desk") != first
    assert await desk.open_sessions() == 1
    assert browser.cookie("nexus_desk_oidc") == ""


async def test_the_second_factor_of_the_desk_is_not_asked_for(desk: Desk) -> None:
    await desk.add(totp_secret="sealed")
    browser = desk.browser()
    assert await browser.sign_in() == "/desk"
    assert await browser.whoami() is not None


async def test_a_one_time_password_and_what_it_opened_end_with_the_first_sign_in(desk: Desk) -> None:
    name = await desk.add(password_hash="of a one-time password", must_change_password=True)
    async with desk.database.write() as session:
        await Sessions(desk.database, desk.watch).open(session, name, second_factor_due=False)  # by who found it
    assert await desk.browser().sign_in() == "/desk"
    account = await desk.account(name)
    assert account.password_hash is None and not account.must_change_password
    assert await desk.open_sessions() == 1


async def test_the_cookie_of_an_attempt_is_for_its_browser_its_path_and_ten_minutes(desk: Desk) -> None:
    response = await desk.browser().get(f"{desk.url}/desk/oidc/start")
    cookie = response.cookies["nexus_desk_oidc"]
    assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/desk/oidc", "600", "Lax")
    assert cookie["httponly"] and not cookie["secure"]
    asked = URL(response.headers["Location"]).query
    assert asked["scope"] == "openid email" and asked["redirect_uri"] == desk.provider.redirect_uri
    assert not any(asked[part] in cookie.value for part in ("state", "nonce"))


async def test_behind_tls_the_cookie_of_an_attempt_goes_over_tls_only(desk: Desk) -> None:
    app = application(settings(desk.provider.url, public_url="https://guide.example"), desk.watch, desk.database)
    server = TestServer(app)
    await server.start_server()
    response = await desk.browser().get(server.make_url("/desk/oidc/start"))
    await server.close()
    assert response.cookies["nexus_desk_oidc"]["secure"]


async def test_an_answer_is_taken_once(desk: Desk) -> None:
    await desk.add()
    browser = desk.browser()
    response = await browser.get(f"{desk.url}/desk/oidc/start")
    cookie = response.cookies["nexus_desk_oidc"].value
    back = (await browser.get(response.headers["Location"])).headers["Location"]
    assert await browser.end(back) == "/desk"
    assert await browser.end(back) == refused("expired")
    thief = desk.browser()
    thief.session.cookie_jar.update_cookies({"nexus_desk_oidc": cookie}, URL(f"{desk.url}/desk/oidc/"))
    assert await thief.end(back) == refused("expired")
    assert desk.provider.asked.count("/token") == 1


async def test_an_answer_for_another_browser_is_refused(desk: Desk) -> None:
    await desk.add()
    mine, theirs = desk.browser(), desk.browser()
    back = await mine.begin()
    await theirs.begin()
    assert await theirs.end(back) == refused("expired")
    assert await desk.browser().end(back) == refused("expired")
    assert await theirs.whoami() is None
    assert await desk.audited() == [] and "/token" not in desk.provider.asked


async def test_an_answer_after_ten_minutes_is_refused(desk: Desk) -> None:
    await desk.add()
    browser = desk.browser()
    back = await browser.begin()
    desk.watch.forward(minutes=11)
    assert await browser.end(back) == refused("expired")


Change = Callable[[OidcProvider], None]


def _claims(**claims: Any) -> Change:
    return lambda provider: provider.claims.update(claims)


def _signs(sign: Callable[[OidcProvider, dict[str, Any]], str]) -> Change:
    def change(provider: OidcProvider) -> None:
        provider.sign = lambda claims: sign(provider, claims)

    return change


def _public(provider: OidcProvider) -> bytes:
    return provider.key.as_pem(private=False)


def _by_another_key(provider: OidcProvider, claims: dict[str, Any]) -> str:
    key = rsa_key("two")
    return jwt.encode({"alg": "RS256", "kid": provider.key.kid}, claims, key, algorithms=["RS256"])


WRONG: dict[str, tuple[str, Change]] = {
    "another nonce": ("token", _claims(nonce="another")),
    "no nonce": ("token", _claims(nonce=None)),
    "another audience": ("token", _claims(aud="another")),
    "another authorized party": ("token", _claims(aud=[CLIENT_ID, "another"], azp="another")),
    "another issuer": ("token", _claims(iss="https://other.example")),
    "expired": ("token", _claims(exp=1)),
    "alg none": ("token", _signs(lambda _provider, claims: unsigned(claims))),
    "HS256 with the public key": (
        "token", _signs(lambda provider, claims: signed_with_secret(claims, _public(provider)))
    ),
    "another key": ("token", _signs(_by_another_key)),
    "no ID token": ("token", _signs(lambda _provider, _claims: None)),  # type: ignore[arg-type,return-value]
    "unverified address": ("unverified", _claims(email_verified=False)),
    "no address": ("unverified", _claims(email=None, email_verified=None)),
    "unknown account": ("unknown", _claims(email="nobody@staff.example")),
    "a look-alike of the address": ("unknown", _claims(email="amara@\u017ftaff.example")),
    "somebody declined": ("declined", lambda provider: setattr(provider, "refuses", "access_denied")),
    "the provider's own error": ("provider", lambda provider: setattr(provider, "refuses", "server_error")),
}  # fmt: skip


@pytest.mark.parametrize(("reason", "change"), WRONG.values(), ids=WRONG.keys())
async def test_what_does_not_hold_is_refused_and_audited(desk: Desk, reason: str, change: Change) -> None:
    name = await desk.add()
    change(desk.provider)
    browser = desk.browser()
    assert await browser.sign_in() == refused(reason)
    assert await browser.whoami() is None and await desk.open_sessions() == 0
    assert (await desk.account(name)).oidc_subject is None
    [entry] = await desk.audited()
    assert (entry.action, entry.data) == ("staff.sign_in_failed", {"by": "oidc", "why": reason})
    assert "@" not in json.dumps([entry.actor_id, entry.object_id, entry.data])


@pytest.mark.parametrize("linked", [False, True])
async def test_a_disabled_account_is_refused(desk: Desk, linked: bool) -> None:
    link = {"oidc_issuer": desk.provider.url, "oidc_subject": "u-1"} if linked else {}
    name = await desk.add(disabled_at=desk.watch(), **link)
    assert await desk.browser().sign_in() == refused("disabled")
    [entry] = await desk.audited()
    assert (entry.object_id, entry.data["why"]) == (f"staff:{name}", "disabled")


async def test_no_account_is_ever_made(desk: Desk) -> None:
    assert await desk.browser().sign_in() == refused("unknown")
    async with desk.database.read() as session:
        assert (await session.scalars(select(StaffAccount))).all() == []


async def test_a_changed_key_is_asked_for_at_once_and_published_things_are_kept_an_hour(desk: Desk) -> None:
    await desk.add()
    for key, algorithm in ((rsa_key("one"), "RS256"), (rsa_key("two"), "RS256"), (ec_key("three"), "ES256")):
        desk.provider.key, desk.provider.algorithm = key, algorithm
        assert await desk.browser().sign_in() == "/desk"
    assert (desk.provider.asked.count("/keys"), desk.provider.asked.count(DISCOVERY)) == (3, 1)
    desk.watch.forward(minutes=61)
    assert await desk.browser().sign_in() == "/desk"
    assert (desk.provider.asked.count("/keys"), desk.provider.asked.count(DISCOVERY)) == (4, 2)


DISCOVERY = "/.well-known/openid-configuration"


async def test_an_address_told_by_userinfo_only_is_taken_if_it_is_about_the_same_person(desk: Desk) -> None:
    await desk.add()
    desk.provider.person = {"sub": "u-1"}
    desk.provider.userinfo = {"sub": "u-2", "email": AMARA, "email_verified": True}
    assert await desk.browser().sign_in() == refused("token")
    desk.provider.userinfo["sub"] = "u-1"
    assert await desk.browser().sign_in() == "/desk"


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://other.example"}, {"issuer": None}, {"token_endpoint": None}, {"jwks_uri": 7},
        {"token_endpoint": "http://other.example/token"}, {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "https://["}, {"userinfo_endpoint": "https:///"},
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    ],
    ids=str,
)  # fmt: skip
async def test_a_provider_that_describes_itself_wrongly_is_not_used(desk: Desk, metadata: dict[str, Any]) -> None:
    desk.provider.metadata = metadata
    assert await desk.browser().end(f"{desk.url}/desk/oidc/start") == refused("provider")


async def test_an_answer_in_another_providers_name_is_refused(desk: Desk) -> None:
    await desk.add()
    for more in ("&iss=https%3A%2F%2Fother.example", ""):
        desk.provider.metadata = {"authorization_response_iss_parameter_supported": True}
        browser = desk.browser()
        assert await browser.end(await browser.begin() + more) == refused("provider")
    assert "/token" not in desk.provider.asked


async def test_a_code_the_provider_does_not_know_is_refused(desk: Desk) -> None:
    browser = desk.browser()
    back = URL(await browser.begin())
    assert await browser.end(str(back.update_query(code="made up"))) == refused("provider")
    back = URL(await browser.begin())
    assert await browser.end(str(back.without_query_params("code"))) == refused("provider")


async def test_a_provider_in_trouble_ends_at_the_sign_in_page(desk: Desk) -> None:
    await desk.add()
    desk.provider.answers = 503
    assert await desk.browser().end(f"{desk.url}/desk/oidc/start") == refused("provider")
    desk.provider.answers = 200
    browser = desk.browser()
    back = await browser.begin()
    desk.provider.answers = 503
    assert await browser.end(back) == refused("provider")


async def test_a_provider_that_is_down_or_hangs_ends_at_the_sign_in_page(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_module, "SECONDS", 0.2)
    async with running(sqlite_database) as desk:
        browser = desk.browser()
        back = await browser.begin()
        desk.provider.hangs = asyncio.Event()
        assert await browser.end(back) == refused("unreachable")
        assert [entry.data["why"] for entry in await desk.audited()] == ["unreachable"]
        desk.provider.hangs.set()
    app = application(settings(f"http://127.0.0.1:{unused_port()}"), desk.watch, sqlite_database)
    server = TestServer(app)
    await server.start_server()
    async with ClientSession() as session:
        response = await session.get(server.make_url("/desk/oidc/start"), allow_redirects=False)
    await server.close()
    assert (response.status, response.headers["Location"]) == (303, refused("unreachable"))


async def test_a_flood_of_starts_is_slowed_down(desk: Desk) -> None:
    browser = desk.browser()
    start = f"{desk.url}/desk/oidc/start"
    ends = [await browser.end(start) for _ in range(oidc.STARTS_PER_ADDRESS.burst + 1)]
    assert ends[-1] == refused("too-many") and refused("too-many") not in ends[:-1]


async def test_without_a_provider_there_is_no_such_door(sqlite_database: Database) -> None:
    server = TestServer(application(settings(""), Watch(), sqlite_database))
    await server.start_server()
    async with ClientSession() as session:
        for path in (oidc.START, oidc.CALLBACK):
            async with session.get(server.make_url(path), allow_redirects=False) as response:
                assert response.status == 404
    await server.close()


@pytest.mark.parametrize(
    ("values", "name"),
    [({"oidc_client_id": ""}, "OIDC_CLIENT_ID"), ({"oidc_issuer": "http://id.example"}, "OIDC_ISSUER")],
)
def test_a_setting_that_cannot_be_used_is_named(sqlite_database: Database, values: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        application(settings("https://id.example", **values), Watch(), sqlite_database)
