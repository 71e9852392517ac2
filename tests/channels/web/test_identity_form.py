"""Proving one's identity in the browser, without script."""

import re
from typing import Any

import pytest
from aiohttp import ClientResponse

from bot.applicants import identity
from bot.http import keys
from bot.texts import Catalogue
from tests.channels.web.conftest import AMARA, Guide, Talk

WRONG = {**AMARA, "birth_date": "1984-03-10"}
UNKNOWN = {**AMARA, "number": "980000009"}
_EACH_ITS_OWN = {"Date", "X-Request-ID"}


async def link(talk: Talk) -> str:
    answer = await talk.say("verify")
    url: str = answer["messages"][1]["meta"]["link"]["url"]
    return url


async def post(guide: Guide, url: str, fields: dict[str, str], language: str = "en") -> ClientResponse:
    return await guide.client.post(f"{url}?lang={language}", data=fields)


async def all_said(talk: Talk) -> list[dict[str, Any]]:
    assert talk.guide.client.app is not None
    await talk.guide.client.app[keys.CONVERSATIONS].finish()
    messages: list[dict[str, Any]] = (await talk.after(0))["messages"]
    return messages


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_form_is_plain_html_in_the_language_asked_for(
    guide: Guide, catalogue: Catalogue, language: str
) -> None:
    url = await link(await guide.start())
    response = await guide.client.get(f"{url}?lang={language}")
    page = await response.text()
    assert response.status == 200
    assert f'<html lang="{language}">' in page
    assert catalogue.say("identity_submit", language) in page  # type: ignore[arg-type]
    assert "<script" not in page and "style=" not in page and "<style" not in page
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "form-action 'self'" in response.headers["Content-Security-Policy"]


async def test_the_browsers_language_decides_where_the_address_does_not(guide: Guide) -> None:
    url = await link(await guide.start())
    response = await guide.client.get(url, headers={"Accept-Language": "de, fr-CA;q=0.8, en;q=0.5"})
    assert response.headers["Content-Language"] == "fr"


async def test_a_proof_is_told_in_the_conversation_and_the_link_is_used_up(guide: Guide) -> None:
    talk = await guide.start()
    url = await link(talk)
    done = await post(guide, url, AMARA)
    assert done.status == 200
    assert "Go back to the conversation" in await done.text()
    assert (await all_said(talk))[-1]["text"] == "Proved: A-1"
    assert (await guide.client.get(url)).status == 410
    assert (await post(guide, url, AMARA)).status == 410


async def test_only_this_conversation_is_proved(guide: Guide) -> None:
    talk, other = await guide.start(), await guide.start()
    await post(guide, await link(talk), AMARA)
    async with guide.database.read() as session:
        assert await identity.proved_applicant(session, talk.id) == "A-1"
        assert await identity.proved_applicant(session, other.id) is None


async def test_restart_forgets_who_it_was(guide: Guide) -> None:
    talk = await guide.start()
    await post(guide, await link(talk), AMARA)
    await all_said(talk)
    await talk.say("restart")
    async with guide.database.read() as session:
        assert await identity.proved_applicant(session, talk.id) is None


async def test_unknown_and_wrong_look_the_same(guide: Guide) -> None:
    pages = []
    for fields in (WRONG, UNKNOWN, {"number": "no number at all", "birth_date": "1984-03-09"}):
        response = await post(guide, await link(await guide.start()), fields)
        headers = {name: value for name, value in response.headers.items() if name not in _EACH_ITS_OWN}
        pages.append((response.status, headers, await response.text()))
    assert pages[0][0] == 422
    assert pages[0] == pages[1] == pages[2]
    assert "980000001" not in pages[0][2]


async def test_five_failures_lock_for_fifteen_minutes_even_for_the_right_data(guide: Guide) -> None:
    talk = await guide.start()
    url = await link(talk)
    statuses = [(await post(guide, url, UNKNOWN)).status for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    locked = await post(guide, url, AMARA)
    assert locked.status == 429
    assert locked.headers["Retry-After"] == "900"
    assert "Saturday, November 21, 2026, 12:15 p.m. (Toronto time)" in await locked.text()
    french = await post(guide, url, AMARA, "fr")
    assert "samedi 21 novembre 2026, 12 h 15 (heure de Toronto)" in await french.text()
    guide.watch.forward(minutes=15, seconds=1)
    assert (await post(guide, url, AMARA)).status == 410
    assert (await post(guide, await link(talk), AMARA)).status == 200


@pytest.mark.parametrize("path", ["/verify/nothing", "/verify/" + "A" * 22, "/verify/%00", "/verify/%F0%9F%98%80"])
async def test_an_unknown_link_looks_like_a_dead_one(guide: Guide, path: str) -> None:
    url = await link(await guide.start())
    guide.watch.forward(minutes=10)
    expired = await guide.client.get(url)
    unknown = await guide.client.get(path)
    assert expired.status == unknown.status == 410
    assert await expired.text() == await unknown.text()
    assert (await post(guide, path, AMARA)).status == 410


@pytest.mark.parametrize(
    ("fields", "invalid"),
    [
        ({"number": "", "birth_date": "1984-03-09"}, ["number"]),
        ({"number": "980000001", "birth_date": "9 March 1984"}, ["birth_date"]),
        ({"number": "980000001", "birth_date": "1984-02-30"}, ["birth_date"]),
        ({}, ["number", "birth_date"]),
        ({"number": "9" * 200, "birth_date": "1984-03-09"}, ["number", "birth_date"]),
    ],
)
async def test_a_form_that_cannot_be_right_is_named_and_not_counted(
    guide: Guide, fields: dict[str, str], invalid: list[str]
) -> None:
    url = await link(await guide.start())
    for _ in range(6):
        response = await post(guide, url, fields)
        assert response.status == 422
    found = re.findall(r'name="(\w+)"[^>]*aria-invalid="true"', await response.text())
    assert found == invalid
    assert (await post(guide, url, AMARA)).status == 200


async def test_markup_typed_into_the_form_comes_to_nothing(guide: Guide) -> None:
    url = await link(await guide.start())
    response = await post(guide, url, {"number": '"><script>alert(1)</script>', "birth_date": "1984-03-09"})
    assert "alert(1)" not in await response.text()


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"number=%FF", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=b" for _ in range(99)), "application/x-www-form-urlencoded", 400),
        (b"number=" + b"9" * 5000, "application/x-www-form-urlencoded", 413),
        (b'{"number": "980000001"}', "application/json", 415),
    ],
)
async def test_a_body_that_is_no_form_is_refused(guide: Guide, body: bytes, media_type: str, status: int) -> None:
    url = await link(await guide.start())
    response = await guide.client.post(url, data=body, headers={"Content-Type": media_type})
    assert response.status == status
