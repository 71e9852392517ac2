"""What Twilio's errors mean."""

import pytest

from bot.channels.twilio import errors
from bot.channels.twilio.errors import failure_of, send_error
from bot.conversations.outbox.port import NotSentError, RefusedError, UnclearError


def test_no_error_has_two_meanings() -> None:
    codes = [code for codes in errors._FAILURES.values() for code in codes]
    assert len(codes) == len({*codes})
    assert not errors._OURS & {*codes}


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (21610, "unsubscribed"),
        (63014, "blocked"),
        (30006, "unknown_address"),
        (63016, "window"),
        (30007, "rejected"),
        (30003, "tried_enough"),
        (None, "tried_enough"),
        (99999, "tried_enough"),
    ],
)
def test_a_message_that_did_not_arrive_has_a_reason(code: int | None, failure: str) -> None:
    assert failure_of(code) == failure


def test_what_no_list_has_goes_by_the_status() -> None:
    assert isinstance(send_error(400, 99999, None), RefusedError)
    assert isinstance(send_error(504, None, None), UnclearError)
    assert isinstance(send_error(429, 99999, None), NotSentError)
    everybody = send_error(403, 99999, None)
    assert isinstance(everybody, NotSentError)
    assert everybody.everybody
