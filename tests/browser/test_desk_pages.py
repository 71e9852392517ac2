"""A day at the desk, in a real browser: nothing written is lost, nothing is said twice, who has what is told."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser import fake_desk_data as data
from tests.browser.conftest import OpenPage
from tests.browser.fake_desk import FakeDesk

TALK = "talk-1"


TO_THE_TOP = """log => new Promise((resolve) => {
  const first = log.querySelector('.item');
  const look = () => (log.querySelector('.item') === first ? setTimeout(look, 10) : resolve());
  log.scrollTop = 0;
  look();
})"""
"""Scrolls up until older messages are there."""


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


async def test_a_long_transcript_is_paged_and_reading_stays_in_place(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine())
    for number in range(3, 1_001):
        talk.say("traveller" if number % 2 else "bot", f"Message {number}", minutes=10)
    page = await open_page(f"{fake_desk.url}/desk#mine/{TALK}")
    log = page.get_by_role("log")
    await expect(log).to_contain_text("Message 1000")
    await expect(rows(page)).to_have_count(50)
    for _ in range(12):
        await log.evaluate(TO_THE_TOP)
        assert await rows(page).count() <= 300
    held = "log => [...log.querySelectorAll('.item')].find((one) => one.offsetTop >= log.scrollTop).innerText"
    before = await log.evaluate(f"log => {{ log.scrollTop = 950; return ({held})(log) }}")
    await log.dispatch_event("scroll")
    await page.wait_for_timeout(300)
    assert await log.evaluate(held) == before
    await fake_desk.say(talk, "traveller", "The newest")
    await page.get_by_role("button", name="New messages (1)").click()
    await expect(rows(page).filter(has_text="The newest")).to_be_in_viewport()
    assert await rows(page).count() <= 300


async def test_take_reply_and_note(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(waiting())
    page = await opened(open_page, fake_desk, "waiting")
    await expect(page.get_by_text("Take the conversation to reply.")).to_be_visible()
    await page.keyboard.press("t")
    await expect(page.get_by_text("Anne Tremblay took the conversation")).to_be_visible()
    await expect(box(page)).to_be_focused()
    await page.keyboard.type("Yes, at Billy Bishop too.\n")
    await expect(rows(page).last).to_contain_text("Yes, at Billy Bishop too.")
    await expect(rows(page).last).to_contain_text("Sent")
    await fake_desk.tell({"type": "read", "conversation_id": TALK, "by": "traveller", "seq": 3})
    await expect(rows(page).last).to_contain_text("Read")
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await page.keyboard.type("Ask the centre again.\n")
    await expect(page.locator(".item.note")).to_contain_text("Private note")
    await fake_desk.tell({"type": "typing", "conversation_id": TALK, "sender": "traveller", "on": True})
    await expect(page.get_by_text("The traveller is typing…")).to_be_visible()
    await fake_desk.say(talk, "traveller", "Thank you!")
    await expect(rows(page).last).to_contain_text("Thank you!")
    await expect(page.get_by_text("The traveller is typing…")).to_be_hidden()
    assert [what.split("/")[-1] for what, _ in fake_desk.posts] == ["take", "reply", "notes"]
    assert len({await row.inner_text() for row in await rows(page).all()}) == await rows(page).count()


async def test_who_has_it_is_told_and_what_was_typed_stays(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine())
    page = await opened(open_page, fake_desk)
    await box(page).fill("My long answer")
    talk.assignee = {"id": "staff:2", "name": "Marc Okafor"}
    await page.keyboard.press("Enter")
    await expect(page.locator(".toaster")).to_contain_text("Marc Okafor has it. Your text is back in the box.")
    await expect(page.get_by_text("not yours to see any more")).to_be_visible()
    talk.assignee = {"id": "staff:1", "name": "Anne Tremblay"}
    await page.reload()
    await expect(box(page)).to_have_value("My long answer")


async def test_two_take_at_once_and_one_is_told_who_did(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(waiting())
    page = await opened(open_page, fake_desk, "waiting")
    talk.state, talk.assignee = "human", {"id": "staff:2", "name": "Marc Okafor"}
    await page.get_by_role("group", name="What you can do").get_by_role("button", name="Take").click()
    await expect(page.locator(".toaster")).to_contain_text("Marc Okafor has it.")


async def test_words_written_offline_are_kept_and_said_once(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine())
    page = await opened(open_page, fake_desk)
    await box(page).fill("Said before the line broke")
    fake_desk.lose_answers = 1
    await page.keyboard.press("Enter")
    await expect(rows(page).last).to_contain_text("Said before the line broke")
    await page.context.set_offline(True)
    await page.get_by_text("Connection lost – trying again.").wait_for()
    await box(page).fill("Said while it was down")
    await page.keyboard.press("Enter")
    await expect(rows(page).last).to_contain_text("Kept, not sent yet")
    talk.say("traveller", "Are you there?")
    await page.context.set_offline(False)
    await expect(page.get_by_text("You are connected again.")).to_be_visible()
    await expect(rows(page).last).to_contain_text("Said while it was down")
    said = [message["text"] for message in talk.messages[2:]]
    assert said == ["Said before the line broke", "Are you there?", "Said while it was down"]
    await expect(page.locator(".item.message")).to_have_count(5)


async def test_a_session_that_ends_covers_the_page_and_keeps_the_draft(
    fake_desk: FakeDesk, open_page: OpenPage
) -> None:
    fake_desk.add(mine())
    page = await opened(open_page, fake_desk)
    await box(page).fill("Half an answer")
    fake_desk.signed_in = False
    await fake_desk.tell({"type": "signed_out"})
    await page.get_by_label("E-mail address").fill("anne@example.org")
    await expect(page.get_by_role("log")).to_be_hidden()
    await page.get_by_label("Password").fill("right horse battery")
    await page.keyboard.press("Enter")
    await expect(box(page)).to_have_value("Half an answer")
    await page.keyboard.press("Enter")
    await expect(rows(page).last).to_contain_text("Half an answer")
    assert [body["text"] for what, body in fake_desk.posts if what.endswith("reply")] == ["Half an answer"]


async def test_a_canned_reply_in_either_language(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    fake_desk.add(mine())
    page = await opened(open_page, fake_desk)
    await box(page).press("/")
    await expect(page.get_by_role("listbox", name="Canned replies").get_by_role("option")).to_have_count(2)
    await page.keyboard.type("centre")
    await page.get_by_role("button", name="Français").last.click()
    await page.keyboard.press("Enter")
    await expect(box(page)).to_have_value("J’ai vérifié auprès du centre d’inscription. Voici la réponse :")
    await expect(box(page)).to_be_focused()


async def test_snooze_assign_resolve_and_hand_back(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine(language="fr"))
    page = await opened(open_page, fake_desk)
    acts = page.get_by_role("group", name="What you can do")
    await page.keyboard.press("s")
    await page.get_by_role("button", name="Tomorrow morning").click()
    await page.get_by_role("dialog").get_by_role("button", name="Snooze", exact=True).click()
    await expect(acts.get_by_role("button", name="Wake")).to_be_visible()
    assert talk.snoozed_until is not None and talk.snoozed_until.endswith("T14:00:00.000Z")
    await page.keyboard.press("Escape")
    await page.keyboard.press("b")
    line = page.get_by_role("dialog").get_by_role("textbox")
    await expect(line).to_have_value("Merci. Le guide prend le relais.")
    await line.fill("Le guide continue.")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Anne Tremblay handed it back to the guide")).to_be_visible()
    await acts.get_by_role("button", name="Assign").click()
    await page.get_by_role("combobox", name="Assignee").select_option("staff:1")
    await page.get_by_role("dialog").get_by_role("button", name="Assign").click()
    await expect(page.get_by_text("With you")).to_be_visible()
    await acts.get_by_role("button", name="Resolve").click()
    await expect(page.get_by_text("This conversation is resolved.")).to_be_visible()
    does = [what.split("/")[-1] for what, _ in fake_desk.posts]
    assert does == ["snooze", "hand-back", "assign", "resolve"]


async def test_the_file_is_shown_on_demand_only_and_put_right(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine(proved=True))
    answer = data.answered("en", "not_yet")
    talk.say("bot", answer.pop("text"), **answer)
    page = await opened(open_page, fake_desk)
    side = page.get_by_role("complementary", name="Case")
    await expect(side).to_contain_text("Each look at the file is recorded")
    assert fake_desk.posts == []
    await side.get_by_role("button", name="Show the file").click()
    await expect(side).to_contain_text("Camille Roy")
    await expect(side).to_contain_text("Conditionally approved")
    assert fake_desk.posts == [("looked", {"id": TALK})]
    await side.get_by_role("button", name="Mark CBSA part as shared").click()
    await page.get_by_role("dialog").get_by_role("button", name="Mark CBSA part as shared").click()
    await side.get_by_role("button", name="Add a trip").click()
    await page.get_by_label("From").fill("yyz")
    await page.get_by_label("To", exact=True).fill("bos")
    await page.get_by_label("Departure").fill("2026-12-01T09:30")
    await page.get_by_role("dialog").get_by_role("button", name="Add a trip").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    sent = [(what.removeprefix(f"conversations/{TALK}/"), body) for what, body in fake_desk.posts if "file" in what]
    segment = {"origin": "YYZ", "destination": "BOS", "departs_at": "2026-12-01T09:30", "mode": "air"}
    assert sent == [("file/cbsa-shared", {}), ("file/trips", {"segments": [segment]})]
    await expect(side.get_by_text("Not yet").first).to_be_visible()
    await expect(side.locator(".trace li")).to_have_count(5)
    await expect(side.locator(".trace .fails")).to_contain_text("Does not hold:")


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
