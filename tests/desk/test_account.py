import xml.etree.ElementTree as ET

import pytest

from bot.audit.actor import COMMAND_LINE
from bot.staff.administration import Administration
from tests.desk.clerks import PASSWORD, Desk, quick_passwords

NEW = "une nouvelle phrase"


async def test_a_password_change_ends_every_other_session(desk: Desk) -> None:
    clerk = await desk.sign_in()
    assert clerk.account is not None
    elsewhere = await desk.browser_of(clerk.account)
    await clerk.do("account/password", {"current": PASSWORD, "new": NEW})
    assert (await clerk.get("staff")).status == 200
    assert (await elsewhere.get("staff")).status == 401


async def test_a_one_time_password_lets_nobody_in_before_it_is_changed(desk: Desk) -> None:
    clerk = await desk.sign_in(must_change_password=True)
    assert (await clerk.session())["password_due"]
    refused = await clerk.get("staff")
    assert refused.status == 403 and "password-change-due" in await refused.text()
    await clerk.do("account/password", {"current": PASSWORD, "new": NEW})
    assert not (await clerk.session())["password_due"]
    assert (await clerk.get("staff")).status == 200


@pytest.mark.parametrize(
    ("body", "kind", "field"),
    [
        ({"current": "wrong", "new": NEW}, "wrong-password", "current"),
        ({"current": PASSWORD, "new": "short"}, "password-too-short", "new"),
        ({"current": PASSWORD, "new": PASSWORD}, "password-not-new", "new"),
        ({"current": PASSWORD}, "wrong-field", "new"),
    ],
)
async def test_what_is_wrong_with_a_new_password_is_said(
    desk: Desk, body: dict[str, str], kind: str, field: str
) -> None:
    response = await (await desk.sign_in()).post("account/password", body)
    problem = await response.json()
    assert (response.status, problem["type"].rpartition(":")[2]) == (422, kind)
    assert problem["errors"][0]["field"] == field
    shown = await response.text()
    assert NEW not in shown and PASSWORD not in shown


async def test_a_second_factor_comes_as_a_picture_a_text_and_recovery_codes(desk: Desk) -> None:
    clerk = await desk.sign_in()
    prepared = await clerk.do("account/totp", {"password": PASSWORD})
    assert set(prepared) == {"secret", "uri", "qr_svg"}
    assert prepared["secret"] in prepared["uri"]
    assert ET.fromstring(prepared["qr_svg"]).tag == "{http://www.w3.org/2000/svg}svg"
    refused = await clerk.post("account/totp/confirm", {"code": "000000"})
    assert refused.status == 422 and "wrong-code" in await refused.text()
    assert not (await clerk.session())["staff"]["totp"]


async def test_a_second_factor_is_removed_with_the_password_only(desk: Desk) -> None:
    clerk = await desk.sign_in()
    assert (await clerk.post("account/totp/remove", {"password": "wrong"})).status == 422
    assert await clerk.do("account/totp/remove", {"password": PASSWORD}) == {}


async def test_the_language_is_told_from_then_on(desk: Desk) -> None:
    clerk = await desk.sign_in()
    await clerk.do("account/language", {"language": "fr"})
    assert (await clerk.session())["staff"]["language"] == "fr"
    assert (await clerk.post("account/language", {"language": "de"})).status == 422


async def test_who_is_disabled_is_out_at_once(desk: Desk) -> None:
    clerk = await desk.sign_in()
    assert clerk.account is not None
    await Administration(desk.database, desk.watch, quick_passwords(), COMMAND_LINE).disable(clerk.account.email)
    assert (await clerk.get("staff")).status == 401
