"""The sentences of travellers are read side by side, each by one thread."""

from bot.workers.threads import VARIABLE, one_each


def test_one_thread_unless_the_operator_says_otherwise() -> None:
    unset, chosen = {"HOME": "/"}, {VARIABLE: "3"}
    one_each(unset)
    one_each(chosen)
    assert (unset, chosen) == ({"HOME": "/", VARIABLE: "1"}, {VARIABLE: "3"})
