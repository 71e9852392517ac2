"""The whole road over the desk, in two real browsers with the real guide.

The guide cannot tell, so a person takes over, corrects the file and gives back; then the guide rules anew. The network
of each is cut once on the way: nothing is lost or doubled.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser import at_the_desk
from tests.browser.at_the_desk import Agent
from tests.browser.conftest import OpenPage
from tests.browser.fake_guide import STATIC
from tests.browser.pictures import take_picture
from tests.browser.test_widget_conversation import ask, messages
from tests.browser.travelling import SAMPLE_02, WORDS, prove, stored
from tests.servers import GuideServer, running_guide

TEXTS = json.loads((STATIC / "texts.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Said:
    """What both say to one another."""

    question: str
    person: str
    when: str
    hello: str
    elsewhere: str
    offline: str
    meanwhile: str
    note: str
    kept: str
    thanks: str
    line: str
    satisfied: str
    more: str


SAID = {
    "en": Said(
        question="Can I do my CBP interview at Billy Bishop airport before my flight to Newark on Friday at 2 pm?",
        person="Talk to a person",
        when="Staff see this conversation now",
        hello="Good morning, I am Anne. Nothing published says so for Billy Bishop. Which is your next flight?",
        elsewhere="To Boston, from Montréal, on Thursday.",
        offline="I had my CBSA interview there, two days ago.",
        meanwhile="One moment please, I am asking the CBSA.",
        note="The CBSA says on the phone that it has passed the result on to CBP.",
        kept="The CBSA has passed your result on to CBP. I put that into your file.",
        thanks="Thank you for looking into it.",
        line="The guide tells you now what that means for your flight.",
        satisfied="Yes",
        more="How much does NEXUS cost?",
    ),
    "fr": Said(
        question="Puis-je faire mon entrevue CBP à l'aéroport Billy Bishop avant mon vol vers Newark vendredi à 14 h ?",
        person="Parler à une personne",
        when="lundi 23 novembre",
        hello="Bonjour, je m’appelle Anne. Rien de publié ne le dit pour Billy Bishop. Quel est votre prochain vol?",
        elsewhere="Vers Boston, au départ de Montréal, jeudi.",
        offline="J’y ai passé mon entrevue avec l’ASFC il y a deux jours.",
        meanwhile="Un instant, je m’informe auprès de l’ASFC.",
        note="L’ASFC dit au téléphone avoir transmis le résultat au CBP.",
        kept="L’ASFC a transmis votre résultat au CBP. Je l’ai inscrit à votre dossier.",
        thanks="Merci de vous en occuper.",
        line="Le guide vous dit maintenant ce que cela change pour votre vol.",
        satisfied="Oui",
        more="Combien coûte NEXUS?",
    ),
}


HOURS = {"en": "Sat 08:00-18:00", "fr": "Mon-Fri 08:00-18:00"}
"""When staff work. The guide's clock starts on a Saturday: staffed hours in English, outside of them in French."""


@pytest.fixture
def desk_server(tmp_path_factory: pytest.TempPathFactory, language: str) -> Iterator[GuideServer]:
    """A guide of its own, so that the queue, and its picture, show nobody whom another test left waiting."""
    with running_guide(tmp_path_factory.mktemp("desk"), staffed_hours=HOURS[language]) as server:
        yield server


def widget(key: str, language: str, **values: str) -> str:
    """The words of the widget."""
    words: str = TEXTS[key][language]
    return words.format(**values)


async def others_wait(page: Page, server: GuideServer) -> None:
    """Two more who ask for a person, so that the queue is one."""
    for language, text in (("en", "I want to talk to a person, please"), ("fr", "Je veux faire une plainte")):
        address = f"{server.url}/api/v1/conversations"
        begun = await (await page.request.post(address, data={"channel": "web", "language": language})).json()
        answer = await page.request.post(
            f"{address}/{begun['conversation_id']}/messages",
            data={"text": text, "client_message_id": "only"},
            headers={"Authorization": f"Bearer {begun['token']}"},
        )
        assert (await answer.json())["state"] == "waiting"


async def wait_for_a_person(page: Page, language: str) -> str:
    """Asks what the guide cannot tell and takes the offer of a person; gives the conversation's id."""
    said = SAID[language]
    await ask(page, said.question)
    await expect(page.locator(".card .verdict").first).to_have_text(WORDS[language].cannot_tell)
    await page.get_by_role("button", name=said.person).click()
    await expect(messages(page, "bot").last).to_contain_text(said.when)
    await expect(page.locator(".strip")).to_have_text(widget("waiting", language))
    conversation: str = await page.evaluate(
        "() => JSON.parse(Object.entries(sessionStorage).find(([name]) => name.startsWith('nexus-guide:'))[1]).id"
    )
    return conversation


async def talk(page: Page, agent: Agent) -> None:
    """A word from each, with the signs that the other writes and has read."""
    said, language = SAID[agent.language], agent.language
    await agent.write(said.hello, leave=True)
    await expect(page.locator(".typing")).to_have_text(widget("writing", language, name=widget("staff", language)))
    await agent.page.keyboard.press("Enter")
    await expect(messages(page, "staff").last).to_contain_text(said.hello)
    await expect(messages(page, "staff").last.locator(".who")).to_have_text(at_the_desk.NAME)
    # The traveller still looks at the ruling above; what is out of view is not read.
    await expect(agent.items.filter(has_text=said.hello)).to_contain_text(agent.say("sent"))
    await page.get_by_role("button", name=widget("newest", language)).click()
    await expect(agent.items.filter(has_text=said.hello)).to_contain_text(agent.say("read"))
    await page.get_by_role("textbox").press_sequentially(said.elsewhere)
    await expect(agent.page.get_by_text(agent.say("typing_traveller"))).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(agent.items.filter(has_text=said.elsewhere)).to_be_visible()
    await expect(agent.page.get_by_text(agent.say("typing_traveller"))).to_have_count(0)
    await expect(messages(page, "traveller").last).to_contain_text(widget("read", language))


