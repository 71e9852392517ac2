"""Buttons under a message, and what a press on one means.

Telegram gives back at most 64 bytes of a button, and payloads may be longer. A longer one is named by its place and
its beginning, and found by the keyboard that comes with the press: its title, which the record takes as well as the
payload. Telegram leaves the keyboard out where the message is gone; then the beginning has to do.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.conversations.transcript import ShownButton

_MOST_BYTES = 64
"""Of `callback_data`: the Bot API's bound."""


class Key(msgspec.Struct, frozen=True):
    """A button as Telegram shows it."""

    text: str
    callback_data: str | None = None


def row(button: ShownButton, place: int) -> list[dict[str, Any]]:
    """One row of a keyboard with one button, which is so wide as the message."""
    return [{"text": button.title, "callback_data": _named(button.payload, place)}]


def meaning(data: str, keyboard: Sequence[Sequence[Key]]) -> str:
    """The text that a press stands for."""
    if not _is_cut(data):
        return data
    pressed = next((key for keys in keyboard for key in keys if key.callback_data == data), None)
    return data.partition(":")[2] if pressed is None else pressed.text


def _named(payload: str, place: int) -> str:
    if len(payload.encode()) <= _MOST_BYTES and not _is_cut(payload):
        return payload
    prefix = f"#{place}:"
    beginning = payload.encode()[: _MOST_BYTES - len(prefix)]
    return prefix + beginning.decode(errors="ignore")


def _is_cut(data: str) -> bool:
    return data.startswith("#") and data[1:].partition(":")[0].isdecimal() and ":" in data
