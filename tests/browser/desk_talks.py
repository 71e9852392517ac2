"""A conversation at the scripted desk, and ways to it."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser import fake_desk_data as data
from tests.browser.conftest import OpenPage
from tests.browser.fake_desk import FakeDesk

TALK = "talk-1"


def waiting(**more: Any) -> data.Talk:
    """A conversation that waits for a person."""
    talk = data.Talk(id=TALK, waiting_since=data.at(12), **more)
    talk.happen("handoff.asked_for", minutes=12, reason="cannot_tell")
    talk.say("traveller", "Can I do it at Billy Bishop?", minutes=13)
    talk.say("bot", "The policy does not say.", minutes=12)
    return talk


def mine(**more: Any) -> data.Talk:
    """A conversation that Anne has."""
    assignee = {"id": data.ANNE["id"], "name": data.ANNE["name"]}
    return waiting(state="human", assignee=assignee, **more)


def rows(page: Page) -> Locator:
    return page.locator(".item")


def box(page: Page, name: str = "Your reply to the traveller") -> Locator:
    return page.get_by_role("textbox", name=name)


async def opened(open_page: OpenPage, desk: FakeDesk, view: str = "mine", **options: Any) -> Page:
    page = await open_page(f"{desk.url}/desk#{view}/{TALK}", **options)
    await expect(page.get_by_role("log")).to_contain_text("Billy Bishop")
    return page
