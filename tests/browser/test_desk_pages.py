"""The desk's pages in a real browser: the way in, the queue, search, keys, notifications, the account."""

import re

from playwright.async_api import expect

from tests.browser import fake_desk_data as data
from tests.browser.conftest import OpenPage
from tests.browser.desk_talks import mine, opened, waiting
from tests.browser.fake_desk import FakeDesk


async def test_signing_in_takes_what_is_due_one_after_the_other(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    fake_desk.signed_in, fake_desk.password_due = False, True
    page = await open_page(f"{fake_desk.url}/desk")
    await page.get_by_label("E-mail address").fill("anne@example.org")
    await page.get_by_label("Password").fill("wrong")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("The e-mail address or the password is wrong.")
    await expect(page.get_by_label("E-mail address")).to_have_value("anne@example.org")
    fake_desk.second_factor_due = True
    await page.get_by_label("Password").fill("right horse battery")
    await page.keyboard.press("Enter")
    await page.get_by_label("Code").fill("000000")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("The code is wrong")
    await page.get_by_label("Code").fill("123456")
    await page.keyboard.press("Enter")
    await page.get_by_label("Current password").fill("right horse battery")
    await page.get_by_label("New password").fill("another horse battery")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("navigation", name="Views")).to_be_visible()
    await expect(page.get_by_text("Nobody is waiting.")).to_be_visible()


async def test_a_refusal_of_the_provider_is_told_in_words(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    fake_desk.signed_in = False
    page = await open_page(f"{fake_desk.url}/desk?refused=oidc&reason=unverified")
    await expect(page.get_by_role("alert")).to_contain_text("has not verified your e-mail address")
    await expect(page.get_by_role("link", name="Sign in with Northern ID")).to_have_attribute(
        "href", "/desk/oidc/start"
    )


async def test_the_queue_follows_filters_and_what_happens(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    for number in range(60):
        talk = fake_desk.add(
            data.Talk(waiting_since=data.at(100 - number), language="fr" if number % 2 else "en", reason="asked")
        )
        talk.say("traveller", f"Question {number}")
    page = await open_page(f"{fake_desk.url}/desk")
    list_ = page.get_by_role("list", name="Queue").get_by_role("listitem")
    await expect(list_).to_have_count(50)
    await expect(list_.first).to_contain_text("1 h 40")
    await expect(page.get_by_role("link", name=re.compile("^Waiting"))).to_contain_text("60")
    await expect(page).to_have_title("(60) Conversations – NEXUS guide desk")
    await list_.last.scroll_into_view_if_needed()
    await expect(list_).to_have_count(60)
    await page.get_by_role("combobox", name="Language").select_option("fr")
    await expect(list_).to_have_count(30)
    await page.get_by_role("combobox", name="Language").select_option("")
    await expect(list_).to_have_count(50)
    late = fake_desk.add(data.Talk(waiting_since=data.at(500), reason="complaint"))
    await fake_desk.say(late, "traveller", "I have waited for hours")
    await expect(list_.first).to_contain_text("Complaint")
    await expect(list_).to_have_count(51)


async def test_search_marks_what_it_found_and_goes_there(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine())
    for number in range(3, 400):
        talk.say("traveller", "My letter is lost" if number == 100 else f"Message {number}", minutes=10)
    page = await open_page(f"{fake_desk.url}/desk")
    await expect(page.get_by_text("Nobody is waiting.")).to_be_visible()
    await page.keyboard.press("/")
    await page.keyboard.type("letter")
    await expect(page.locator("mark")).to_have_text("letter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".item.pointed")).to_contain_text("My letter is lost")
    await expect(page.locator(".item.pointed")).to_be_in_viewport()


async def test_keys_walk_the_queue_and_can_be_turned_off(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    for number in range(3):
        fake_desk.add(data.Talk(waiting_since=data.at(90 - number))).say("traveller", f"Question {number}")
    page = await open_page(f"{fake_desk.url}/desk")
    await expect(page.get_by_role("list", name="Queue").get_by_role("listitem")).to_have_count(3)
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(page.get_by_role("log")).to_contain_text("Question 1")
    await page.keyboard.press("k")
    await expect(page.get_by_role("log")).to_contain_text("Question 0")
    await page.keyboard.press("g")
    await page.keyboard.press("m")
    await expect(page.get_by_text("You have no conversations.")).to_be_visible()
    await page.keyboard.press("?")
    await page.get_by_label("Single-key shortcuts are on").uncheck()
    await page.keyboard.press("Escape")
    await page.keyboard.press("g")
    await page.keyboard.press("q")
    await expect(page.get_by_text("You have no conversations.")).to_be_visible()


async def test_the_desk_speaks_french_throughout(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    fake_desk.add(waiting())
    page = await opened(open_page, fake_desk, "waiting")
    await page.get_by_role("button", name="Français").click()
    await expect(page.get_by_role("navigation", name="Vues")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    await expect(page.get_by_role("button", name="Prendre en charge").first).to_be_visible()
    assert fake_desk.me["language"] == "fr"


async def test_a_notification_is_asked_for_and_shows_no_message(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(waiting())
    page = await open_page("about:blank")
    await page.add_init_script(
        "window.asked = 0;"
        "window.Notification = class { constructor(...all) { document.documentElement.title += JSON.stringify(all) }"
        " static permission = 'default';"
        " static async requestPermission() { asked += 1; return (this.permission = 'granted') } }"
    )
    await page.goto(f"{fake_desk.url}/desk")
    await expect(page.get_by_role("list", name="Queue")).to_contain_text("The policy does not say.")
    assert await page.evaluate("asked") == 0
    async with page.expect_response(re.compile("view=mine")):
        await page.get_by_role("button", name="Notify me").click()
    await expect(page.get_by_role("button", name="Notifications on")).to_be_visible()
    await page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    other = fake_desk.add(data.Talk(waiting_since=data.at(1), reason="complaint"))
    await fake_desk.say(other, "traveller", "A secret of mine")
    await expect(page.locator("html")).to_have_attribute("title", re.compile("A traveller is waiting"))
    told = await page.locator("html").get_attribute("title")
    assert told is not None
    assert "secret" not in told
    assert talk.id not in told


async def test_the_second_factor_is_set_up_with_its_recovery_codes(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    page = await open_page(f"{fake_desk.url}/desk/account")
    factor = page.get_by_role("region", name="Second factor")
    await factor.get_by_label("Current password").fill("right horse battery")
    await factor.get_by_role("button", name="Set it up").click()
    drawing = page.get_by_role("img", name="Square code for your authenticator")
    assert await drawing.evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    await page.get_by_label("Code").fill("123456")
    await page.get_by_role("button", name="Turn it on").click()
    await expect(page.get_by_role("listitem")).to_have_count(10)
