"""What the dialogue says in one turn, each message whole."""

from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.dialogue.collecting import ReplyCollector


def test_text_buttons_and_data_of_one_response_stay_one_reply() -> None:
    collector = ReplyCollector()
    choice = {"intent": "ask_why", "entities": [{"entity": "shared", "value": "yes"}]}
    buttons = [{"title": "Why?", "payload": "Why?", "choice": choice}, {"title": "Go", "payload": "go"}]
    collector.add([{"text": "Yes.", "buttons": buttons, "custom": {"meta": {"intent": "x"}}}])
    collector.add([{"text": "And more."}])
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
    assert (collector.handoff(), collector.leaves_queue(), collector.rating()) == (None, False, None)


def test_what_has_no_text_is_no_reply_but_may_ask_for_something() -> None:
    collector = ReplyCollector()
    states = ({"state": "waiting"}, {"effect": "forget_identity"}, {"state": "closed"}, {})
    collector.add({"custom": custom} for custom in states)
    assert collector.replies("en") == ()
    assert collector.state() == "closed"
    assert collector.effects() == {"forget_identity"}


def test_why_a_person_is_asked_for_and_the_rating_reach_the_answer() -> None:
    collector = ReplyCollector()
    asked = (
        {"state": "waiting", "handoff": "asked"},
        {"handoff": "complaint"},
        {"leaves_queue": True},
        {"rating": "no"},
    )
    collector.add({"custom": custom} for custom in asked)
    assert (collector.handoff(), collector.leaves_queue(), collector.rating()) == ("complaint", True, "no")
