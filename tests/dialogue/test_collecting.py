"""What the dialogue says in one turn, each message whole."""

from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.dialogue.collecting import ReplyCollector


async def test_text_buttons_and_data_of_one_response_stay_one_reply() -> None:
    collector = ReplyCollector()
    choice = {"intent": "ask_why", "entities": [{"entity": "shared", "value": "yes"}]}
    buttons = [{"title": "Why?", "payload": "Why?", "choice": choice}, {"title": "Go", "payload": "go"}]
    await collector.send_response("c", {"text": "Yes.", "buttons": buttons, "custom": {"meta": {"intent": "x"}}})
    await collector.send_text_message("c", "And more.")
    assert collector.replies("fr") == (
        Reply(
            "Yes.",
            "fr",
            (Button("Why?", "Why?", Choice("ask_why", ({"entity": "shared", "value": "yes"},))), Button("Go", "go")),
            {"intent": "x"},
        ),
        Reply("And more.", "fr"),
    )
    assert (collector.state(), collector.effects()) == (None, frozenset())


async def test_what_has_no_text_is_no_reply_but_may_ask_for_something() -> None:
    collector = ReplyCollector()
    for custom in ({"state": "waiting"}, {"effect": "forget_identity"}, {"state": "closed"}, {}):
        await collector.send_response("c", {"custom": custom})
    assert collector.replies("en") == ()
    assert collector.state() == "closed"
    assert collector.effects() == {"forget_identity"}
