"""The widget as files: small, whole in both languages, and with nothing from elsewhere."""

import gzip
import json
import re

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.fake_guide import STATIC, FakeGuide
from tests.browser.test_widget_conversation import messages

SCRIPTS = sorted(STATIC.glob("*.js"))
WIDGET = [*SCRIPTS, STATIC / "nexus-guide-chat.css", STATIC / "texts.json"]
TEXTS = json.loads((STATIC / "texts.json").read_text(encoding="utf-8"))


def test_the_widget_is_under_20_kilobytes() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in WIDGET}
    assert sum(sizes.values()) < 20_000, sizes


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_whole_in_both_languages(key: str) -> None:
    text = TEXTS[key]
    assert set(text) == {"en", "fr"}
    assert all(words.strip() for words in text.values())
    places = [set(re.findall(r"\{(\w+)\}", words)) for words in text.values()]
    assert places[0] == places[1]


def test_every_text_is_used_and_every_used_text_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    named = set(re.findall(r"say\(\w+(?:\.#\w+)?(?:\.#language)?, '(\w+)'", code))
    assert named <= set(TEXTS)
    assert [key for key in TEXTS if not re.search(rf"\b{key.removesuffix('_title')}\b", code)] == []


def test_nothing_is_written_as_markup() -> None:
    for path in SCRIPTS:
        code = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", code), (
            path
        )


def test_both_pages_say_the_same_things() -> None:
    english, french = ((STATIC / name).read_text(encoding="utf-8") for name in ("index.html", "index.fr.html"))
    tags = re.compile(r"<(/?\w+)")
    assert tags.findall(english) == tags.findall(french)
    for page in (english, french):
        assert page.count("<script") == 1
        assert not re.search(r"<style|\sstyle=|\son\w+=|https?://", page)


async def test_nothing_is_asked_of_others(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(guide.url)
    await messages(page).first.wait_for()
    assert asked
    assert all(url.startswith(guide.url) for url in asked)
