"""Signing in through the staff's own provider, over HTTP: the whole way."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.db.engine import Database
from bot.staff.sessions import Sessions
from tests.desk.at_the_provider import AMARA, Desk, application, refused, running, settings


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
