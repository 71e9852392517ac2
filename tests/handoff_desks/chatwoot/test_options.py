"""Settings of Chatwoot's that cannot work are refused with a sentence that names them."""

import pytest

from bot.handoff_desks.chatwoot.options import Options, read_options
from bot.settings import Settings, SettingsError

GOOD = {
    "handoff_desk": "chatwoot",
    "chatwoot_url": "https://chat.example.org/",
    "chatwoot_account": "2",
    "chatwoot_inbox": "5",
    "chatwoot_token": "abcDEF123",
    "chatwoot_webhook_secret": "0123456789abcdef fedcba9876543210",
}


def test_good_settings() -> None:
    secrets = ("0123456789abcdef", "fedcba9876543210")
    assert read_options(Settings(**GOOD)) == Options("https://chat.example.org", 2, 5, "abcDEF123", secrets)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("chatwoot_url", "", "HANDOFF_DESK: chatwoot needs CHATWOOT_URL too"),
        ("chatwoot_webhook_secret", " ", "chatwoot needs CHATWOOT_WEBHOOK_SECRET too"),
        ("chatwoot_url", "chat.example.org", "CHATWOOT_URL: expected an address"),
        ("chatwoot_url", "https://user:word@chat.example.org", "CHATWOOT_URL"),
        ("chatwoot_url", "https://[chat", "CHATWOOT_URL"),
        ("chatwoot_account", "two", "CHATWOOT_ACCOUNT: expected the number"),
        ("chatwoot_inbox", "0", "CHATWOOT_INBOX: expected the number"),
        ("chatwoot_token", "abc\r\nX: y", "CHATWOOT_TOKEN"),
        ("chatwoot_webhook_secret", "short", "CHATWOOT_WEBHOOK_SECRET"),
    ],
)
def test_settings_that_cannot_work(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_options(Settings(**GOOD | {name: value}))
    assert words in str(refused.value)


def test_secrets_stay_out_of_the_sentences() -> None:
    for name in ("chatwoot_token", "chatwoot_webhook_secret"):
        with pytest.raises(SettingsError) as refused:
            read_options(Settings(**GOOD | {name: "s3cret!"}))
        assert "s3cret" not in str(refused.value)
