"""What travellers say in Slack, read from the documented events and interactions."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.channels.port import CallError, Said
from bot.channels.slack.incoming import read
from tests.channels.slack.fake_slack import ALERTS, DIRECT, TEAM, pressed, said

FORM = "application/x-www-form-urlencoded"
SHOWN: dict[str, Any] = {
    "ts": "1.1",
    "blocks": [
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "say_1", "text": {"type": "plain_text", "text": "Yes"}, "value": "yes"},
                {
                    "type": "button",
                    "action_id": "open",
                    "text": {"type": "plain_text", "text": "Go"},
                    "url": "https://x",
                },
            ],
        }
    ],
}


def _event(call: dict[str, Any], team: str = TEAM) -> list[Said]:
    return read(json.dumps(call).encode(), "application/json; charset=utf-8", team)


def _press(call: dict[str, Any], team: str = TEAM) -> list[Said]:
    return read(urlencode({"payload": json.dumps(call)}).encode(), FORM, team)


def test_a_direct_message_is_said_in_its_channel_and_a_repeat_has_the_same_name() -> None:
    (came,) = _event(said("YVR &amp; YYZ"))
    assert (came.sender, came.text) == (DIRECT, "YVR & YYZ")
    (again,) = _event({**said("YVR &amp; YYZ"), "event_id": "Ev2"})
    assert again.id == came.id != _event(said("YVR", 2))[0].id


@pytest.mark.parametrize(
    ("mimetype", "kind"), [("image/png", "picture"), ("audio/mp4", "voice"), ("application/pdf", "file")]
)
def test_a_file_is_named_with_its_caption(mimetype: str, kind: str) -> None:
    (came,) = _event(said("my card", subtype="file_share", files=[{"id": "F1", "mimetype": mimetype}]))
    assert (came.attachment, came.text) == (kind, "my card")


@pytest.mark.parametrize(
    "call",
    [
        said("our own", bot_id="B1"),
        said("edited", subtype="message_changed"),
        said("in a channel", channel=ALERTS, channel_type="channel"),
        said("news", user="USLACKBOT"),
        said(""),
        {**said("x"), "event": {"type": "app_home_opened", "user": "U1", "channel": DIRECT, "tab": "home"}},
        {**said("x"), "event": {"type": "channel_created", "channel": {"id": "C1"}}},
        {"type": "app_rate_limited", "team_id": TEAM},
        {**said("elsewhere"), "team_id": "T000"},
    ],
    ids=["own", "edit", "channel", "slackbot", "empty", "home", "object", "limited", "team"],
)
def test_what_does_not_concern_us_is_let_go(call: dict[str, Any]) -> None:
    assert _event(call) == []


def test_any_team_is_taken_where_none_is_set() -> None:
    assert len(_event({**said("x"), "team_id": "T000"}, team="")) == 1


def test_a_pressed_button_says_its_payload() -> None:
    (came,) = _press(pressed(SHOWN, "Yes"))
    assert (came.sender, came.text) == (DIRECT, "yes")
    assert _press(pressed(SHOWN, "Yes"))[0].id == came.id != _press(pressed(SHOWN, "Yes", 2))[0].id


def test_a_link_and_a_press_outside_a_direct_message_say_nothing() -> None:
    assert _press(pressed(SHOWN, "Go")) == []
    assert _press(pressed(SHOWN, "Yes", channel=ALERTS)) == []
    assert _press(pressed(SHOWN, "Yes"), team="T000") == []


@pytest.mark.parametrize("body", [b"", b"payload=", b"payload=%ff", b"a=1", b"payload=1&payload=2", b"\xff"])
def test_something_else_is_refused(body: bytes) -> None:
    for kind in (FORM, "application/json"):
        with pytest.raises(CallError):
            read(body, kind, TEAM)
