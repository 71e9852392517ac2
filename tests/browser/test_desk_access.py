"""The desk for everyone: screen readers, keyboards, small windows, both languages, light and dark; and its words."""

import json
import re
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.desk.pages import STATIC
from tests.browser import fake_desk_data as data
from tests.browser.conftest import OpenPage
from tests.browser.desk_talks import TALK, mine
from tests.browser.fake_desk import FakeDesk

CONTROLS = ("button", "a", "summary", "select", "input")


async def faults(page: Page) -> list[str]:
    """What axe finds, best practices included."""
    results = await Axe().run(page)
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in results.response["violations"]]


def full(desk: FakeDesk, language: str) -> None:
    """A conversation with everything in it, and others beside it."""
    desk.me |= {"role": "supervisor", "language": language}
    talk = desk.add(mine(proved=True, language=language, traveller_read_seq=9, snoozed_until="2099-01-01T00:00:00Z"))
    answer = data.answered(language, "not_yet")
    talk.say("bot", answer.pop("text"), **answer, buttons=[{"title": "Why?", "payload": "choice:why"}])
    talk.say("staff", "Hello", author="Anne Tremblay")
    talk.note("Anne Tremblay", "A note")
    talk.happen("handoff.taken", by="Anne Tremblay")
    desk.add(data.Talk(waiting_since=data.at(5), proved=True)).say("traveller", "?")


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("fr", "dark")])
async def test_axe_finds_nothing(fake_desk: FakeDesk, open_page: OpenPage, language: str, scheme: Any) -> None:
    full(fake_desk, language)
    options = {"locale": f"{language}-CA", "color_scheme": scheme, "reduced_motion": "reduce"}
    page = await open_page(f"{fake_desk.url}/desk#all/{TALK}", **options)
    await page.locator(".side .button.wide").first.click()
    await expect(page.locator(".applicant")).to_be_visible()
    await expect(page.locator(".asked li").first).to_be_visible()
    await page.locator(".menu summary").click()
    await page.locator(".composer textarea").fill("x" * 2_001)
    await page.context.set_offline(True)
    await expect(page.locator(".banner")).not_to_be_empty()
    assert await faults(page) == []
    await page.context.set_offline(False)
    await page.locator(".conversation-title h1").focus()
    await page.keyboard.press("s" if language == "en" else "?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await faults(page) == []


@pytest.mark.parametrize("path", ["/desk/account", "/desk/audit", "/desk#mine", "/desk?refused=oidc"])
async def test_axe_finds_nothing_on_the_other_pages(fake_desk: FakeDesk, open_page: OpenPage, path: str) -> None:
    fake_desk.me["role"] = "supervisor"
    fake_desk.signed_in = "refused" not in path
    page = await open_page(fake_desk.url + path, color_scheme="dark")
    await expect(page.get_by_role("heading", level=1)).to_be_attached()
    await page.wait_for_load_state("networkidle")
    assert await faults(page) == []


@pytest.mark.parametrize("size", [(1280, 800), (640, 400), (360, 640)])
async def test_it_fits_and_every_control_is_large_enough(
    fake_desk: FakeDesk, open_page: OpenPage, size: tuple[int, int]
) -> None:
    """640 by 400 is what 1280 by 800 leaves at 200 % zoom."""
    full(fake_desk, "fr")
    page = await open_page(f"{fake_desk.url}/desk", viewport={"width": size[0], "height": size[1]})
    await expect(page.locator(".row").first).to_be_visible()
    await page.goto(f"{fake_desk.url}/desk#all/{TALK}")
    await expect(page.locator(".item").first).to_be_attached()
    for pane in ("conversation", "side"):
        if pane == "side" and size[0] < 1280:
            await page.get_by_role("button", name="Dossier", exact=True).click()
        await expect(page.locator(f".{pane}")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = await page.locator(
            "button:visible, a:visible, summary:visible, select:visible, input:visible"
        ).evaluate_all(
            "all => all.filter((one) => !one.closest('p') && !one.matches('.skip'))"
            ".map((one) => [one.getBoundingClientRect(), one.outerHTML])"
            ".filter(([{ width, height }]) => width < 24 || height < 24).map(([, html]) => html)"
        )
        assert small == []
    if size[0] < 800:
        await page.get_by_role("button", name="Fermer").first.click()
        await page.get_by_role("button", name="Retour à la file d’attente").click()
        await expect(page.locator(".row").first).to_be_visible()


async def test_the_focus_is_seen_and_goes_where_one_reads(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    full(fake_desk, "en")
    page = await open_page(f"{fake_desk.url}/desk#all/{TALK}")
    await expect(page.locator(".item").first).to_be_attached()
    await page.locator("body").press("Tab")
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    order = []
    for _ in range(60):
        await page.keyboard.press("Tab")
        order.append(
            await page.evaluate(
                "() => [document.activeElement.closest('.bar, .queue, .conversation-head, .timeline, .composer, .side')"
                "?.className.split(' ')[0], getComputedStyle(document.activeElement).outlineStyle,"
                " document.activeElement.tagName]"
            )
        )
    places = [place for place, *_ in order if place]
    assert list(dict.fromkeys(places)) == ["bar", "queue", "conversation-head", "timeline", "composer", "side"]
    # The box shows its focus as the edge of what is around it.
    assert [one for one in order if one[0] and one[1] == "none" and one[2] != "TEXTAREA"] == []


def test_every_word_of_the_interface_is_there_in_both_languages() -> None:
    words = json.loads((STATIC / "texts.json").read_text(encoding="utf-8"))
    assert [key for key, each in words.items() if set(each) != {"en", "fr"} or not all(each.values())] == []
    holes = re.compile(r"\{(\w+)\}")
    assert [
        key for key, each in words.items() if set(holes.findall(each["en"])) != set(holes.findall(each["fr"]))
    ] == []
    scripts = [file.read_text(encoding="utf-8") for file in STATIC.glob("*.js") if not file.name.startswith("reports")]
    used = {key for script in scripts for key in re.findall(r"\bsay(?:With)?\('([\w.-]+)'", script)}
    begun = {key for script in scripts for key in re.findall(r"\bsay(?:With)?\(`([\w.-]+)\$", script)}
    assert sorted(used - set(words)) == []
    assert [start for start in begun if not any(key.startswith(start) for key in words)] == []


def test_every_code_the_desk_may_send_has_words() -> None:
    from typing import get_args

    from bot.applicants.models import CorrectionKind
    from bot.applicants.refusal import Refusal as CorrectionRefusal
    from bot.conversations.outbox.models import Failure
    from bot.conversations.reasons import REASONS, Rating
    from bot.desk.queue import VIEWS
    from bot.desk.timeline import SHOWN_EVENTS
    from bot.guidance.case import Status
    from bot.staff.oidc_refused import Reason as Refusal
    from bot.staff.roles import ROLES

    words = json.loads((STATIC / "texts.json").read_text(encoding="utf-8"))
    wanted = [f"view_{view}" for view in VIEWS] + [f"event_{name}" for name in SHOWN_EVENTS]
    wanted += [f"reason_{reason}" for reason in REASONS] + [f"rating_{rating}" for rating in get_args(Rating)]
    wanted += [f"role_{role}" for role in ROLES] + [f"oidc_{reason}" for reason in get_args(Refusal)]
    wanted += [f"status_{status}" for status in get_args(Status)]
    wanted += [f"failure_{failure}" for failure in get_args(Failure)]
    wanted += [f"correction_{kind}" for kind in get_args(CorrectionKind)]
    wanted += [f"problem_{reason.replace('-', '_')}" for reason in get_args(CorrectionRefusal)]
    assert [key for key in wanted if key not in words] == []
