"""Sending through WhatsApp's Cloud API."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from bot.channels.graph.base import is_open
from bot.channels.graph.client import Graph
from bot.channels.graph.reading import name_of
from bot.conversations.outbox.port import Letter, RefusedError, Sent
from bot.conversations.transcript import ShownButton

LONGEST_TITLE = 24
MOST_ROWS = 10
_MOST_BUTTONS = 3
_LONGEST_BUTTON_TITLE = 20
_LONGEST_BODY_WITH_BUTTONS = 1024
_LONGEST_ID = 200
_LONGEST_IN_TEMPLATE = 900
"""A template's body has at most 1,024 characters, those around the variable among them."""


class _Message(msgspec.Struct, frozen=True):
    id: str


class _Answer(msgspec.Struct, frozen=True):
    messages: list[_Message]


async def send(graph: Graph, phone_id: str, letter: Letter, *, template: str, choose: str) -> Sent:
    """Sends one part. Raises SendError."""
    answer = await graph.post(f"{phone_id}/messages", _Answer, request(letter, template=template, choose=choose))
    return Sent(name_of(answer.messages[0].id) if answer.messages else None)


def request(letter: Letter, *, template: str, choose: str) -> Mapping[str, Any]:
    """The body of the request; `choose` opens a list of choices.

    Outside Meta's window it is the template with this name, which carries the words; RefusedError where there is none
    or the words do not fit.
    """
    # A person without a number to see is written to by an id with a dot.
    recipient = "recipient" if "." in letter.address else "to"
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        recipient: letter.address,
        "biz_opaque_callback_data": letter.key,
        **(_content(letter, choose) if is_open(letter) else _in_template(letter, template)),
    }


def _content(letter: Letter, choose: str) -> Mapping[str, Any]:
    words, buttons = letter.part.text, letter.part.buttons
    if not buttons:
        return {"type": "text", "text": {"body": words, "preview_url": False}}
    body = {"text": words}
    if _fit_as_buttons(words, buttons):
        shown = [{"type": "reply", "reply": {"id": _id(each), "title": each.title}} for each in buttons]
        return {"type": "interactive", "interactive": {"type": "button", "body": body, "action": {"buttons": shown}}}
    rows = [{"id": _id(each), "title": each.title} for each in buttons]
    action = {"button": choose, "sections": [{"rows": rows}]}
    return {"type": "interactive", "interactive": {"type": "list", "body": body, "action": action}}


def _fit_as_buttons(words: str, buttons: Sequence[ShownButton]) -> bool:
    return (
        len(buttons) <= _MOST_BUTTONS
        and len(words) <= _LONGEST_BODY_WITH_BUTTONS
        and all(len(button.title) <= _LONGEST_BUTTON_TITLE for button in buttons)
    )


def _id(button: ShownButton) -> str:
    # The title means the same as the payload to the guide.
    return button.payload if len(button.payload) <= _LONGEST_ID else button.title


def _in_template(letter: Letter, template: str) -> Mapping[str, Any]:
    if not template:
        raise RefusedError(
            "window", f"24 hours have passed, and WHATSAPP_CLOUD_TEMPLATE_{letter.language.upper()} is not set"
        )
    choices = " / ".join(button.title for button in letter.part.buttons)
    # A variable may hold no line break, and no more than four spaces on end.
    words = " ".join(f"{letter.part.text} {choices}".split())
    if len(words) > _LONGEST_IN_TEMPLATE:
        raise RefusedError("window", f"24 hours have passed, and more than {_LONGEST_IN_TEMPLATE} characters are left")
    variable = {"type": "body", "parameters": [{"type": "text", "text": words}]}
    language = {"code": letter.language}
    return {"type": "template", "template": {"name": template, "language": language, "components": [variable]}}
