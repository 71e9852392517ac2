"""The pictures of the README that need no staff; `test_desk_journey.py` takes the others."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.pictures import take_picture
from tests.browser.test_widget_conversation import ask, messages
from tests.browser.travelling import SAMPLE_01, SAMPLE_02, WORDS, Words, prove
from tests.servers import GuideServer

PEOPLE = {"en": SAMPLE_01, "fr": SAMPLE_02}


async def show_ruling(page: Page, words: Words, person: tuple[str, str]) -> None:
    """A conversation that ends with the ruling on the next flight."""
    await prove(page, words, person)
    await ask(page, words.flight)
    await expect(messages(page, "bot").last.locator(".head .verdict")).to_be_in_viewport()
    await page.get_by_role("textbox").blur()


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_page_with_a_ruling(
    guide_server: GuideServer, open_page: OpenPage, pictures: Path, language: str
) -> None:
    page = await open_page(
        f"{guide_server.url}/?lang={language}",
        viewport={"width": 1100, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
    )
    await show_ruling(page, WORDS[language], PEOPLE[language])
    await take_picture(page, pictures / f"ruling-{language}.png")


async def test_a_telephone(guide_server: GuideServer, open_page: OpenPage, pictures: Path) -> None:
    page = await open_page("about:blank", viewport={"width": 390, "height": 844}, reduced_motion="reduce")

    # The page of a host, where the guide waits behind its button.
    async def host(route: Route) -> None:
        html = (
            '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">'
            '<script type="module" src="/static/nexus-guide-chat.js"></script><nexus-guide-chat></nexus-guide-chat>'
        )
        await route.fulfill(body=html, content_type="text/html")

    await page.route(re.compile("/host$"), host)
    await page.goto(f"{guide_server.url}/host")
    await page.get_by_role("button").click()
    await show_ruling(page, WORDS["en"], SAMPLE_01)
    await take_picture(page, pictures / "phone.png")

    # Closed and opened again, and loaded anew, it holds everything once.
    count = await messages(page).count()
    await page.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.get_by_role("button").click()
    await expect(messages(page)).to_have_count(count)
    await page.reload()
    await expect(messages(page)).to_have_count(count)
