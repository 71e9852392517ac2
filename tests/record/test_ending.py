"""How a turn ends for the conversation as it is when it ends."""

from typing import Any

import pytest

from bot.conversations.ending import Ending
from bot.conversations.held import Held, Row
from bot.conversations.pending import Pending, PendingEvent
from bot.conversations.states import State
from tests.record.scripted import NOON, answer

TURN = Pending("c", "bot", "en", 1, PendingEvent(1, "handed_back"))


def ending(state: State, takeovers: int, given: Any) -> Ending | None:
    held = Held("c", "web", Row(state, "en", 3, NOON, takeovers=takeovers))
    return Ending.of(held, TURN, given, NOON, failed=False)


def test_while_a_person_has_it_an_answer_is_dropped() -> None:
    found = ending("human", 2, answer("late"))
    assert found is not None
    assert (found.answer, found.dropped, found.state) == (None, True, "human")


@pytest.mark.parametrize(("takeovers", "given"), [(2, answer("from before a take-over")), (1, None)])
def test_what_was_given_back_meanwhile_is_looked_at_anew(takeovers: int, given: Any) -> None:
    assert ending("bot", takeovers, given) is None


@pytest.mark.parametrize(
    ("before", "wish", "after"),
    [
        ("bot", {}, "bot"),
        ("bot", {"state": "waiting"}, "waiting"),
        ("bot", {"state": "closed"}, "closed"),
        ("waiting", {}, "waiting"),
        ("waiting", {"state": "closed"}, "waiting"),
        ("waiting", {"leaves_queue": True}, "bot"),
        ("closed", {}, "bot"),
        ("closed", {"state": "closed"}, "closed"),
        ("closed", {"state": "waiting"}, "waiting"),
    ],
)
def test_the_answer_says_where_the_conversation_goes(before: State, wish: dict[str, Any], after: State) -> None:
    found = ending(before, 1, answer("well", **wish))
    assert found is not None
    assert found.state == after
