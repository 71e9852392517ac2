"""Signing in at the desk, as a browser does."""

import msgspec
import pyotp
import pytest

from bot.desk import keys
from bot.desk.session_cookie import NAME
from bot.http import keys as http_keys
from tests.desk.clerks import PASSWORD, Clerk, Desk, account


async def _sign_in(clerk: Clerk, email: str, password: str = PASSWORD) -> dict[str, bool]:
    answer: dict[str, bool] = await clerk.do("sign-in", {"email": email, "password": password})
    await clerk.session()
    return answer


async def test_a_password_signs_in_and_signing_out_ends_it(desk: Desk) -> None:
    member = await account(desk.database, "supervisor")
    clerk = await desk.visitor()
    assert await _sign_in(clerk, member.email) == {"second_factor_due": False}
    held = clerk.cookie
    assert (await clerk.session())["signed_in"]
    await clerk.do("sign-out")
    assert clerk.cookie == ""
    assert not (await clerk.session())["signed_in"]
    assert await desk.app[keys.SESSIONS].of(held) is None


async def test_signing_in_gives_a_new_id_so_nobody_can_prepare_one(desk: Desk) -> None:
    """Session fixation."""
    member = await account(desk.database)
    clerk = await desk.visitor()
    prepared, token = clerk.cookie, clerk.csrf
    await _sign_in(clerk, member.email)
    assert clerk.cookie != prepared and clerk.csrf != token
    assert await desk.app[keys.SESSIONS].of(prepared) is None


@pytest.mark.parametrize(("public_url", "secure"), [("https://desk.example", True), ("http://desk.example", False)])
async def test_the_cookie_is_for_no_script_no_other_site_and_no_open_line(
    desk: Desk, public_url: str, secure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = await account(desk.database)
    clerk = await desk.visitor()
    settings = msgspec.structs.replace(desk.settings, public_url=public_url)
    monkeypatch.setitem(desk.app._state, http_keys.SETTINGS, settings)
    answer = await clerk.post("sign-in", {"email": member.email, "password": PASSWORD}, headers={"Origin": public_url})
    cookie = answer.cookies[NAME]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", "/desk", "")
    assert bool(cookie["secure"]) is secure
    known = answer.cookies["nexus_desk_known"]
    assert (known["httponly"], known["samesite"], known["path"]) == (True, "Strict", "/desk/api/sign-in")
    assert bool(known["secure"]) is secure


async def test_unknown_wrong_and_disabled_get_one_answer(desk: Desk) -> None:
    member = await account(desk.database)
    gone = await account(desk.database, disabled_at=desk.watch())
    clerk = await desk.visitor()
    answers = set()
    for email, password in ((member.email, "wrong"), ("nobody@example.org", "wrong"), (gone.email, PASSWORD)):
        response = await clerk.post("sign-in", {"email": email, "password": password})
        answers.add((response.status, await response.text(), NAME in response.cookies))
    assert len(answers) == 1
    status, body, gave_cookie = answers.pop()
    assert (status, gave_cookie) == (401, False)
    assert "wrong-password" in body


async def test_guessing_is_told_to_wait(desk: Desk) -> None:
    member = await account(desk.database)
    clerk = await desk.visitor()
    for _ in range(5):
        await clerk.post("sign-in", {"email": member.email, "password": "wrong"})
    response = await clerk.post("sign-in", {"email": member.email, "password": PASSWORD})
    assert (response.status, response.headers["Retry-After"]) == (429, "5")


async def test_a_browser_that_signed_in_before_does_not_wait_for_strangers_failures(desk: Desk) -> None:
    member = await account(desk.database)
    own, stranger = await desk.visitor(), await desk.visitor()
    await _sign_in(own, member.email)
    await own.do("sign-out")
    await own.session()
    for _ in range(6):
        await stranger.post("sign-in", {"email": member.email, "password": "wrong"})
    assert (await stranger.post("sign-in", {"email": member.email, "password": PASSWORD})).status == 429
    assert await _sign_in(own, member.email) == {"second_factor_due": False}


async def test_nothing_is_open_before_the_second_factor(desk: Desk) -> None:
    clerk = await desk.sign_in("supervisor")
    prepared = await clerk.do("account/totp", {"password": PASSWORD})
    authenticator = pyotp.TOTP(prepared["secret"])
    confirmed = await clerk.do("account/totp/confirm", {"code": authenticator.at(desk.watch())})
    assert (await clerk.session())["staff"]["totp"]
    await clerk.do("sign-out")
    await clerk.session()
    desk.watch.forward(seconds=60)

    assert clerk.account is not None
    assert await _sign_in(clerk, clerk.account.email) == {"second_factor_due": True}
    half = clerk.cookie
    assert (await clerk.get("audit")).status == 401
    refused = await clerk.post("sign-in/second-factor", {"code": "000000"})
    assert refused.status == 401 and "wrong-code" in await refused.text()
    await clerk.do("sign-in/second-factor", {"code": authenticator.at(desk.watch())})
    assert clerk.cookie != half
    await clerk.session()
    assert (await clerk.get("audit")).status == 200

    again = await desk.browser_of(clerk.account, second_factor_due=True)
    await again.do("sign-in/second-factor", {"code": confirmed["recovery_codes"][0]})
    assert (await again.session())["signed_in"]


async def test_a_code_without_a_password_before_it_is_refused(desk: Desk) -> None:
    clerk = await desk.visitor()
    response = await clerk.post("sign-in/second-factor", {"code": "123456"})
    assert response.status == 401 and "signed-out" in await response.text()


async def test_a_session_idles_out_and_what_the_page_asks_by_itself_does_not_keep_it(desk: Desk) -> None:
    clerk = await desk.sign_in()
    for _ in range(2):
        desk.watch.forward(minutes=14)
        assert (await clerk.get("staff", headers={"X-Unattended": "1"})).status == 200
    desk.watch.forward(minutes=2)
    assert (await clerk.get("staff")).status == 401
