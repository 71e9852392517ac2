"""The settings of this desk, checked before anything starts."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.settings import Settings, SettingsError

_SHORTEST_SECRET = 16
_NEEDED = ("chatwoot_url", "chatwoot_account", "chatwoot_inbox", "chatwoot_token", "chatwoot_webhook_secret")


@dataclass(frozen=True)
class Options:
    """Where Chatwoot is and how the two know each other; `url` has no slash at its end.

    `secrets` are those of the webhooks that may call; several, so that one can be changed without a gap.
    """

    url: str
    account: int
    inbox: int
    token: str
    secrets: tuple[str, ...]


def read_options(settings: Settings) -> Options:
    """The options in `settings`.

    Raises:
        SettingsError: one is missing or cannot be used; the sentence names it.
    """
    missing = [name.upper() for name in _NEEDED if not getattr(settings, name).strip()]
    if missing:
        raise SettingsError(
            f"setting HANDOFF_DESK: chatwoot needs {', '.join(missing)} too; set them, or HANDOFF_DESK=own"
        )
    secrets = tuple(settings.chatwoot_webhook_secret.split())
    if min(map(len, secrets)) < _SHORTEST_SECRET:
        raise SettingsError(
            f"setting CHATWOOT_WEBHOOK_SECRET: expected the webhook's secret as Chatwoot shows it, at least "
            f"{_SHORTEST_SECRET} characters, got fewer"
        )
    token = settings.chatwoot_token.strip()
    if not (token.isascii() and token.isalnum()):
        raise SettingsError("setting CHATWOOT_TOKEN: expected the access token of a user: letters and digits only")
    return Options(
        _address(settings.chatwoot_url.strip()),
        _number("CHATWOOT_ACCOUNT", settings.chatwoot_account),
        _number("CHATWOOT_INBOX", settings.chatwoot_inbox),
        token,
        secrets,
    )


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.username or parts.query or parts.fragment:
        raise SettingsError(f"setting CHATWOOT_URL: expected an address like https://chat.example.org, got {url!r}")
    return url.rstrip("/")


def _number(name: str, value: str) -> int:
    digits = value.strip()
    if not (digits.isascii() and digits.isdigit() and int(digits) > 0):
        raise SettingsError(f"setting {name}: expected the number that Chatwoot shows for it, got {value!r}")
    return int(digits)
