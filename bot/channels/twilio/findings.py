"""Tries the credentials, and whether what is set at Twilio fits what is set here."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.channels.port import Finding
from bot.channels.twilio.settings import SERVICE
from bot.conversations.outbox.port import NotSentError, SendError

Look = Callable[[], Awaitable[list[Finding]]]


async def check(client: Any, account: str, look: Look) -> Sequence[Finding]:
    """The account, and what `look` finds about the sender. Raises nothing."""
    try:
        status = (await client.api.v2010.accounts(account).fetch_async()).status
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was found out
        return [Finding(False, _account_failure(error))]
    if status != "active":
        return [Finding(False, f"the Twilio account is {status}, not active: it sends nothing; see Console")]
    good = Finding(True, "Twilio accepts TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, and the account is active")
    try:
        return [good, *await look()]
    except Exception as error:  # noqa: BLE001 - as above
        return [good, Finding(False, f"the sender could not be looked up: {_kind(error)}")]


async def number(client: Any, sender: str, variable: str, url: str) -> list[Finding]:
    """About a telephone number or a messaging service."""
    if sender.startswith(SERVICE):
        return await service(client, sender, variable, url)
    if not sender.startswith("+"):
        return [Finding(True, f"{variable} is a short code, which cannot be looked up; make sure that it calls {url}")]
    found = await client.incoming_phone_numbers.list_async(phone_number=sender, limit=1)
    if not found:
        return [Finding(False, f"{variable}: the account has no such number; see Console, Phone Numbers")]
    if found[0].sms_application_sid:
        what = f"{variable} is a number of the account; a TwiML application takes its messages: have it call {url}"
        return [Finding(True, what)]
    return [_webhook(variable, found[0].sms_url, found[0].sms_method, url)]


async def service(client: Any, sender: str, variable: str, url: str) -> list[Finding]:
    """About a messaging service."""
    found = await client.messaging.v1.services(sender).fetch_async()
    if found.use_inbound_webhook_on_number:
        what = f"{variable} is a messaging service that leaves it to each number whom to call; each must call {url}"
        return [Finding(True, what)]
    return [_webhook(variable, found.inbound_request_url, found.inbound_method, url)]


async def whatsapp(client: Any, sender: str, variable: str, url: str) -> list[Finding]:
    """About a WhatsApp sender or a messaging service."""
    if sender.startswith(SERVICE):
        return await service(client, sender, variable, url)
    senders = await client.messaging.v2.channels_senders.list_async(channel="whatsapp", limit=1000)
    found = next((each for each in senders if each.sender_id == sender), None)
    if found is None:
        what = (
            f"{variable}: the account has no such WhatsApp sender; take one of those in Console, WhatsApp senders "
            "(the sandbox is not listed there, and is for trying only)"
        )
        return [Finding(False, what)]
    online = found.status == "ONLINE"
    findings = [] if online else [Finding(False, f"{variable}: the sender is {found.status}, not ONLINE")]
    # The list may leave the addresses out.
    webhook = found.webhook or (await found.fetch_async()).webhook or {}
    return [*findings, _webhook(variable, webhook.get("callback_url"), webhook.get("callback_method"), url)]


def _webhook(variable: str, is_set: str | None, method: str | None, url: str) -> Finding:
    # What stands behind # is for Twilio: how often it tries. It is neither sent nor signed.
    address, _, tries = (is_set or "").partition("#")
    if address == url and (method or "POST").upper() == "POST":
        hint = "" if "rc=" in tries else f"; set {url}#rc=5&rp=all, or Twilio does not try again after a 5xx"
        return Finding(True, f"{variable} is the account's, and its messages come to {url}{hint}")
    if address == url:
        return Finding(False, f"{variable}: Twilio calls {url} by {method}; set POST")
    return Finding(False, f"{variable}: Twilio calls {is_set or 'nobody'} when a message comes; set {url}, by POST")


def _account_failure(error: Exception) -> str:
    if isinstance(error, NotSentError):
        return f"{error}; see TWILIO_API_URL and this machine's way out"
    if getattr(error, "status", None) in {401, 403, 404}:
        return "Twilio does not accept TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN; copy both from Console, Account info"
    return f"the Twilio account could not be looked up: {_kind(error)}"


def _kind(error: Exception) -> str:
    if isinstance(error, SendError):
        return str(error)
    status, code = getattr(error, "status", None), getattr(error, "code", None)
    return f"Twilio answered {status}, error {code}" if status is not None else type(error).__name__
