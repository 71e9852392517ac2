"""Asking and being answered, whatever the network does: nothing is lost, nothing doubles."""

import asyncio
import re

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fake_guide import FakeGuide


def messages(page: Page, sender: str = "") -> Locator:
    """The messages in the log, those kept and not sent yet included."""
    return page.locator(f".message{'.' + sender if sender else ''}")


async def ask(page: Page, text: str) -> None:
    """Types into the field and presses Enter."""
    await page.get_by_role("textbox").fill(text)
    await page.keyboard.press("Enter")


async def test_a_question_is_sent_and_answered(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await expect(page.get_by_text("Bonjour / Hello")).to_be_visible()
    await ask(page, "Can I do it on Friday?")
    await expect(messages(page, "bot").last).to_contain_text("Answer to: Can I do it on Friday?")
    await expect(messages(page, "traveller")).to_have_count(1)
    await expect(page.get_by_role("textbox")).to_have_value("")
    await expect(page.get_by_role("textbox")).to_be_focused()


async def test_shift_enter_and_composing_do_not_send(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    field = page.get_by_role("textbox")
    await field.fill("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    await expect(field).to_have_value("one\ntwo")
    await page.keyboard.press("Enter")
    await expect(messages(page, "bot").last).to_contain_text("Answer to: one two")
    assert guide.posts == ["one\ntwo"]


async def test_words_written_offline_are_kept_and_sent_once(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await ask(page, "first")
    await expect(messages(page, "bot")).to_have_count(2)
    await page.context.set_offline(True)
    await ask(page, "second")
    await expect(page.get_by_role("status")).to_have_text("Connection lost – your message is kept.")
    await expect(messages(page, "traveller").last).to_contain_text("Kept, not sent yet")
    await page.context.set_offline(False)
    await expect(messages(page, "bot").last).to_contain_text("Answer to: second")
    await expect(page.get_by_role("status")).to_have_text("You are connected again.")
    await expect(messages(page)).to_have_count(5)
    assert guide.posts == ["first", "second"]


async def test_an_answer_lost_on_the_way_is_asked_for_again(guide: FakeGuide, open_page: OpenPage) -> None:
    guide.sockets_work = False
    page = await open_page(guide.url)
    await expect(messages(page, "bot")).to_have_count(1)
    guide.lose_answers = 1
    await ask(page, "only once")
    await expect(messages(page, "bot").last).to_contain_text("Answer to: only once", timeout=20_000)
    await expect(messages(page)).to_have_count(3)
    assert [message["text"] for message in guide.newest.messages].count("only once") == 1


async def test_reload_finds_everything_once(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    for number in range(3):
        await ask(page, f"question {number}")
        await expect(messages(page, "bot")).to_have_count(number + 2)
    before = await messages(page).all_inner_texts()
    await page.reload()
    await expect(messages(page)).to_have_count(7)
    assert await messages(page).all_inner_texts() == before
    assert len(guide.conversations) == 1


async def test_reload_while_the_answer_is_on_its_way_sends_nothing_twice(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await expect(messages(page, "bot")).to_have_count(1)
    guide.pause.clear()
    await ask(page, "slow one")
    await expect(messages(page, "traveller")).to_have_count(1)
    await page.reload()
    await expect(messages(page, "traveller")).to_contain_text("slow one")
    guide.pause.set()
    await expect(messages(page, "bot").last).to_contain_text("Answer to: slow one")
    await expect(messages(page)).to_have_count(3)
    assert len(guide.newest.messages) == 3


async def test_what_came_while_the_socket_was_down_is_caught_up(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await ask(page, "hello")
    await expect(messages(page, "bot")).to_have_count(2)
    await guide.hang_up()
    await guide.newest.add("bot", {"text": "Said while you were away."})
    await expect(messages(page, "bot").last).to_contain_text("Said while you were away.")
    await expect(messages(page)).to_have_count(4)


async def test_without_websockets_it_polls(guide: FakeGuide, open_page: OpenPage) -> None:
    guide.sockets_work = False
    page = await open_page(guide.url)
    await ask(page, "hello")
    await expect(messages(page, "bot")).to_have_count(2)
    await guide.newest.add("staff", {"text": "Good morning, this is Anne."})
    await expect(messages(page, "staff")).to_contain_text("Good morning, this is Anne.")


async def test_an_expired_conversation_goes_on_as_a_new_one(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await ask(page, "before")
    await expect(messages(page, "bot")).to_have_count(2)
    guide.conversations.clear()
    await ask(page, "after")
    await expect(page.get_by_text("The earlier conversation has expired.")).to_be_visible()
    await expect(messages(page, "bot").last).to_contain_text("Answer to: after")
    await expect(page.get_by_text("Answer to: before")).to_have_count(1)
    await expect(messages(page, "traveller")).to_have_count(2)


async def test_too_many_messages_wait_as_long_as_the_guide_says(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await expect(messages(page, "bot")).to_have_count(1)
    guide.too_many = 1
    await ask(page, "patience")
    await expect(page.get_by_role("status")).to_have_text("Many messages at once. Yours will be sent in 1 s.")
    await expect(messages(page, "bot").last).to_contain_text("Answer to: patience")
    await expect(page.get_by_role("status")).to_have_text("")


async def test_a_refused_message_comes_back_into_the_field(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await expect(messages(page, "bot")).to_have_count(1)
    guide.refuse_with = 422
    await ask(page, "odd words")
    await expect(page.get_by_role("textbox")).to_have_value("odd words")
    await expect(messages(page, "traveller")).to_have_count(0)
    await expect(page.get_by_role("status")).to_contain_text("could not be accepted")


async def test_words_over_the_limit_are_counted_and_stay(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    field = page.get_by_role("textbox")
    await field.fill("🙂" * 2000)
    await expect(page.get_by_text("Characters left: 0")).to_be_visible()
    await field.fill("🙂" * 2001)
    await expect(page.get_by_role("alert")).to_contain_text("Too long by 1 characters")
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("🙂" * 2001)
    await page.reload()
    await expect(field).to_have_value("🙂" * 2001)
    assert guide.posts == []


async def test_replies_to_press_stand_under_the_newest_message_only(guide: FakeGuide, open_page: OpenPage) -> None:
    guide.greeting = [{"text": "What is it about?", "buttons": [{"title": "My flight", "payload": "choice:flight"}]}]
    guide.script = lambda text: [{"text": "Noted.", "buttons": [{"title": "Go on", "payload": "choice:on"}]}]
    page = await open_page(guide.url)
    await page.get_by_role("button", name="My flight").click()
    await expect(page.get_by_role("button", name="Go on")).to_be_visible()
    await expect(page.get_by_role("button", name="My flight")).to_have_count(0)
    assert guide.posts == ["choice:flight"]
    await expect(messages(page, "traveller")).to_contain_text("My flight")
    await page.reload()
    await expect(messages(page, "traveller")).to_contain_text("My flight")
    await expect(page.get_by_role("button", name="Go on")).to_be_visible()


async def test_it_says_when_a_person_comes_and_goes(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await ask(page, "a person, please")
    await expect(messages(page, "bot")).to_have_count(2)
    log = page.get_by_role("log")
    await guide.newest.enter("waiting")
    await expect(log).to_contain_text("You asked for a person.")
    await guide.newest.enter("human")
    await expect(log).to_contain_text("A person has joined the conversation.")
    await guide.newest.add("staff", {"text": "Good morning."})
    await expect(messages(page, "staff")).to_contain_text("Person from the team")
    await guide.newest.enter("bot")
    await expect(log).to_contain_text("The person has left. The guide answers again.")
    await guide.newest.enter("closed")
    await page.get_by_role("button", name="Start a new conversation").click()
    await expect(messages(page)).to_have_count(1)
    assert len(guide.conversations) == 2


async def test_staff_have_a_name_and_show_what_they_do(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await ask(page, "a person, please")
    await expect(messages(page, "bot")).to_have_count(2)
    await guide.newest.enter("human")
    await guide.newest.tell({"type": "typing", "sender": "staff", "on": True})
    await expect(page.get_by_text("Person from the team is writing…")).to_be_visible()
    meta = {"intent": None, "sources": [], "author": {"name": "Anne Tremblay"}}
    await guide.newest.add("staff", {"text": "Good morning.", "meta": meta})
    await expect(messages(page, "staff").locator(".who")).to_have_text("Anne Tremblay")
    await expect(page.get_by_text("Anne Tremblay is writing…")).to_have_count(0)
    await guide.newest.tell({"type": "typing", "sender": "staff", "on": True})
    await expect(page.get_by_text("Anne Tremblay is writing…")).to_be_visible()
    await guide.newest.tell({"type": "read", "by": "traveller", "seq": 2})
    await guide.newest.tell({"type": "read", "by": "staff", "seq": 1})
    await guide.newest.tell({"type": "typing", "sender": "staff", "on": False})
    await expect(page.locator(".typing")).to_be_hidden()
    await expect(page.get_by_text("Read", exact=True)).to_have_count(0)
    await guide.newest.tell({"type": "read", "by": "staff", "seq": 4})
    await expect(messages(page, "traveller")).to_contain_text("Read")
    guide.script = lambda text: []
    await ask(page, "thank you")
    await expect(messages(page, "traveller").last).to_have_attribute("data-seq", "5")
    await expect(page.get_by_text("Read", exact=True)).to_have_count(0)


async def test_what_the_traveller_does_is_told_but_not_too_often(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await expect(messages(page, "bot")).to_have_count(1)
    await page.get_by_role("textbox").press_sequentially("a long question")
    await page.keyboard.press("Enter")
    await expect(messages(page, "bot")).to_have_count(2)
    assert guide.signs == [{"type": "typing", "on": True}, {"type": "typing", "on": False}]


async def test_only_what_was_in_view_is_told_as_read(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await expect(messages(page, "bot")).to_have_count(1)
    hide = "hidden => Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })"
    await page.evaluate(hide, True)
    await guide.newest.add("staff", {"text": "\n\n".join(f"Line {number}" for number in range(60))})
    await guide.newest.add("staff", {"text": "And below."})
    await expect(messages(page, "staff")).to_have_count(2)
    await page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 100))")
    assert guide.signs == []
    await page.evaluate(hide, False)
    await page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    log = page.get_by_role("log")
    await log.evaluate("node => { node.scrollTop = node.scrollHeight }")
    async with asyncio.timeout(10):
        while {"type": "read", "seq": 3} not in guide.signs:
            guide.signed.clear()
            await guide.signed.wait()
    assert guide.signs[0] == {"type": "read", "seq": 2}


async def test_after_the_end_the_traveller_writes_on(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await expect(messages(page, "bot")).to_have_count(1)
    await guide.newest.enter("closed")
    await expect(page.get_by_role("button", name="Start a new conversation")).to_be_visible()
    guide.newest.state = "bot"
    await ask(page, "one more thing")
    await expect(messages(page, "bot").last).to_contain_text("Answer to: one more thing")
    await expect(page.get_by_role("button", name="Start a new conversation")).to_be_hidden()
    assert len(guide.conversations) == 1


async def test_typing_is_shown(guide: FakeGuide, open_page: OpenPage) -> None:
    page = await open_page(guide.url)
    await ask(page, "hello")
    await expect(messages(page, "bot")).to_have_count(2)
    await guide.newest.tell({"type": "typing", "sender": "bot", "on": True})
    await expect(page.locator(".typing")).to_be_visible()
    await guide.newest.tell({"type": "typing", "sender": "bot", "on": False})
    await expect(page.locator(".typing")).to_be_hidden()


async def test_a_reader_further_up_is_not_pulled_down(guide: FakeGuide, open_page: OpenPage) -> None:
    guide.script = lambda text: [{"text": "\n\n".join(f"Line {number}" for number in range(60))}]
    page = await open_page(guide.url)
    await ask(page, "long answer")
    await expect(messages(page, "bot")).to_have_count(2)
    log = page.get_by_role("log")
    # A long answer is read from its question on.
    await expect(messages(page, "traveller")).to_be_in_viewport()
    await log.evaluate("node => { node.scrollTop = 200 }")
    top = await log.evaluate("node => node.scrollTop")
    await guide.newest.add("staff", {"text": "I am here now."})
    await page.get_by_role("button", name="New messages").wait_for()
    assert await log.evaluate("node => node.scrollTop") == top
    await page.get_by_role("button", name="New messages").click()
    await expect(messages(page, "staff")).to_be_in_viewport()


async def test_who_asks_from_further_up_sees_the_question(guide: FakeGuide, open_page: OpenPage) -> None:
    guide.script = lambda text: [{"text": "\n\n".join(f"Line {number}" for number in range(60))}]
    page = await open_page(guide.url)
    await ask(page, "long answer")
    await expect(messages(page, "bot")).to_have_count(2)
    await page.get_by_role("log").evaluate("node => { node.scrollTop = 200 }")
    await ask(page, "another")
    await expect(messages(page, "bot")).to_have_count(3)
    await expect(messages(page, "traveller").last).to_be_in_viewport()
    await expect(page.get_by_role("button", name="New messages")).to_be_hidden()


async def test_hostile_text_is_shown_as_text(guide: FakeGuide, open_page: OpenPage) -> None:
    hostile = '<img src=x onerror="window.broken = 1"><script>window.broken = 1</script> \u202egnirts \u200f</p>'
    guide.script = lambda text: [
        {
            "text": text,
            "buttons": [{"title": "<b>bold</b>", "payload": "x"}],
            "meta": {
                "intent": None,
                "sources": [{"id": "s", "title": "<i>t</i>", "date": None, "url": "javascript:alert(1)"}],
                "link": {"url": "javascript:alert(1)", "title": "Press", "expires_at": None},
            },
        }
    ]
    page = await open_page(guide.url)
    await ask(page, hostile)
    await expect(messages(page, "bot").last).to_contain_text('<img src=x onerror="window.broken = 1">')
    await expect(page.get_by_role("button", name="<b>bold</b>")).to_be_visible()
    chat = page.locator("nexus-guide-chat")
    assert await chat.locator("img, script, b, i:not(.typing i), a").count() == 0
    assert await page.evaluate("() => window.broken") is None
    await ask(page, "W" * 1500)
    await expect(messages(page, "bot")).to_have_count(3)
    log = page.get_by_role("log")
    assert await log.evaluate("node => node.scrollWidth <= node.clientWidth")


async def test_a_link_opens_a_new_tab_and_says_until_when_it_works(guide: FakeGuide, open_page: OpenPage) -> None:
    link = {"url": "/verify/abc", "title": "Show who I am", "expires_at": "2099-01-01T17:10:00Z"}
    guide.script = lambda text: [{"text": "One step.", "meta": {"intent": None, "sources": [], "link": link}}]
    page = await open_page(guide.url)
    await ask(page, "check my file")
    button = page.get_by_role("link", name="Show who I am (opens in a new tab)")
    await expect(button).to_have_attribute("href", f"{guide.url}/verify/abc")
    await expect(button).to_have_attribute("rel", "noopener")
    await expect(messages(page, "bot").last).to_contain_text(re.compile(r"Works until 12:10.p\.m\., once\."))
    link["expires_at"] = "2020-01-01T00:00:00Z"
    await ask(page, "again")
    await expect(messages(page, "bot").last).to_contain_text("This link has expired.")
