"""Trying WhatsApp Cloud's settings."""

from collections.abc import AsyncIterator

import msgspec

from bot.channels.graph.client import Graph
from bot.channels.port import Finding
from bot.channels.whatsapp_cloud.settings import Options
from bot.conversations.outbox.port import SendError
from bot.texts import LANGUAGES

_FIELDS = "display_phone_number,verified_name,quality_rating,webhook_configuration"


class _Webhooks(msgspec.Struct, frozen=True):
    """Where Meta delivers: the address of the number itself, else of the account, else of the app."""

    phone_number: str | None = None
    whatsapp_business_account: str | None = None
    application: str | None = None


class _Number(msgspec.Struct, frozen=True):
    display_phone_number: str = "?"
    verified_name: str = "?"
    quality_rating: str = "UNKNOWN"
    webhook_configuration: _Webhooks = _Webhooks()


async def check(graph: Graph, options: Options, address: str) -> AsyncIterator[Finding]:
    """What the Graph API says of the number; `address` is where it should deliver."""
    try:
        number = await graph.get(options.whatsapp_cloud_phone_id, _Number, fields=_FIELDS)
    except SendError as error:
        yield Finding(False, f"asked with WHATSAPP_CLOUD_PHONE_ID and WHATSAPP_CLOUD_TOKEN: {error}")
        return
    yield Finding(True, f"the token speaks for {number.display_phone_number}, “{number.verified_name}”")
    if number.quality_rating in ("YELLOW", "RED"):
        yield Finding(number.quality_rating == "YELLOW", f"Meta rates the number {number.quality_rating}")
    hooks = number.webhook_configuration
    delivered_to = hooks.phone_number or hooks.whatsapp_business_account or hooks.application
    if delivered_to is not None:
        good = delivered_to == address
        yield Finding(good, f"Meta delivers to {delivered_to}" + ("" if good else f"; expected {address}"))
    for language in LANGUAGES:
        if not options.template(language):
            name = f"WHATSAPP_CLOUD_TEMPLATE_{language.upper()}"
            yield Finding(True, f"{name} is not set: nothing is sent 24 hours after a traveller's last message")
