"""WhatsApp's window: what may be sent when.

Within 24 hours of the traveller's last message, any text; after that, only a template that WhatsApp approved
(https://www.twilio.com/docs/api/errors/63016, read 2026-11-22).
"""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from bot.conversations.outbox.port import Letter, RefusedError
from bot.formats import Language

_WINDOW = timedelta(hours=24) - timedelta(minutes=1)
"""A minute less, which a message may spend on its way."""

_LONGEST_VARIABLE = 900
"""Characters: of the 1,024 of a template's text, with room for the template's own words."""


def content(letter: Letter, templates: Mapping[Language, str]) -> Mapping[str, str]:
    """What is sent now, named as Twilio's SDK names it. Raises RefusedError."""
    if letter.now - letter.heard_at < _WINDOW:
        return {"body": letter.part.text}
    template = templates.get(letter.language, "")
    if not template:
        raise RefusedError("window", "the traveller wrote more than 24 hours ago, and no template is set")
    text = in_one_line(letter.part.text)
    if len(text) > _LONGEST_VARIABLE:
        raise RefusedError("window", f"the traveller wrote more than 24 hours ago; over {_LONGEST_VARIABLE} characters")
    return {"content_sid": template, "content_variables": msgspec.json.encode({"1": text}).decode()}


def in_one_line(text: str) -> str:
    """The text as a template's variable may hold it: no line breaks, tabs or runs of spaces (Twilio's error 21656)."""
    return " ".join(text.split())
