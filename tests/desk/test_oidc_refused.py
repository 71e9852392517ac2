"""Signing in through the staff's own provider, over HTTP: each way it is refused."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer, unused_port
from joserfc import jwt
from sqlalchemy import select
from yarl import URL

from bot.db.engine import Database
from bot.desk import oidc
from bot.settings import SettingsError
from bot.staff import oidc as provider_module
from bot.staff.models import StaffAccount
from tests.desk.at_the_provider import AMARA, Desk, application, refused, running, settings
from tests.record.scripted import Watch
from tests.staff.oidc_provider import (
    CLIENT_ID,
    OidcProvider,
    ec_key,
    rsa_key,
    signed_with_secret,
    unsigned,
)


@pytest.fixture
async def desk(sqlite_database: Database) -> AsyncIterator[Desk]:
    async with running(sqlite_database) as desk:
        yield desk


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
