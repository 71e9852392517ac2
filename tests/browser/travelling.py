"""What a traveller does and sees in the real page, in either language."""

from dataclasses import dataclass

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.test_widget_conversation import ask, messages


@dataclass(frozen=True)
class Words:
    """What is said in one language."""

    first: str
    status: str
    flight: str
    fees: str
    cannot_tell: str
    yes: str
    not_yet: str
    released_on: str
    more_sources: str
    conditionally: str
    wrong: str
    locked: str
    dead: str
    kept: str
    fee: str


WORDS = {
    "en": Words(
        first="Can I do my CBP interview on my flight to Seattle on Friday at 2 pm from Vancouver?",
        status="Where does my file stand?",
        flight="Can I do my CBP interview on my next flight?",
        fees="How much does NEXUS cost?",
        cannot_tell="Cannot tell",
        yes="Yes",
        not_yet="Not yet",
        released_on="January 25, 2023",
        more_sources="More sources",
        conditionally="Your application is conditionally approved.",
        wrong="do not match a file",
        locked="Too many tries",
        dead="This link no longer works",
        kept="Connection lost – your message is kept.",
        fee="120",
    ),
    "fr": Words(
        first="Est-ce que je peux faire mon entrevue avec le CBP à mon vol de Vancouver vers Seattle vendredi à 14 h ?",
        status="Où en est mon dossier?",
        flight="Est-ce que je peux passer mon entrevue avec le CBP à mon prochain vol?",
        fees="Combien coûte NEXUS?",
        cannot_tell="Impossible à dire",
        yes="Oui",
        not_yet="Pas encore",
        released_on="25 janvier 2023",
        more_sources="Autres sources",
        conditionally="Votre demande est approuvée conditionnellement.",
        wrong="ne correspondent à aucun dossier",
        locked="Trop d’essais",
        dead="Ce lien ne fonctionne plus",
        kept="Connexion perdue – votre message est conservé.",
        fee="120",
    ),
}

SAMPLE_01 = ("980000001", "1984-03-09")
SAMPLE_02 = ("980000002", "1990-12-31")


async def faults(page: Page) -> list[str]:
    """What axe finds, best practices included."""
    results = await Axe().run(page)
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in results.response["violations"]]


async def open_form(page: Page, words: Words) -> Page:
    """Asks for the file, and follows the link into a new tab."""
    before = await page.locator("a.button").count()
    await ask(page, words.status)
    await expect(page.locator("a.button")).to_have_count(before + 1)
    async with page.context.expect_page() as opened:
        await page.locator("a.button").last.click()
    form = await opened.value
    await form.wait_for_load_state()
    return form


async def fill_in(form: Page, number: str, birth_date: str) -> None:
    """Fills in the form and sends it."""
    await form.locator("#number").fill(number)
    await form.locator("#birth_date").fill(birth_date)
    await form.locator("button").click()
    await form.wait_for_load_state()


async def prove(page: Page, words: Words, person: tuple[str, str]) -> None:
    """Proves who one is; the answer must come into the chat without anything being done there."""
    form = await open_form(page, words)
    await fill_in(form, *person)
    await form.close()
    await expect(messages(page, "bot").last).to_contain_text(words.conditionally)


async def stored(page: Page) -> list[dict[str, object]]:
    """The whole conversation as the guide keeps it."""
    return await page.evaluate(
        """async () => {
            const [key] = Object.keys(sessionStorage).filter((name) => name.startsWith('nexus-guide:'));
            const { id, token } = JSON.parse(sessionStorage.getItem(key));
            const answer = await fetch(`/api/v1/conversations/${id}/messages?after=0`, {
                headers: { Authorization: `Bearer ${token}` },
            });
            return (await answer.json()).messages;
        }"""
    )
