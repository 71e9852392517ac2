"""A ruling in the chat: verdict, reasons, next steps and dated sources, in the language of the ruling."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser import rulings
from tests.browser.conftest import OpenPage
from tests.browser.fake_guide import FakeGuide
from tests.browser.test_widget_conversation import ask, messages

WORDS = {
    "en": {
        "title": "U.S. (CBP) interview on your next flight",
        "yes": "Yes",
        "not_yet": "Not yet",
        "no": "No",
        "cannot_tell": "Cannot tell",
        "date": "January 25, 2023",
        "undated": "undated copy",
        "as_of": "As of November 21, 2026",
        "folded": "Also checked (1)",
        "notices": "Good to know (1)",
    },
    "fr": {
        "title": "Entrevue américaine (CBP) à votre prochain vol",
        "yes": "Oui",
        "not_yet": "Pas encore",
        "no": "Non",
        "cannot_tell": "Impossible à dire",
        "date": "25 janvier 2023",
        "undated": "copie non datée",
        "as_of": "En date du 21 novembre 2026",
        "folded": "Aussi vérifié (1)",
        "notices": "Bon à savoir (1)",
    },
}


async def card_of(guide: FakeGuide, open_page: OpenPage, language: str, verdict: str, part: str) -> Locator:
    """Asks, and gives the card that comes."""
    guide.script = lambda text: [rulings.answer(language, verdict, part)]
    page = await open_page(f"{guide.url}/?lang={language}")
    await ask(page, "?")
    card = page.locator(".card")
    await expect(card).to_be_visible()
    return card


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("verdict", ["yes", "not_yet", "no", "cannot_tell"])
async def test_the_verdict_is_said_in_words(guide: FakeGuide, open_page: OpenPage, language: str, verdict: str) -> None:
    card = await card_of(guide, open_page, language, verdict, "flight")
    await expect(card.locator(".verdict")).to_have_text(WORDS[language][verdict])
    await expect(card.locator(".verdict svg")).to_be_visible()
    await expect(card).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_card_holds_reasons_steps_notices_and_sources_once(
    guide: FakeGuide, open_page: OpenPage, language: str
) -> None:
    words, texts = WORDS[language], rulings.TEXTS[language]
    card = await card_of(guide, open_page, language, "not_yet", "flight")
    await expect(card.get_by_role("heading", level=3)).to_have_text(words["title"])
    await expect(card.locator(".journey")).to_have_text(texts["reasons"][0][2])

    # The deciding reason comes first, and failed; what was checked long before is folded away.
    shown = card.locator("> .reasons > li")
    await expect(shown).to_have_count(3)
    await expect(shown.first).to_contain_text(texts["reasons"][-1][2])
    await expect(shown.first).to_have_class("fails")
    folded = card.get_by_text(texts["reasons"][1][2])
    await expect(folded).to_be_hidden()
    await card.get_by_text(words["folded"]).click()
    await expect(folded).to_be_visible()

    steps = card.locator("ol.steps > li")
    await expect(steps).to_have_count(2)
    await expect(steps.first).to_contain_text(texts["steps"][0][1])
    notice = card.get_by_text(texts["notice"])
    await expect(notice).to_be_hidden()
    await card.get_by_text(words["notices"]).click()
    await expect(notice).to_be_visible()

    # Sources of what is in view are in view; that of the folded notice is folded.
    sources = card.locator(".sources li")
    await expect(sources).to_have_count(2)
    await expect(sources.first).to_be_visible()
    await expect(sources.first).to_contain_text(rulings.RELEASE[language])
    await expect(sources.first).to_contain_text(words["date"])
    await expect(sources.last).to_be_hidden()
    await expect(sources.last).to_contain_text(words["undated"])
    link = sources.first.get_by_role("link")
    await expect(link).to_have_attribute("href", "https://example.org/release")
    await expect(link).to_have_attribute("rel", "noopener")
    await expect(card).to_contain_text(words["as_of"])
    message = card.locator("xpath=..")
    for _, _, text in texts["reasons"]:
        await expect(message.get_by_text(text)).to_have_count(1)


@pytest.mark.parametrize(
    ("part", "language", "said"),
    [
        (
            "options",
            "en",
            ["Ways to be interviewed", "Two steps at airports", "Enrolment centres: Vancouver", "(12 km)"],
        ),
        ("options", "fr", ["Façons de passer l’entrevue", "Deux étapes dans des aéroports", "(12 km)"]),
        ("renewal", "en", ["Your benefits during renewal", "Yes", "Until December 31, 2031 at the latest"]),
        ("step", "en", ["Your next step", "Go to the preclearance area early"]),
        ("step", "fr", ["Votre prochaine étape", "Allez tôt à la zone de précontrôle"]),
        ("renewal", "fr", ["Vos avantages pendant le renouvellement", "Oui", "Jusqu’au 31 décembre 2031"]),
    ],
)
async def test_the_card_shows_the_part_that_was_asked_about(
    guide: FakeGuide, open_page: OpenPage, part: str, language: str, said: list[str]
) -> None:
    card = await card_of(guide, open_page, language, "yes", part)
    for words in said:
        await expect(card).to_contain_text(words)
    await expect(card).not_to_contain_text("Not offered")
    # The text for channels without a card would say it twice.
    summary = rulings.answer(language)["meta"]["summary"]
    await expect(card.locator("xpath=..").locator(".text")).to_have_text(summary)


async def test_a_ruling_of_another_shape_leaves_the_whole_text(guide: FakeGuide, open_page: OpenPage) -> None:
    answer = rulings.answer("en")
    answer["meta"]["card"] = "a part of tomorrow"
    guide.script = lambda text: [answer]
    page = await open_page(guide.url)
    await ask(page, "?")
    await expect(messages(page, "bot").last).to_contain_text("Go to the preclearance area early")
    await expect(page.locator(".card")).to_have_count(0)
    await expect(page.get_by_role("button", name="Why?")).to_be_visible()


async def test_sources_without_a_ruling_are_folded(guide: FakeGuide, open_page: OpenPage) -> None:
    sources = [{"id": "sor", "title": "SOR/2024-147", "date": "2024-07-03", "url": "https://example.org/sor"}]
    guide.script = lambda text: [{"text": "US$120.", "meta": {"intent": "ask_fees", "sources": sources}}]
    page = await open_page(guide.url)
    await ask(page, "the fee?")
    source = page.get_by_role("link", name="SOR/2024-147")
    await expect(source).to_be_hidden()
    await page.get_by_text("Sources (1)").click()
    await expect(source).to_be_visible()
    await expect(page.get_by_text("July 3, 2024")).to_be_visible()
