"""Messages for tests of rendering."""

from datetime import UTC, datetime
from typing import Any

from bot.channels.rendering.form import Form
from bot.conversations.transcript import ShownButton, ShownMessage
from bot.formats import Language
from bot.settings import ROOT
from bot.texts import Catalogue

CATALOGUE = Catalogue.load(ROOT / "data" / "responses")
SMS = Form(longest=1600, segments=3, together=True)
RICH = Form(longest=1024, buttons=3, longest_title=20)
BARE = Form(longest=160)
RELEASE = {"id": "release", "title": "Joint release", "date": "2023-01-25", "url": "https://example.ca/joint?x=1"}


def spoken(text: str, *titles: str, language: Language | None = "en", sender: Any = "bot", **meta: Any) -> ShownMessage:
    """A message that offers `titles`; the payload of each is its title in capitals."""
    buttons = [ShownButton(title, title.upper()) for title in titles]
    at = datetime(2026, 11, 21, tzinfo=UTC)
    return ShownMessage("m", 1, sender, text, language, buttons, at, {"intent": None, "sources": [], **meta})


def ruled(*lines: str, step: str, titles: tuple[str, ...] = (), language: Language = "en") -> ShownMessage:
    """A ruling on a flight, as the guide says it."""
    ruling = {"cbp_on_next_flight": {"next_steps": [{"text": step}]}, "next_step": {"text": step}}
    return spoken("\n".join(lines), *titles, language=language, ruling=ruling, card="flight", sources=[RELEASE])
