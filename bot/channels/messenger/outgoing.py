"""Sending through Messenger's Send API."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from bot.channels.graph.base import is_open
from bot.channels.graph.client import Graph
from bot.channels.graph.reading import name_of
from bot.conversations.outbox.port import Letter, RefusedError, Sent
from bot.conversations.transcript import ShownButton

LONGEST_TITLE = 20
MOST_BUTTONS = 13
_LONGEST_PAYLOAD = 1000
_STAFF_WINDOW = timedelta(days=7) - timedelta(minutes=1)


class _Answer(msgspec.Struct, frozen=True):
    message_id: str | None = None


async def send(graph: Graph, page_id: str, letter: Letter, *, human_agent: bool) -> Sent:
    """Sends one part. Raises SendError."""
    answer = await graph.post(f"{page_id}/messages", _Answer, request(letter, human_agent=human_agent))
    return Sent(None if answer.message_id is None else name_of(answer.message_id))


def request(letter: Letter, *, human_agent: bool) -> Mapping[str, Any]:
    """The body of the request. Raises RefusedError where Meta's window has closed."""
    part = letter.part
    message: dict[str, Any] = {"text": part.text, "metadata": letter.key}
    if part.buttons:
        message["quick_replies"] = [_quick_reply(button) for button in part.buttons]
    return {"recipient": {"id": letter.address}, **_occasion(letter, human_agent), "message": message}


def _occasion(letter: Letter, human_agent: bool) -> Mapping[str, str]:
    if is_open(letter):
        return {"messaging_type": "RESPONSE"}
    # The tag is for what a person wrote; used by a program, it costs the page its right to send.
    if human_agent and letter.part.sender == "staff" and letter.now - letter.heard_at < _STAFF_WINDOW:
        return {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    raise RefusedError("window", "Messenger takes answers for 24 hours after the traveller's last message")


def _quick_reply(button: ShownButton) -> Mapping[str, str]:
    # The title means the same as the payload to the guide.
    payload = button.payload if len(button.payload) <= _LONGEST_PAYLOAD else button.title
    return {"content_type": "text", "title": button.title, "payload": payload}
