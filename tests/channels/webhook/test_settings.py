"""The webhook's settings."""

import pytest

from bot.channels.webhook.channel import KIND
from bot.channels.webhook.settings import Options
from bot.settings import SettingsError
from tests.channels.webhook.fake_webhook import OLD_SECRET, SECRET

ON = {"WEBHOOK_URL": "https://app.example/nexus", "WEBHOOK_SECRET": SECRET}


def test_https_anywhere_and_http_on_this_machine() -> None:
    for url in (
        "https://app.example/nexus?tenant=1",
        "http://127.0.0.1:9000/",
        "http://[::1]:9000/",
        "http://localhost",
    ):
        assert KIND.read(ON | {"WEBHOOK_URL": url}) == Options(webhook_url=url, webhook_secret=SECRET)


@pytest.mark.parametrize(
    "change",
    [
        {"WEBHOOK_URL": "http://app.example/nexus"},
        {"WEBHOOK_URL": "app.example"},
        {"WEBHOOK_URL": "https://me:hidden@app.example"},
        {"WEBHOOK_URL": "https://app.example:99999"},
        {"WEBHOOK_SECRET": "hidden"},
        {"WEBHOOK_SECRET": "whsec_hidden"},
        {"WEBHOOK_SECRET": SECRET.removeprefix("whsec_")},
        {"WEBHOOK_SECRET_OLD": "hidden é"},
        {"WEBHOOK_SECRET": ""},
    ],
    ids=repr,
)
def test_what_cannot_be_used_is_said_by_name_and_never_by_value(change: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(change))) as raised:
        KIND.read(ON | {"WEBHOOK_SECRET_OLD": OLD_SECRET} | change)
    assert "hidden" not in str(raised.value)
    assert SECRET.removeprefix("whsec_") not in str(raised.value)


def test_off_without_an_address() -> None:
    assert KIND.read({"WEBHOOK_SECRET": SECRET}) is None
