"""Only who has the secret, and only now."""

from datetime import timedelta

import pytest

from bot.channels.webhook.settings import Options
from bot.channels.webhook.signature import is_genuine, signed
from tests.channels.webhook.fake_webhook import OLD_SECRET, SECRET, call
from tests.record.scripted import NOON

KEYS = Options(webhook_url="https://app.example", webhook_secret=SECRET).keys()
BOTH = Options(webhook_url="https://app.example", webhook_secret=SECRET, webhook_secret_old=OLD_SECRET).keys()
BODY = b'{"type": "message"}'


def test_makes_the_signature_of_the_specifications_own_example() -> None:
    key = Options(webhook_url="https://app.example", webhook_secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").keys()
    headers = {
        "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "Webhook-Timestamp": "1614265330",
        "Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    at = NOON.fromtimestamp(1614265330, NOON.tzinfo)
    assert is_genuine(key, headers, b'{"test": 2432232314}', at)
    assert signed(key, headers["Webhook-Id"], b'{"test": 2432232314}', at) == headers


def test_takes_what_the_other_side_signed_with_the_new_or_the_old_secret() -> None:
    for secret in (SECRET, OLD_SECRET):
        sent = call({}, NOON, secret=secret)
        assert is_genuine(BOTH, sent["headers"], sent["data"], NOON)
    old = call({}, NOON, secret=OLD_SECRET)
    assert not is_genuine(KEYS, old["headers"], old["data"], NOON)


def test_ours_carries_a_signature_of_each_secret_while_there_are_two() -> None:
    headers = signed(BOTH, "key-1", BODY, NOON)
    assert len(headers["Webhook-Signature"].split(" ")) == 2
    for key in BOTH:
        assert is_genuine([key], headers, BODY, NOON)


@pytest.mark.parametrize("seconds", [-301, 301])
def test_what_is_older_than_five_minutes_or_of_the_future_is_refused(seconds: int) -> None:
    headers = signed(KEYS, "key-1", BODY, NOON)
    nearly = timedelta(seconds=seconds - (1 if seconds > 0 else -1))
    assert is_genuine(KEYS, headers, BODY, NOON + nearly)
    assert not is_genuine(KEYS, headers, BODY, NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "change",
    [
        {"Webhook-Id": "key-2"},
        {"Webhook-Id": ""},
        {"Webhook-Id": "key.1"},
        {"Webhook-Timestamp": "1763744401"},
        {"Webhook-Timestamp": "١٧٦٣٧٤٤٤٠٠"},
        {"Webhook-Timestamp": "1763744400.0"},
        {"Webhook-Timestamp": "-1"},
        {"Webhook-Signature": ""},
        {"Webhook-Signature": "v1,"},
        {"Webhook-Signature": "v1,é\udcff"},
        {"Webhook-Signature": " ".join(["v1,wrong"] * 1000)},
    ],
    ids=repr,
)
def test_what_was_changed_on_the_way_is_refused(change: dict[str, str]) -> None:
    headers = signed(KEYS, "key-1", BODY, NOON)
    assert not is_genuine(KEYS, headers | change, BODY, NOON)


def test_a_changed_body_and_a_moved_full_stop_are_refused() -> None:
    headers = signed(KEYS, "1", b"5.x", NOON)
    assert not is_genuine(KEYS, headers, b"5.y", NOON)
    stamp = headers["Webhook-Timestamp"]
    assert not is_genuine(KEYS, headers | {"Webhook-Id": f"1.{stamp}", "Webhook-Timestamp": "5"}, b"x", NOON)
