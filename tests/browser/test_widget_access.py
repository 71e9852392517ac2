"""For everyone: keyboard, screen reader, small screens, both languages, light and dark."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser import rulings
from tests.browser.conftest import OpenPage
from tests.browser.fake_guide import FakeGuide
from tests.browser.test_widget_conversation import ask, messages

FOCUSED = "() => document.activeElement.shadowRoot?.activeElement?.className ?? document.activeElement.tagName"


async def faults(page: Page) -> list[str]:
    """What axe finds, best practices included."""
    results = await Axe().run(page)
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in results.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_axe_finds_nothing(guide: FakeGuide, open_page: OpenPage, language: str, scheme: Any) -> None:
    verdicts = iter(["yes", "not_yet", "no", "cannot_tell"])
    guide.script = lambda text: [rulings.answer(language, next(verdicts))]
    page = await open_page(f"{guide.url}/?lang={language}", color_scheme=scheme, reduced_motion="reduce")
    assert await faults(page) == []
    for number in range(4):
        await ask(page, "?")
        await expect(page.locator(".card")).to_have_count(number + 1)
    await guide.newest.enter("human")
    await guide.newest.add("staff", {"text": "Good morning."})
    await expect(messages(page, "staff")).to_be_visible()
    await page.context.set_offline(True)
    await ask(page, "still there?")
    await expect(page.locator(".fate")).to_be_visible()
    await page.get_by_role("textbox").fill("x" * 2001)
    assert await faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_behind_the_button(guide: FakeGuide, open_page: OpenPage, scheme: Any) -> None:
    page = await open_page(f"{guide.url}/host", color_scheme=scheme, reduced_motion="reduce")
    await page.get_by_role("button", name="NEXUS interview questions").wait_for()
    assert await faults(page) == []
    await page.get_by_role("button", name="NEXUS interview questions").click()
    await expect(messages(page)).to_have_count(1)
    assert await faults(page) == []


async def test_the_panel_takes_the_focus_and_gives_it_back(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(f"{guide.url}/host")
    launcher = page.get_by_role("button", name="NEXUS interview questions")
    await launcher.wait_for()
    assert guide.conversations == {}
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(launcher).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="NEXUS interview guide")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Your message")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(launcher).to_be_focused()
    await launcher.click()
    await page.get_by_role("button", name="Close").click()
    await expect(launcher).to_be_focused()
    assert len(guide.conversations) == 1


async def test_an_open_panel_is_open_again_after_a_reload_and_leaves_the_focus(
    guide: FakeGuide, open_page: OpenPage
) -> None:
    page = await open_page(f"{guide.url}/host")
    await page.get_by_role("button", name="NEXUS interview questions").click()
    await ask(page, "hello")
    await expect(messages(page)).to_have_count(3)
    await page.reload()
    await expect(messages(page)).to_have_count(3)
    assert await page.evaluate(FOCUSED) == "BODY"


async def test_a_message_behind_the_button_is_announced(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(f"{guide.url}/host")
    await page.get_by_role("button", name="NEXUS interview questions").click()
    await ask(page, "hello")
    await expect(messages(page)).to_have_count(3)
    await page.keyboard.press("Escape")
    await guide.newest.add("staff", {"text": "I looked at your file."})
    await page.get_by_role("button", name="NEXUS interview questions: new message").click()
    await expect(messages(page, "staff")).to_be_in_viewport()


async def test_everything_works_by_keyboard_alone(guide: FakeGuide, open_page: OpenPage) -> None:
    guide.greeting = [{"text": "Hello.", "buttons": [{"title": "My flight", "payload": "flight"}]}]
    guide.script = lambda text: [rulings.answer("en")]
    page = await open_page(f"{guide.url}/")
    await expect(page.get_by_role("button", name="My flight")).to_be_visible()
    reached = []
    for _ in range(7):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("() => document.activeElement.shadowRoot?.activeElement?.innerText"))
        if reached[-1] == "My flight":
            break
    assert "Français" in reached
    await page.keyboard.press("Enter")
    await expect(page.locator(".card")).to_be_visible()
    await expect(page.get_by_role("textbox")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    assert guide.posts == ["flight", "choice:Why?"]


async def test_the_interface_changes_language_at_once(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await expect(messages(page)).to_have_count(1)
    await page.get_by_role("button", name="Français").click()
    await expect(page.get_by_role("heading", name="Guide d’entrevue NEXUS")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Votre message")).to_be_visible()
    # Nothing was said yet: the guide simply greets again.
    await expect(messages(page)).to_have_attribute("lang", "fr")
    assert guide.posts == []
    await ask(page, "bonjour")
    await expect(messages(page)).to_have_count(3)
    await page.get_by_role("button", name="English").click()
    await expect(messages(page, "traveller").last).to_contain_text("Continue in English")
    await expect(messages(page)).to_have_count(5)
    assert guide.posts == ["bonjour", "Continue in English"]
    # The choice outlives a reload; a page in another language outranks it.
    await page.get_by_role("button", name="Français").click()
    await expect(messages(page)).to_have_count(7)
    await page.reload()
    await expect(page.get_by_role("heading", name="Guide d’entrevue NEXUS")).to_be_visible()
    await page.goto(f"{guide.url}/?lang=fr")
    await page.goto(guide.url)
    await expect(page.get_by_role("heading", name="Guide d’entrevue NEXUS")).to_be_visible()


async def test_the_language_is_that_of_the_page(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(f"{guide.url}/host?lang=fr-CA")
    await page.get_by_role("button", name="Questions sur l’entrevue NEXUS").click()
    await expect(messages(page).first).to_have_attribute("lang", "fr")
    page = await open_page(f"{guide.url}/host?lang=de", locale="fr-CA")
    await page.get_by_role("button", name="Questions sur l’entrevue NEXUS").wait_for()


async def test_every_message_says_its_language(guide: FakeGuide, open_page: OpenPage) -> None:
    guide.script = lambda text: [{"text": "Bien sûr.", "language": "fr"}]
    page = await open_page(guide.url)
    await ask(page, "hello")
    await expect(messages(page)).to_have_count(3)
    languages = await messages(page).evaluate_all("nodes => nodes.map(node => node.lang)")
    assert languages == ["en", "en", "fr"]
    log = page.get_by_role("log", name="Conversation")
    await expect(log).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 640), (390, 844), (1280, 800)])
@pytest.mark.parametrize("path", ["/?lang=fr", "/host?lang=fr"])
async def test_it_fits_and_targets_are_large_enough(
    guide: FakeGuide, open_page: OpenPage, path: str, width: int, height: int
) -> None:
    guide.script = lambda text: [rulings.answer("fr")]
    page = await open_page(guide.url + path, viewport={"width": width, "height": height})
    if path.startswith("/host"):
        await page.get_by_role("button").click()
    await ask(page, "?")
    await expect(page.locator(".card")).to_be_visible()
    assert await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert await page.locator(".panel").evaluate("node => node.scrollWidth <= node.clientWidth")
    targets = page.locator("nexus-guide-chat").locator("button, summary")
    for target in await targets.all():
        if box := await target.bounding_box():
            assert box["width"] >= 24 and box["height"] >= 24, await target.inner_text()
    await expect(page.get_by_role("textbox")).to_be_in_viewport()
