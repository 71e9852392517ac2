"""What the guard refuses beside what the table of routes says (`test_permissions.py`)."""

import msgspec
import pytest

from bot.desk.session_cookie import NAME
from bot.http import keys as http_keys
from tests.desk.clerks import Desk


@pytest.mark.parametrize(("origin", "status"), [("https://desk.example", 422), ("http://desk.example", 403)])
async def test_a_page_that_came_without_tls_is_foreign_where_ours_come_with_it(
    desk: Desk, origin: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = await desk.visitor()
    settings = msgspec.structs.replace(desk.settings, public_url="https://desk.example")
    monkeypatch.setitem(desk.app._state, http_keys.SETTINGS, settings)
    assert (await visitor.post("sign-in", {}, headers={"Origin": origin})).status == status


@pytest.mark.parametrize("cookie", ["", "x", "é", "x" * 5000, '"; drop', "\udcff"])
async def test_any_other_cookie_is_nobodys(desk: Desk, cookie: str) -> None:
    visitor = await desk.visitor()
    visitor.client.session.cookie_jar.clear()
    response = await visitor.get("staff", headers={"Cookie": f"{NAME}={cookie}".encode("utf-8", "replace").decode()})
    assert response.status == 401


async def test_a_conversation_of_no_possible_id_is_not_there(desk: Desk) -> None:
    agent = await desk.sign_in()
    for name in ("%00", "%F0%9F%98%80", "x" * 3000):
        assert (await agent.get(f"conversations/{name}/timeline")).status == 404


async def test_a_token_of_strange_signs_is_no_token(desk: Desk) -> None:
    agent = await desk.sign_in()
    for token in ("", "é", "x" * 4000):
        assert (await agent.post("account/language", {"language": "fr"}, headers={"X-CSRF-Token": token})).status == 403


async def test_nul_is_refused_where_the_database_would_choke(desk: Desk) -> None:
    visitor, supervisor = await desk.visitor(), await desk.sign_in("supervisor")
    assert (await visitor.post("sign-in", {"email": "a\0@b.ca", "password": "x"})).status == 422
    assert (await supervisor.get("audit", params={"actor": "\0"})).status == 422
