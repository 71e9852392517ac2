"""The whole road in a real browser with the real guide: asked, proved, ruled, cut off, reloaded."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_widget_conversation import ask, messages
from tests.browser.travelling import (
    SAMPLE_01,
    SAMPLE_02,
    WORDS,
    faults,
    fill_in,
    open_form,
    prove,
    stored,
)
from tests.servers import GuideServer

LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def watch(page: Page) -> tuple[list[str], list[str]]:
    """Collects the addresses that are asked for, and the errors on the console, from now on, in every tab."""
    asked: list[str] = []
    errors: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.context.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    return asked, errors


@LANGUAGES
async def test_from_a_question_to_a_cited_ruling(guide_server: GuideServer, open_page: OpenPage, language: str) -> None:
    words = WORDS[language]
    page = await open_page("about:blank", locale=f"{language}-CA")
    asked, errors = watch(page)
    await page.goto(f"{guide_server.url}/?lang={language}")

    # By what the traveller says: the flight is understood, the file is not known.
    await ask(page, words.first)
    card = page.locator(".card").last
    await expect(card.locator(".verdict").first).to_have_text(words.cannot_tell)
    await expect(card.locator(".journey")).to_contain_text("YVR")
    await expect(card.locator(".journey")).to_contain_text("27")
    await expect(card.locator(".journey")).to_contain_text({"en": "2:00 p.m.", "fr": "14 h"}[language])

    # By file: the answer comes by itself once the form in the other tab is filled in.
    await prove(page, words, SAMPLE_01)
    await ask(page, words.flight)
    await expect(messages(page, "traveller")).to_have_count(3)
    card = messages(page, "bot").last.locator(".card")
    await expect(card.locator(".head .verdict")).to_have_text(words.yes)
    await expect(card).to_have_attribute("lang", language)
    await expect(card.locator(".sources li").first).to_contain_text(words.released_on)
    ruling = (await stored(page))[-1]["meta"]["ruling"]  # type: ignore[index]
    assert ruling["cbp_on_next_flight"]["code"] == "shared_and_precleared"
    assert "2023-01-25" in {source["date"] for source in ruling["sources"]}

    assert errors == []
    assert all(url.startswith((guide_server.url, guide_server.url.replace("http", "ws", 1))) for url in asked), asked


@LANGUAGES
async def test_whose_part_is_not_shared_waits(guide_server: GuideServer, open_page: OpenPage, language: str) -> None:
    words = WORDS[language]
    page = await open_page(f"{guide_server.url}/?lang={language}")
    await prove(page, words, SAMPLE_02)
    await ask(page, words.flight)
    card = messages(page, "bot").last.locator(".card")
    await expect(card.locator(".head .verdict")).to_have_text(words.not_yet)
    await expect(card.locator(".reasons > li").first).to_have_class("fails")


@LANGUAGES
async def test_a_lost_network_and_a_reload_lose_and_double_nothing(
    guide_server: GuideServer, open_page: OpenPage, language: str
) -> None:
    words = WORDS[language]
    page = await open_page(f"{guide_server.url}/?lang={language}")
    await ask(page, words.first)
    await expect(page.locator(".card")).to_have_count(1)
    before = await messages(page).count()

    await page.context.set_offline(True)
    await ask(page, words.fees)
    await expect(page.get_by_role("status")).to_have_text(words.kept)
    await page.context.set_offline(False)
    # The answer, and then the question that was open.
    await expect(messages(page)).to_have_count(before + 3)
    await expect(messages(page, "bot").nth(-2)).to_contain_text(words.fee)
    await expect(page.locator(".pending")).to_have_count(0)
    kept = await stored(page)
    assert [message["text"] for message in kept].count(words.fees) == 1
    assert [message["seq"] for message in kept] == list(range(1, len(kept) + 1))
    await expect(messages(page)).to_have_count(len(kept))
    assert len(kept) == before + 3

    shown = await messages(page).all_inner_texts()
    await page.reload()
    await expect(messages(page)).to_have_count(len(kept))
    assert await messages(page).all_inner_texts() == shown
    assert len(await stored(page)) == len(kept)


async def test_a_restart_of_the_guide_goes_unnoticed(guide_server: GuideServer, open_page: OpenPage) -> None:
    words = WORDS["en"]
    page = await open_page(f"{guide_server.url}/?lang=en")
    await prove(page, words, SAMPLE_01)
    guide_server.kill()
    await ask(page, words.flight)
    await expect(page.get_by_role("status")).to_have_text(words.kept)
    guide_server.restart()
    await expect(messages(page, "bot").last.locator(".head .verdict")).to_have_text(words.yes, timeout=40_000)
    kept = await stored(page)
    assert [message["text"] for message in kept].count(words.flight) == 1
    await expect(messages(page)).to_have_count(len(kept))


@LANGUAGES
@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 1100), ("light", 360)])
async def test_axe_finds_nothing_in_the_conversation(
    guide_server: GuideServer, open_page: OpenPage, language: str, scheme: Any, width: int
) -> None:
    page = await open_page(
        f"{guide_server.url}/?lang={language}",
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport={"width": width, "height": 800},
    )
    await ask(page, WORDS[language].first)
    await expect(page.locator(".card")).to_be_visible()
    await expect(page.locator(".choices")).to_be_visible()
    for summary in await page.locator(".card summary").all():
        await summary.click()
    assert await faults(page) == []
    assert await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert await page.locator(".log").evaluate("node => node.scrollWidth <= node.clientWidth")


@LANGUAGES
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_any_state_of_the_form(
    guide_server: GuideServer, open_page: OpenPage, language: str, scheme: Any
) -> None:
    words = WORDS[language]
    page = await open_page(
        f"{guide_server.url}/?lang={language}", color_scheme=scheme, viewport={"width": 390, "height": 844}
    )
    form = await open_form(page, words)
    assert await faults(form) == []
    link = form.url
    # Numbers of nobody, and others in each run of this test: the lock counts by number too.
    number = {"en": 970000000, "fr": 970000100}[language] + {"light": 0, "dark": 10}[scheme]
    for failure in range(4):
        await fill_in(form, str(number + failure), "1990-01-01")
        await expect(form.get_by_role("alert")).to_contain_text(words.wrong)
    assert await faults(form) == []
    await fill_in(form, str(number), "1990-01-01")
    await expect(form.get_by_role("heading")).to_have_text(words.locked)
    assert await faults(form) == []
    await form.goto(f"{guide_server.url}/verify/{'0' * 22}?lang={language}")
    await expect(form.get_by_role("heading")).to_have_text(words.dead)
    assert await faults(form) == []
    assert link.startswith(guide_server.url)


async def test_axe_finds_nothing_when_all_went_well(guide_server: GuideServer, open_page: OpenPage) -> None:
    page = await open_page(f"{guide_server.url}/?lang=fr")
    form = await open_form(page, WORDS["fr"])
    await fill_in(form, *SAMPLE_01)
    assert await faults(form) == []
    # The link was good for once.
    await form.reload()
    await form.goto(form.url)
    await expect(form.get_by_role("heading")).to_have_text(WORDS["fr"].dead)
