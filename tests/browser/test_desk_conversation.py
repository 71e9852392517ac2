"""A conversation at the desk, in a real browser: nothing written is lost or said twice, who has it is told."""

from playwright.async_api import expect

from tests.browser import fake_desk_data as data
from tests.browser.conftest import OpenPage
from tests.browser.desk_talks import TALK, box, mine, opened, rows, waiting
from tests.browser.fake_desk import FakeDesk

TO_THE_TOP = """log => new Promise((resolve) => {
  const first = log.querySelector('.item');
  const look = () => (log.querySelector('.item') === first ? setTimeout(look, 10) : resolve());
  log.scrollTop = 0;
  look();
})"""
"""Scrolls up until older messages are there."""

WRONG_TRIP = {
    "type": "urn:nexus-guide:problem:wrong-field",
    "detail": "segments[0].departs_at: not a date-time with offset",
    "errors": [
        {"field": "segments[0].departs_at", "detail": "not a date-time with offset"},
        {"field": "segments[0].origin", "detail": "no airport code"},
        {"field": "segments[1].departs_at", "detail": "is before the leg above it"},
    ],
}


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
    # Who noted something first does not write the reply into another note.
    await page.keyboard.press("n")
    await page.keyboard.type("I take this one.\n")
    await expect(rows(page).last).to_contain_text("I take this one.")
    await page.keyboard.press("Escape")
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
    await expect(page.locator(".item.note").last).to_contain_text("Ask the centre again.")
    await expect(page.locator(".item.note").last).to_contain_text("Private note")
    await fake_desk.tell({"type": "typing", "conversation_id": TALK, "sender": "traveller", "on": True})
    await expect(page.get_by_text("The traveller is typing…")).to_be_visible()
    await fake_desk.say(talk, "traveller", "Thank you!")
    await expect(rows(page).last).to_contain_text("Thank you!")
    await expect(page.get_by_text("The traveller is typing…")).to_be_hidden()
    assert [what.split("/")[-1] for what, _ in fake_desk.posts] == ["notes", "take", "reply", "notes"]
    assert len({await row.inner_text() for row in await rows(page).all()}) == await rows(page).count()


async def test_what_did_not_reach_the_traveller_says_so_and_why(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine())
    talk.say("bot", "The first", delivery={"state": "failed", "failure": "unsubscribed"})
    talk.say("bot", "The second", delivery={"state": "delivered", "failure": None})
    said = talk.say("staff", "The third", author="Anne Tremblay", delivery={"state": "delivered", "failure": None})
    page = await opened(open_page, fake_desk, "mine")
    fates = page.locator(".fate")
    await expect(fates).to_have_text(["Not delivered: the traveller wrote STOP", "Delivered"])
    seq = said["seq"]
    event = talk.happen("message.not_delivered", first_seq=seq, last_seq=seq, failure="window")
    await fake_desk.tell(
        {"type": "timeline", "conversation_id": TALK, "messages": [], "notes": [], "events": [event], "state": "human"}
    )
    await expect(fates.last).to_contain_text("Not delivered: the traveller last wrote too long ago")
    await expect(page.locator(".event-line").last).to_contain_text("A message was not delivered")


async def test_what_is_on_its_way_says_how_far_it_got_and_never_less(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine())
    said = talk.say("staff", "Hello", author="Anne Tremblay", delivery={"state": "waiting", "failure": None})
    page = await opened(open_page, fake_desk, "mine")
    fate = page.locator(".fate")
    await expect(fate).to_have_text("Waiting to be sent")
    told = {"type": "fared", "conversation_id": TALK, "first_seq": said["seq"], "last_seq": said["seq"]}
    for state, shown in (("sent", "Sent"), ("delivered", "Delivered"), ("sent", "Delivered")):
        await fake_desk.tell({**told, "state": state})
        await expect(fate).to_have_text(shown)


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


async def test_what_a_snooze_ends_comes_back_by_itself(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(waiting(snoozed_until=data.at(-1)))
    page = await open_page("about:blank")
    await page.clock.install()
    await page.goto(f"{fake_desk.url}/desk#waiting/{TALK}")
    await expect(page.locator(".chips")).to_contain_text("Snoozed until")
    await expect(page.get_by_text("Nobody is waiting.")).to_be_visible()
    talk.snoozed_until = None
    await page.clock.fast_forward(90_000)
    await expect(page.locator("a.row")).to_have_count(1)
    await expect(page.locator(".chips")).not_to_contain_text("Snoozed until")


async def test_snooze_assign_resolve_and_hand_back(fake_desk: FakeDesk, open_page: OpenPage) -> None:
    talk = fake_desk.add(mine(language="fr"))
    page = await opened(open_page, fake_desk)
    acts = page.get_by_role("group", name="What you can do")
    await page.keyboard.press("s")
    await page.get_by_role("button", name="Tomorrow morning").click()
    await page.get_by_role("dialog").get_by_role("button", name="Snooze", exact=True).click()
    await expect(acts.get_by_role("button", name="Wake")).to_be_visible()
    assert talk.snoozed_until is not None and talk.snoozed_until.endswith("T14:00:00.000Z")
    await expect(page.get_by_role("dialog")).to_have_count(0)
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
    await page.route("**/file/trips", lambda route: route.fulfill(status=422, json=WRONG_TRIP))
    await page.get_by_role("dialog").get_by_role("button", name="Add a trip").click()
    await expect(page.get_by_role("alert")).to_have_text(
        "From: give the three letters of an airport, such as YVR. "
        "Leg 2: Departure: give the day and the hour on the ticket, in travel order, from a place with an airport code."
    )
    await page.unroute("**/file/trips")
    await page.get_by_role("dialog").get_by_role("button", name="Add a trip").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    sent = [(what.removeprefix(f"conversations/{TALK}/"), body) for what, body in fake_desk.posts if "file" in what]
    segment = {"origin": "YYZ", "destination": "BOS", "departs_at": "2026-12-01T09:30", "mode": "air"}
    assert sent == [("file/cbsa-shared", {}), ("file/trips", {"segments": [segment]})]
    await expect(side.get_by_text("Not yet").first).to_be_visible()
    await expect(side.locator(".trace li")).to_have_count(5)
    await expect(side.locator(".trace .fails")).to_contain_text("Not met:")
