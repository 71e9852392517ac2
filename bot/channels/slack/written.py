"""Slack's markup: taken out of what travellers write, and kept out of what we write."""

import re
from collections.abc import Iterator
from typing import Any

_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_NOT_OF_ADDRESS = ".,;:!?)»’”"
_ESCAPED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def heard(text: str) -> str:
    """What a traveller typed: Slack puts addresses and names into angle brackets, and escapes three characters."""
    plain = _MARK.sub(lambda mark: mark.group(2) or mark.group(1), text)
    for character, escaped in reversed(_ESCAPED):
        plain = plain.replace(escaped, character)
    return plain


def escaped(text: str) -> str:
    """A text in which Slack finds no markup: no mention of everybody, no link under another name."""
    for character, written in _ESCAPED:
        text = text.replace(character, written)
    return text


def block(text: str) -> dict[str, Any]:
    """A block that shows the text as it stands, whatever stars stand in it, and its addresses as links."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(_elements(text))}]}


def _elements(text: str) -> Iterator[dict[str, Any]]:
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(_NOT_OF_ADDRESS)
        if found.start() > end:
            yield {"type": "text", "text": text[end : found.start()]}
        yield {"type": "link", "url": address}
        end = found.start() + len(address)
    if end < len(text):
        yield {"type": "text", "text": text[end:]}
