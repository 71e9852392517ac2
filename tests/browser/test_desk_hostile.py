"""What a traveller types is text at the desk, never markup, and never in the way."""

from playwright.async_api import expect

from tests.browser import fake_desk_data as data
from tests.browser.conftest import OpenPage
from tests.browser.fake_desk import FakeDesk

HOSTILE = [
    "<script>window.hacked = 1</script>",
    '<svg onload="window.hacked = 1"><img src=x onerror="window.hacked = 1">',
    "[click](javascript:window.hacked=1) javascript:window.hacked=1 <a href='javascript:window.hacked=1'>x</a>",
    "\u202eevil\u2066 nothing closes this",
    "w" * 2_000,
    "${window.hacked=1} {{constructor.constructor('window.hacked=1')()}} {name} {by}",
]


async def test_what_travellers_type_is_text_and_never_markup(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    """In the list, the transcript, the notes, the file, the summary, the search and the events."""
    assignee = {"id": data.ANNE["id"], "name": '<b onclick="hacked=1">Anne</b>'}
    talk = fake_desk.add(data.Talk(id="talk-1", state="human", assignee=assignee, proved=True))
    talk.file = {**data.FILE, "applicant": {"name": HOSTILE[1], "language": "en", "residence": HOSTILE[4]}}
    for text in HOSTILE:
        talk.say("traveller", text)
        talk.note(HOSTILE[1], text)
        talk.happen("handoff.taken", by=text)
        fake_desk.add(data.Talk(state="human", assignee=assignee, channel=HOSTILE[0])).say("traveller", text)
    fake_desk.me["name"] = HOSTILE[1]
    page = await open_page(f"{fake_desk.url}/desk#mine/talk-1", viewport={"width": 1280, "height": 800})
    await page.get_by_role("button", name="Show the file").click()
    await expect(page.get_by_role("heading", name=HOSTILE[1])).to_be_visible()
    shown = page.locator(".item.by-traveller .text")
    await expect(shown).to_have_count(len(HOSTILE))
    assert [await one.text_content() for one in await shown.all()] == HOSTILE
    await page.keyboard.press("/")
    await page.keyboard.type("hacked")
    await expect(page.locator("mark").first).to_be_visible()
    # Nothing ran, no element came of it, no link leads anywhere but to the desk.
    assert await page.evaluate("typeof window.hacked") == "undefined"
    assert (
        await page.locator("script, img, svg[onload], b, [onclick], [onerror]").evaluate_all(
            "found => found.filter((node) => !node.closest('head')).map((node) => node.outerHTML)"
        )
        == []
    )
    links = await page.locator("a").evaluate_all("all => all.map((link) => link.href)")
    assert [link for link in links if not link.startswith(fake_desk.url)] == []
    # Nor does it push anything out of the page.
    places = "[document.documentElement, ...document.querySelectorAll('.queue-scroll, .log, .side, .dialog')]"
    wide = f"{places}.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)"
    assert await page.evaluate(wide) == []
    # A writer's direction ends with the writer's words.
    isolated = "all => all.every((one) => one.dir === 'auto' && getComputedStyle(one).unicodeBidi === 'isolate')"
    assert await page.locator(".item .text p").evaluate_all(isolated)


async def test_no_page_of_the_desk_allows_inline_script_or_style(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    """`open_page` fails where the policy barred something; here it is shown to bar what a page never has."""
    page = await open_page(f"{fake_desk.url}/desk")
    await expect(page.get_by_role("navigation", name="Views")).to_be_visible()
    assert await page.locator("[style], style, script:not([src])").count() == 0
    answer = await page.request.get(f"{fake_desk.url}/desk")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
