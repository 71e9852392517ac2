"""What of a message is said at once, and what waits until it is asked for."""

from collections.abc import Mapping
from typing import Any

from bot.conversations.transcript import ShownMessage

_SEVERAL = 2
_AGAINST = "✗ "


def split(message: ShownMessage) -> tuple[str, str]:
    """What is said at once of a ruling, and the rest; all of the text and nothing where there is nothing to choose.

    The verdict is the first line of the message; with it go the line that says the next step, or else, where the
    ruling is explained, what speaks against it.
    """
    verdict, *lines = message.text.split("\n")
    ruling = message.meta.get("ruling")
    if ruling is None or len(lines) < _SEVERAL:
        return message.text, ""
    step = _next_step(ruling, message.meta.get("card"))
    at_once = [line for line in lines if step and line.endswith(step)] or [
        line for line in lines if line.startswith(_AGAINST)
    ]
    if not at_once:
        return message.text, ""
    return "\n".join([verdict, *at_once]), "\n".join(line for line in lines if line not in at_once)


def _next_step(ruling: Mapping[str, Any], card: str | None) -> str | None:
    if card == "flight":
        steps = ruling["cbp_on_next_flight"]["next_steps"]
        return steps[0]["text"] if steps else None
    text: str = ruling["next_step"]["text"]
    return text
