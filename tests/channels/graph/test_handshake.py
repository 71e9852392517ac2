"""Meta making sure of the address."""

import pytest

from bot.channels.graph.handshake import answer
from bot.channels.port import Call
from tests.record.scripted import NOON

GOOD = {"hub.mode": "subscribe", "hub.verify_token": "wörd", "hub.challenge": "1158201444"}


def _call(query: dict[str, str], method: str = "GET") -> Call:
    return Call(method, "https://guide.example/channels/messenger", {}, query, b"", NOON)


def test_the_challenge_goes_back_to_who_knows_the_token() -> None:
    given = answer(_call(GOOD), "wörd")
    assert given is not None
    assert (given.status, given.body, given.content_type) == (200, "1158201444", "text/plain")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.verify_token": "word"},
        {"hub.verify_token": ""},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": "<script>alert(1)</script>"},
        {"hub.challenge": "1" * 201},
        {"hub.challenge": ""},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_anything_else_is_refused_and_nothing_of_it_goes_back(wrong: dict[str, str]) -> None:
    given = answer(_call(GOOD | wrong), "wörd")
    assert given is not None
    assert given.status == 403
    assert "script" not in given.body


def test_other_calls_are_no_handshake() -> None:
    assert answer(_call({}), "wörd") is None
    assert answer(_call(GOOD, "POST"), "wörd") is None
