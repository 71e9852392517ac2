"""The sources of what was said, as lines of text."""

from collections.abc import Iterable
from datetime import date

from bot import formats
from bot.conversations.transcript import ShownMessage
from bot.formats import Language
from bot.texts import Catalogue


def sources(messages: Iterable[ShownMessage], language: Language, catalogue: Catalogue) -> str:
    """Each source once: title, date, address as far as they are known; nothing where there are none."""
    cited = {source["id"]: source for message in messages for source in message.meta.get("sources") or ()}
    lines = [_line(source["title"], source.get("date"), source.get("url"), language) for source in cited.values()]
    return "\n".join([catalogue.say("channel_sources", language), *lines]) if lines else ""


def _line(title: str, published: str | None, url: str | None, language: Language) -> str:
    dated = f"{title} ({formats.plain_date(date.fromisoformat(published), language)})" if published else title
    # In one line, so that an address is not cut from what it is the address of.
    return f"• {dated} {url}" if url else f"• {dated}"
