"""Only what Slack signed in the last five minutes is believed."""

from datetime import timedelta

import pytest

from bot.channels.slack.signature import is_genuine
from tests.channels.slack.fake_slack import SECRET, signed
from tests.record.scripted import NOON

BODY = '{"text":"é"}'.encode()


def test_slacks_own_example_is_genuine() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = {
        "X-Slack-Request-Timestamp": "1531420618",
        "X-Slack-Signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    }
    at = NOON.fromtimestamp(1531420620, NOON.tzinfo)
    assert is_genuine("8f742231b10e8888abcd99yyyzzz85a5", headers, body, at)


def test_a_call_is_genuine_for_five_minutes_either_way() -> None:
    headers = signed(BODY, NOON)
    for seconds in (-300, 0, 300):
        assert is_genuine(SECRET, headers, BODY, NOON + timedelta(seconds=seconds))
    for seconds in (-301, 301):
        assert not is_genuine(SECRET, headers, BODY, NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=\udcff"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "²"},
    ],
)
def test_a_call_with_another_signature_or_no_time_is_not_genuine(change: dict[str, str]) -> None:
    assert not is_genuine(SECRET, {**signed(BODY, NOON), **change}, BODY, NOON)


def test_another_body_or_secret_is_not_genuine() -> None:
    assert not is_genuine(SECRET, signed(BODY, NOON), BODY + b" ", NOON)
    assert not is_genuine(SECRET, signed(BODY, NOON, "other"), BODY, NOON)
    assert not is_genuine(SECRET, signed(b"\xff", NOON), b"\xff", NOON)
