"""Trying Messenger's settings."""

from collections.abc import AsyncIterator

import msgspec

from bot.channels.graph.client import Graph
from bot.channels.port import Finding
from bot.conversations.outbox.port import SendError

_NEEDED = ("messages", "messaging_postbacks")
_WANTED = ("message_deliveries",)


class _Page(msgspec.Struct, frozen=True):
    name: str


class _App(msgspec.Struct, frozen=True):
    subscribed_fields: list[str] = []


class _Apps(msgspec.Struct, frozen=True):
    data: list[_App]


async def check(graph: Graph, page_id: str, *, human_agent: bool) -> AsyncIterator[Finding]:
    """What the Graph API says of the page and of what it delivers to us."""
    try:
        page = await graph.get(page_id, _Page, fields="name")
        yield Finding(True, f"the token speaks for the page “{page.name}”")
        apps = await graph.get(f"{page_id}/subscribed_apps", _Apps, fields="subscribed_fields")
    except SendError as error:
        yield Finding(False, f"asked with MESSENGER_PAGE_ID and MESSENGER_PAGE_TOKEN: {error}")
        return
    fields = {field for app in apps.data for field in app.subscribed_fields}
    missing = [field for field in _NEEDED if field not in fields]
    if missing:
        yield Finding(False, f"the page does not deliver {', '.join(missing)}; subscribe the app to them")
    else:
        yield Finding(True, "the page delivers messages and pressed buttons")
    if not missing and not fields.issuperset(_WANTED):
        yield Finding(True, f"without the field {', '.join(_WANTED)} nobody learns whether a message arrived")
    staff = "staff for 7 days" if human_agent else "staff too, unless MESSENGER_HUMAN_AGENT=yes"
    yield Finding(True, f"the guide may answer for 24 hours after a traveller's message, {staff}")
