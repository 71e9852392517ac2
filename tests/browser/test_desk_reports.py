"""The page of reports in a browser, on figures made up."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.desk import pages
from bot.http.protection import CONTENT_SECURITY
from tests.browser.conftest import OpenPage

STATIC = Path(__file__).resolve().parents[2] / "bot" / "desk" / "static"
SESSION = {
    "signed_in": True,
    "second_factor_due": False,
    "password_due": False,
    "csrf": "token",
    "oidc": None,
    "staffed": {"open": True, "next_opening": None},
    "now": "2026-11-21T17:00:00Z",
}
STAFF = {"id": "staff:1", "name": "Zoé Roy", "email": "zoe@example.org", "role": "supervisor", "totp": True}
COUNTS = {"asked": 48, "cannot_tell": 31, "unsure": 12, "complaint": 3, "identity_locked": 2, "staff": 5}
SPANS = {300: 22, 900: 31, 3600: 18, 14400: 9, 86400: 6, None: 1}


@dataclass
class Figures:
    """What the scripted desk answers, and what it was asked."""

    url: str = ""
    language: str = "en"
    is_empty: bool = False
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)

    def report(self, query: dict[str, str]) -> dict[str, Any]:
        """Figures that depend on nothing but the days asked for."""
        last = date.fromisoformat(query.get("to") or "2026-11-21")
        first = date.fromisoformat(query["from"]) if query.get("from") else last - timedelta(days=29)
        days = [self._day(first + timedelta(days=number), number) for number in range((last - first).days + 1)]
        totals = {name: sum(day[name] for day in days) for name in ("conversations", "without_person", "handed_over")}
        total = totals["conversations"]
        some = 0 if self.is_empty else 1
        return {
            "about": {
                "from": first.isoformat(),
                "to": last.isoformat(),
                "time_zone": "America/Toronto",
                "channel": query.get("channel") or None,
                "language": query.get("language") or None,
            },
            "channels": ["telegram", "web"],
            "conversations": {
                "total": total,
                "without_person": totals["without_person"],
                "handed_over": totals["handed_over"],
                "share_without_person": totals["without_person"] / total if total else None,
            },
            "days": days,
            "handoffs": [{"reason": reason, "handoffs": some * count} for reason, count in COUNTS.items()],
            "waiting": {
                "replied": some * 87,
                "median_seconds": 754.5 if some else None,
                "p90_seconds": 16_320 if some else None,
                "still_waiting": some * 4,
                "ended_without_reply": some * 5,
                "spans": [{"below_seconds": below, "handoffs": some * count} for below, count in SPANS.items()],
            },
            "unanswered": [
                {"code": "policy_silent_mode", "missing": "policy", "answers": 44, "conversations": 37},
                {"code": "no_application_facts", "missing": "facts", "answers": 25, "conversations": 21},
                {"code": "policy_silent_land_start", "missing": "policy", "answers": 6, "conversations": 6},
            ][: 3 * some],
            "unsure": [
                {"intent": "ask_fees", "messages": 14, "conversations": 12},
                {"intent": '<img src="x" onerror="alert(1)">', "messages": 3, "conversations": 1},
                {"intent": None, "messages": 2, "conversations": 2},
            ][: 3 * some],
            "satisfaction": {
                "rated": some * 120,
                "yes": some * 90,
                "partly": some * 18,
                "no": some * 12,
                "share_yes": 0.75 if some else None,
                "share_partly": 0.15 if some else None,
                "share_no": 0.1 if some else None,
            },
            "meanings": {"ask_fees": {"en": "What does it cost?", "fr": "Combien est-ce que cela coûte?"}},
        }

    def _day(self, day: date, number: int) -> dict[str, Any]:
        without, handed = (0, 0) if self.is_empty else (9 + 7 * number % 11, number * 5 % 7)
        return {
            "day": day.isoformat(),
            "conversations": without + handed,
            "without_person": without,
            "handed_over": handed,
        }


@pytest_asyncio.fixture(loop_scope="session")
async def figures() -> AsyncIterator[Figures]:
    """A desk that serves the page as the real one does, with its policy, and answers from `Figures`."""
    made = Figures()

    async def session(_: web.Request) -> web.Response:
        return web.json_response({**SESSION, "staff": {**STAFF, "language": made.language}})

    async def reports(request: web.Request) -> web.Response:
        made.asked.append(dict(request.query))
        if made.status != 200:
            problem = {"type": "urn:nexus-guide:problem:wrong-field", "detail": "to: expected at most 366 days"}
            return web.json_response(problem, status=made.status)
        return web.json_response(made.report(dict(request.query)))

    async def table(_: web.Request) -> web.Response:
        return web.Response(text="a,b\r\n", content_type="text/csv")

    async def guard(_: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY

    app = web.Application()
    app.on_response_prepare.append(guard)
    app.add_routes(
        [
            web.get("/desk/reports", pages.reports),
            web.get("/desk/api/session", session),
            web.get("/desk/api/reports", reports),
            web.get("/desk/api/reports.csv", table),
            web.static("/desk/static", STATIC),
        ]
    )
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/desk/reports"
    yield made
    await runner.cleanup()


async def _shown(page: Page) -> None:
    await expect(page.locator(".results")).not_to_have_attribute("aria-busy", "true")
    await expect(page.locator(".results > *").first).to_be_visible()


async def test_a_supervisor_reads_the_numbers(open_page: OpenPage, figures: Figures, tmp_path: Path) -> None:
    page = await open_page(figures.url, viewport={"width": 1280, "height": 1000})
    await _shown(page)
    tiles = page.locator(".tile")
    assert await tiles.locator("strong").all_inner_texts() == ["511", "83%", "13 min", "4 h 32 min", "4", "75%"]
    await expect(page.get_by_role("status")).to_contain_text("October 23, 2026 to November 21, 2026 (Toronto time)")
    # Every chart has a name, axes in words, and a table that says the same.
    panels = page.locator(".panels .panel")
    assert await panels.count() == 6
    for panel in await panels.all():
        title = await panel.locator("h2").inner_text()
        assert await panel.get_by_role("img").get_attribute("aria-label") == title
        assert await panel.locator("svg .axis").count() >= 1
        await panel.get_by_text("As a table").click()
        assert await panel.get_by_role("table").get_by_role("row").count() > 2
    handoffs = page.locator(".panel", has=page.get_by_role("heading", name="Why conversations went to staff"))
    assert await handoffs.locator("svg .value").all_text_contents() == ["48", "31", "12", "5", "3", "2"]
    assert (await handoffs.locator("tbody tr").first.inner_text()).split("\t") == ["Asked for a person", "48"]
    link = page.get_by_role("link", name="Download “Why conversations went to staff” as CSV")
    address = await link.get_attribute("href")
    assert address == "/desk/api/reports.csv?table=handoffs&from=2026-10-23&to=2026-11-21&lang=en"
    assert await page.locator(".reports img").count() == 0, "what a model calls an intent is text, never markup"
    await page.screenshot(path=tmp_path / "reports.png", full_page=True)


async def test_a_period_is_chosen_and_kept_in_the_address(open_page: OpenPage, figures: Figures) -> None:
    page = await open_page(figures.url)
    await _shown(page)
    await page.get_by_role("button", name="A year").click()
    await expect(page.get_by_role("heading", name="Conversations a week")).to_be_visible()
    await expect(page.get_by_role("button", name="A year")).to_have_attribute("aria-pressed", "true")
    await page.get_by_label("Channel").select_option("telegram")
    await page.get_by_label("From").fill("2026-11-15")
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_role("heading", name="Conversations a day")).to_be_visible()
    expected = {"from": "2026-11-15", "to": "2026-11-21", "channel": "telegram"}
    assert figures.asked[-1] == expected
    await page.reload()
    await _shown(page)
    assert figures.asked[-1] == expected
    figures.status = 422
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_role("alert")).to_contain_text("366")


async def test_nothing_to_report_is_said(open_page: OpenPage, figures: Figures) -> None:
    figures.is_empty = True
    page = await open_page(figures.url)
    await expect(page.get_by_role("heading", name="No conversations in this period")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
async def test_it_is_readable_in_french_on_a_telephone_and_in_the_dark(
    open_page: OpenPage, figures: Figures, scheme: str, width: int, tmp_path: Path
) -> None:
    figures.language = "fr"
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": "fr-CA"}
    page = await open_page(figures.url, **options)
    await _shown(page)
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert "4 h 32 min" in await page.locator(".tile strong").all_inner_texts()
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    await page.screenshot(path=tmp_path / "reports-fr.png", full_page=True)
