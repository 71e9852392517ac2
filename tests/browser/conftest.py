"""A real browser, and a scripted guide to talk to. Tests against the real server use `chromium` and `open_page` alike.

Playwright's objects live on one event loop, so everything in this folder runs on that of the session.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bot.settings import ROOT
from tests.browser.fake_desk import FakeDesk
from tests.browser.fake_guide import FakeGuide

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
CHROMIUM = Path("/usr/bin/chromium")

OpenPage = Callable[..., Awaitable[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and "asyncio" in item.keywords:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium, without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(chromium: Browser) -> AsyncIterator[OpenPage]:
    """Opens a page in a fresh profile; keywords as for a context. Fails where a script failed or was barred."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    async def open_one(url: str, **options: Any) -> Page:
        context = await chromium.new_context(**{"locale": "en-CA", "timezone_id": "America/Toronto", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        await page.goto(url)
        return page

    yield open_one
    for context in contexts:
        await context.close()
    assert faults == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures of pages go: into the documentation when it is to be renewed."""
    return ROOT / "docs" / "screenshots" if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path


@pytest_asyncio.fixture(loop_scope="session")
async def guide() -> AsyncIterator[FakeGuide]:
    """A scripted guide on a port of its own."""
    fake = FakeGuide()
    runner = web.AppRunner(fake.app(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield fake
    fake.pause.set()
    await fake.hang_up()
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def fake_desk() -> AsyncIterator[FakeDesk]:
    """A scripted desk on a port of its own."""
    fake = FakeDesk()
    runner = web.AppRunner(fake.app(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield fake
    fake.held.set()
    await fake.hang_up()
    await runner.cleanup()