async def talk_over_bad_networks(page: Page, agent: Agent) -> None:
    """Both write while the network of one is cut: first the traveller's, then, after a private note, the agent's."""
    said = SAID[agent.language]
    await page.context.set_offline(True)
    await ask(page, said.offline)
    await expect(page.get_by_role("status")).to_have_text(WORDS[agent.language].kept)
    await agent.write(said.meanwhile)
    await expect(agent.items.filter(has_text=said.meanwhile)).to_contain_text(agent.say("sent"))
    await expect(messages(page, "staff")).to_have_count(1)
    await page.context.set_offline(False)
    await expect(messages(page, "staff").last).to_contain_text(said.meanwhile)
    await expect(agent.items.filter(has_text=said.offline)).to_be_visible()
    await expect(page.locator(".pending")).to_have_count(0)

    await agent.write(said.note, "note")
    await expect(agent.page.locator(".item.note:not(.pending)")).to_contain_text(said.note)

    await agent.page.context.set_offline(True)
    await agent.write(said.kept)
    await expect(agent.page.locator(".item.pending")).to_contain_text(agent.say("kept"))
    await ask(page, said.thanks)
    await expect(page.locator(".pending")).to_have_count(0)
    await agent.page.context.set_offline(False)
    await expect(messages(page, "staff").last).to_contain_text(said.kept)
    await expect(agent.items.filter(has_text=said.thanks)).to_be_visible()
    await expect(agent.page.locator(".item.pending")).to_have_count(0)


async def both_show_all_of_it(page: Page, agent: Agent) -> list[dict[str, object]]:
    """Whatever was stored stands in both pages, in order and once; gives it."""
    kept = await stored(page)
    numbers = [str(message["seq"]) for message in kept]
    assert numbers == [str(number) for number in range(1, len(kept) + 1)]
    in_order = "nodes => nodes.map((node) => node.dataset.seq)"
    await expect(messages(page)).to_have_count(len(kept))
    assert await messages(page).evaluate_all(in_order) == numbers
    at_desk = agent.page.locator(".item.message")
    await expect(at_desk).to_have_count(len(kept))
    assert await at_desk.evaluate_all(in_order) == numbers
    said = SAID[agent.language]
    texts = [message["text"] for message in kept]
    for text in (said.hello, said.elsewhere, said.offline, said.meanwhile, said.kept, said.thanks, said.line):
        assert texts.count(text) == 1, text
    assert said.note not in texts
    await expect(page.get_by_text(said.note)).to_have_count(0)
    return kept


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_cannot_tell_taken_over_corrected_handed_back_and_ruled_anew(
    desk_server: GuideServer, open_page: OpenPage, pictures: Path, language: str
) -> None:
    said, words = SAID[language], WORDS[language]
    agent = await at_the_desk.sign_in(desk_server, open_page, language)
    page = await open_page(
        f"{desk_server.url}/?lang={language}",
        locale=f"{language}-CA",
        viewport={"width": 1100, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
    )
    await others_wait(page, desk_server)
    conversation = await wait_for_a_person(page, language)
    await expect(agent.row(conversation)).to_contain_text(agent.say("reason_cannot_tell"))

    # Who waits can go on asking the guide.
    await prove(page, words, SAMPLE_02)
    await ask(page, words.flight)
    await expect(messages(page, "bot").last.locator(".head .verdict")).to_have_text(words.not_yet)

    await agent.row(conversation).click()
    await expect(agent.items.filter(has_text=said.question)).to_be_visible()
    await agent.take()
    await expect(page.locator(".strip")).to_have_text(widget("joined", language))
    await talk(page, agent)
    await talk_over_bad_networks(page, agent)
    await agent.mark_shared()
    await agent.tidy()
    await take_picture(agent.page, pictures / f"desk-{language}.png")

    await agent.hand_back(said.line)
    await expect(messages(page, "staff").last).to_contain_text(said.line)
    card = messages(page, "bot").last.locator(".card")
    await expect(card.locator(".head .verdict")).to_have_text(words.yes)
    await expect(card.locator(".journey")).to_contain_text("(BOS)")
    await expect(page.locator(".strip")).to_be_hidden()
    kept = await both_show_all_of_it(page, agent)
    ruling = kept[-1]["meta"]["ruling"]  # type: ignore[index]
    assert ruling["cbp_on_next_flight"]["code"] == "shared_and_precleared"
    await expect(page.get_by_role("status")).to_have_text("")
    await page.get_by_role("textbox").blur()
    await take_picture(page, pictures / f"handed-back-{language}.png")

    # The end: the correction withdrawn, resolved, judged, and gone on with.
    await agent.take()
    await agent.take_correction_back()
    await agent.act("resolve").click()
    await page.get_by_role("button", name=said.satisfied, exact=True).click()
    await expect(agent.page.locator(".chips")).to_contain_text(agent.say("rating_yes"))
    await expect(page.get_by_role("button", name=widget("fresh", language))).to_be_visible()
    await ask(page, said.more)
    await expect(messages(page, "bot").last).to_contain_text(words.fee)
    await expect(page.get_by_role("button", name=widget("fresh", language))).to_be_hidden()
    assert len(await stored(page)) > len(kept)
