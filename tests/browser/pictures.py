"""Pictures of pages. `make screenshots` writes them to docs/screenshots; otherwise they are only looked at."""

from pathlib import Path

from playwright.async_api import Page

LARGEST = 200_000


async def take_picture(page: Page, file: Path) -> None:
    """A picture with something on it: a white page of this size would be a few kilobytes."""
    picture = await page.screenshot(path=file, animations="disabled", caret="hide")
    assert 20_000 < len(picture) < LARGEST
