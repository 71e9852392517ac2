"""What of a message is said at once, and what waits until it is asked for."""

from collections.abc import Mapping
from typing import Any

from bot.conversations.transcript import ShownMessage

_SEVERAL = 2
_AGAINST = "✗ "


def split(message: ShownMessage) -> tuple[str, str]:
    """What is said at once of a ruling, and the rest; all of the text and nothing where there is nothing to choose.

    The verdict is the first line of the message; with it goes the line that says the next step, or else, where a
    ruling is explained, what speaks against it.
    """
    verdict, *lines = message.text.split("\n")
    step = _next_step(message.meta)
    at_once = [line for line in lines if step and line.endswith(step)]
    at_once = at_once or [line for line in lines if line.startswith(_AGAINST)]
    if not at_once or len(lines) < _SEVERAL:
        return message.text, ""
    return "\n".join([verdict, *at_once]), "\n".join(line for line in lines if line not in at_once)


def _next_step(meta: Mapping[str, Any]) -> str | None:
    ruling = meta.get("ruling")
    if ruling is None:
        return None
    if meta.get("card") == "flight":
        steps = ruling["cbp_on_next_flight"]["next_steps"]
        return steps[0]["text"] if steps else None
    text: str = ruling["next_step"]["text"]
    return text
