"""The report of an evaluation in a browser."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.improving.measuring import Read
from bot.improving.report import report
from tests.browser.conftest import OpenPage
from tests.improving.made_up import ABOUT, ORDER, READS, read

# A row each in which 1 to 19 of 20 are read rightly, so that every shade occurs on and off the diagonal.
SHADES = [
    read(f"sentence {n}", "en", f"intent_{right}", f"intent_{right}" if n < right else "other", 0.5)
    for right in (1, 4, 8, 12, 16, 19)
    for n in range(20)
]
MANY = [read(f"sentence {n}", "en", f"intent_{n}", f"intent_{n}", 0.9) for n in range(60)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A report on disk."""
    return write(tmp_path, READS)


def write(folder: Path, reads: Sequence[Read]) -> Path:
    file = folder / "index.html"
    file.write_text(report(reads, ABOUT, ORDER), encoding="utf-8")
    return file


async def counts(page: Page) -> list[list[str]]:
    """What the matrix that is to be seen says, row by row."""
    rows = page.locator(".matrix:visible tbody tr")
    return [await row.locator("td").all_inner_texts() for row in await rows.all()]


async def test_the_matrix_tells_what_was_read_as_what(open_page: OpenPage, file: Path) -> None:
    page = await open_page(file.as_uri())
    labels = ["greet", "ask_fees", "ask_card", "ask_why"]
    assert (await page.locator(".matrix:visible thead th").all_inner_texts())[1:] == labels
    assert await page.locator(".matrix:visible tbody th").all_inner_texts() == labels
    assert await counts(page) == [["3", "", "", ""], ["", "1", "2", "1"], ["", "", "1", ""], ["", "", "", ""]]
    cell = page.locator('.matrix:visible td[title="ask_fees read as ask_card: 2 of 4"]')
    await expect(cell).to_have_text("2")
    shades = [
        await page.locator(f".matrix:visible td{name}").first.evaluate("cell => getComputedStyle(cell).backgroundColor")
        for name in (".hit5", ".miss4", ":not([class])")
    ]
    assert len(set(shades)) == 3


async def test_each_language_by_keyboard_and_from_a_count_to_its_sentences(open_page: OpenPage, file: Path) -> None:
    page = await open_page(file.as_uri())
    await page.get_by_role("radio", name="All").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("region", name="Confusion matrix: English")).to_be_visible()
    assert await counts(page) == [["2", "", ""], ["", "1", "1"], ["", "", ""]]
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    target = page.locator("section:target")
    await expect(target).to_contain_text("what do I owe you 55.0%")
    await expect(target).to_be_in_viewport()


async def test_the_names_stay_in_sight_of_a_large_matrix(open_page: OpenPage, tmp_path: Path) -> None:
    page = await open_page(write(tmp_path, MANY).as_uri(), viewport={"width": 900, "height": 700})
    frame = page.locator(".frame:visible")
    await frame.scroll_into_view_if_needed()
    await frame.evaluate("frame => frame.scrollTo(frame.scrollWidth, frame.scrollHeight)")
    await expect(page.locator(".matrix:visible thead th").last).to_be_in_viewport(ratio=0.9)
    await expect(page.locator(".matrix:visible tbody th").last).to_be_in_viewport(ratio=0.9)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_is_accessible(open_page: OpenPage, tmp_path: Path, scheme: str) -> None:
    page = await open_page(write(tmp_path, [*READS, *SHADES]).as_uri(), color_scheme=scheme)
    for shade in range(1, 6):
        await expect(page.locator(f".matrix:visible .hit{shade}").first).to_be_visible()
        await expect(page.locator(f".matrix:visible .miss{shade}").first).to_be_visible()
    results = await Axe().run(page)
    assert results.response["violations"] == [], results.generate_report()


async def test_it_is_all_there_without_a_network(open_page: OpenPage, file: Path) -> None:
    page = await open_page("about:blank", offline=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    await expect(page.get_by_role("heading", name="How well the guide reads")).to_be_visible()
    await expect(page.locator("svg circle").first).to_be_visible()
