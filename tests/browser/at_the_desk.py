"""What an agent does and sees at the real desk, in either language; words are those of the desk itself."""

import json
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from bot.settings import ROOT
from tests.browser.conftest import OpenPage
from tests.servers import GuideServer

TEXTS = json.loads((ROOT / "bot" / "desk" / "static" / "texts.json").read_text(encoding="utf-8"))
NAME = "Anne Tremblay"


@dataclass(frozen=True)
class Agent:
    """An agent at an open desk."""

    page: Page
    language: str

    def say(self, key: str, **values: str) -> str:
        """The words of the desk."""
        words: str = TEXTS[key][self.language]
        return words.format(**values)

    def row(self, conversation_id: str) -> Locator:
        """The conversation in the list of who waits."""
        return self.page.locator(f'a.row[href="#waiting/{conversation_id}"]')

    def act(self, name: str) -> Locator:
        """The button above the conversation."""
        return self.page.locator(f".acts [data-act={name}]")

    @property
    def items(self) -> Locator:
        """What the transcript shows as stored: messages, notes, events."""
        return self.page.locator(".item:not(.pending)")

    @property
    def file(self) -> Locator:
        """The traveller's file, beside the conversation."""
        return self.page.locator("details.part").filter(has=self.page.get_by_role("heading", name=self.say("file")))

    async def take(self) -> None:
        """Takes the open conversation over."""
        await self.act("take").click()
        await expect(self.page.locator(".chip.human")).to_have_text(self.say("with_you"))

    async def write(self, text: str, kind: str = "reply", *, leave: bool = False) -> None:
        """Writes a reply or a private note, key by key, and sends it unless it is left in the box."""
        await self.page.locator(".modes").get_by_role("button", name=self.say(f"mode_{kind}")).click()
        await self.page.locator("#composer").press_sequentially(text)
        if not leave:
            await self.page.keyboard.press("Enter")

    async def confirm(self, name: str) -> None:
        """Presses the button of the open dialog."""
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_role("button", name=name, exact=True).click()
        await expect(dialog).to_have_count(0)

    async def mark_shared(self) -> None:
        """Looks at the file, and says that the CBSA part is shared."""
        await self.file.get_by_role("button", name=self.say("show_file")).click()
        await self.file.get_by_role("button", name=self.say("mark_cbsa_shared")).click()
        await self.confirm(self.say("mark_cbsa_shared"))
        await expect(self.file).to_contain_text(self.say("correction_cbsa_shared"))

    async def take_correction_back(self) -> None:
        """Withdraws the one correction of the file, which is shown already."""
        await self.file.get_by_role("button", name=self.say("withdraw")).click()
        await self.confirm(self.say("withdraw"))
        await expect(self.file).to_contain_text(self.say("withdrawn"))

    async def tidy(self) -> None:
        """Closes what only says for a moment that something was done."""
        await self.page.locator(".toast button").evaluate_all("buttons => buttons.forEach((one) => one.click())")

    async def hand_back(self, line: str) -> None:
        """Gives the conversation back to the guide with one line to the traveller."""
        await self.act("hand_back").click()
        await self.page.get_by_label(self.say("hand_back_line")).fill(line)
        await self.confirm(self.say("act_hand_back"))


async def sign_in(server: GuideServer, open_page: OpenPage, language: str) -> Agent:
    """A new agent, made on the command line, who chooses a password and sees the queue."""
    email = f"anne.{language}@example.org"
    given = server.add_staff(email, NAME, language)
    page = await open_page(
        f"{server.url}/desk",
        locale=f"{language}-CA",
        viewport={"width": 1440, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
    )
    agent = Agent(page, language)
    await page.get_by_label(agent.say("email")).fill(email)
    await page.get_by_label(agent.say("password")).fill(given)
    await page.keyboard.press("Enter")
    await page.get_by_label(agent.say("password_current")).fill(given)
    await page.get_by_label(agent.say("password_new")).fill("four quiet maple leaves")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("navigation", name=agent.say("views"))).to_be_visible()
    return agent
