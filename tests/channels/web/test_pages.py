"""The page, its files, health, and pages of other origins."""

import pytest

from bot.db.engine import open_database
from bot.http.languages import accepted
from bot.http.readiness import Readiness
from tests.channels.web.conftest import PORTAL, Guide
from tests.channels.web.test_messages import problem
from tests.record.scripted import ScriptedDialogue


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [("", "", "en"), ("", "fr-CA,fr;q=0.9,en;q=0.5", "fr"), ("?lang=fr", "en", "fr"), ("?lang=x", "en", "en")],
)
async def test_the_page_comes_in_the_visitors_language(guide: Guide, query: str, header: str, language: str) -> None:
    response = await guide.client.get(f"/{query}", headers={"Accept-Language": header})
    page = await response.text()
    assert response.status == 200
    assert response.content_type == "text/html"
    assert f'<html lang="{language}">' in page
    assert "<nexus-guide-chat" in page
    assert 'src="/static/nexus-guide-chat.js"' in page


async def test_a_static_file_is_kept_and_asked_about(guide: Guide) -> None:
    first = await guide.client.get("/static/nexus-guide-chat.js")
    assert first.status == 200
    assert first.content_type in ("text/javascript", "application/javascript")
    assert first.headers["Cache-Control"] == "no-cache"
    again = await guide.client.get("/static/nexus-guide-chat.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304


@pytest.mark.parametrize(
    "path",
    [
        "/static/nothing.js",
        "/static/..%2f__init__.py",
        "/static/%2e%2e%2froutes.py",
        "/static/a%00b",
        "/static/",
        f"/static/{'a' * 300}",
    ],
)
async def test_only_files_of_the_static_folder_are_served(guide: Guide, path: str) -> None:
    await problem(await guide.client.get(path), 404)


@pytest.mark.parametrize(
    ("header", "language"),
    [("fr", "fr"), ("en;q=0.1, fr;q=0.9", "fr"), ("de, es", "en"), ("fr;q=0", "en"), ("fr;q=x", "en"), ("FR-ca", "fr"),
     ("en, fr", "en"), ("fr, en", "fr"), ("*", "en")],
)  # fmt: skip
def test_accept_language(header: str, language: str) -> None:
    assert accepted(header) == language


async def test_alive_and_ready(guide: Guide) -> None:
    assert (await guide.client.get("/healthz")).status == 200
    response = await guide.client.get("/readyz")
    assert (response.status, await response.json()) == (200, {"ready": True, "missing": []})
    assert (await guide.client.head("/healthz")).status == 200


async def test_readiness_names_what_is_missing(empty_database_url: str) -> None:
    database = await open_database(empty_database_url)
    assert (await Readiness(database, None).look()).missing == ["model", "migrations"]
    assert (await Readiness(database, ScriptedDialogue()).look()).missing == ["migrations"]
    await database.close()


async def test_a_portals_page_may_use_the_api(guide: Guide) -> None:
    ask = {"Origin": PORTAL, "Access-Control-Request-Method": "POST"}
    response = await guide.client.options("/api/v1/conversations", headers=ask)
    assert response.status == 204
    assert response.headers["Access-Control-Allow-Origin"] == PORTAL
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    response = await guide.client.post("/api/v1/conversations", json={}, headers={"Origin": PORTAL})
    assert response.headers["Access-Control-Allow-Origin"] == PORTAL
    assert response.headers["Vary"] == "Origin"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", PORTAL + ".evil.example"])
async def test_a_foreign_page_may_not(guide: Guide, origin: str) -> None:
    ask = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    response = await guide.client.options("/api/v1/conversations", headers=ask)
    await problem(response, 403)
    assert "Access-Control-Allow-Origin" not in response.headers
    response = await guide.client.get("/readyz", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in response.headers
