"""Whether Telegram takes our token, and delivers to us."""

from typing import Any

import msgspec

from bot.channels.port import Finding
from bot.channels.telegram.api import Api
from bot.conversations.outbox.port import SendError

WANTED = ("message", "edited_message", "callback_query")
"""The updates that are read; Telegram keeps the others to itself where it is told so."""


class _Hook(msgspec.Struct, frozen=True):
    """The answer to getWebhookInfo."""

    url: str = ""
    pending_update_count: int = 0
    last_error_message: str | None = None
    allowed_updates: list[str] | None = None


async def check(api: Api, address: str) -> list[Finding]:
    """What was found out; `address` is where Telegram should deliver. Raises nothing."""
    try:
        me = await api.call("getMe")
        hook = msgspec.convert(await api.call("getWebhookInfo"), _Hook)
    except (SendError, msgspec.ValidationError) as error:
        return [Finding(False, f"TELEGRAM_BOT_TOKEN was tried, and that did not work: {error}")]
    findings = [Finding(True, f"TELEGRAM_BOT_TOKEN is that of {_name(me)}")]
    if hook.url != address:
        there = f"delivers to {hook.url}" if hook.url else "delivers nowhere"
        findings.append(Finding(False, f"Telegram {there}; it should deliver to {address}. {_call(api.url, address)}"))
    elif hook.allowed_updates and not set(WANTED) <= set(hook.allowed_updates):
        kept = ", ".join(sorted(set(WANTED) - set(hook.allowed_updates)))
        findings.append(Finding(False, f"Telegram keeps back {kept}. {_call(api.url, address)}"))
    else:
        findings.append(Finding(True, f"Telegram delivers to {address}"))
    if hook.last_error_message:
        is_held_up = hook.pending_update_count > 0
        waiting = f"{hook.pending_update_count} updates wait" if is_held_up else "nothing waits now"
        findings.append(Finding(not is_held_up, f"its last failed delivery: {hook.last_error_message}; {waiting}"))
    return findings


def _name(me: Any) -> str:
    name = me.get("username") if isinstance(me, dict) else None
    return f"@{name}" if name else "a bot without a name"


def _call(url: str, address: str) -> str:
    values = f'"url":"{address}","secret_token":"\'$TELEGRAM_SECRET_TOKEN\'"'
    wanted = ",".join(f'"{each}"' for each in WANTED)
    return (
        f"Set it: curl {url}/bot$TELEGRAM_BOT_TOKEN/setWebhook "
        f"-H 'Content-Type: application/json' -d '{{{values},\"allowed_updates\":[{wanted}]}}'"
    )
