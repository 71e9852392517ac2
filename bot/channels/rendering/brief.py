"""What of a message is said at once, and what waits until it is asked for."""

from collections.abc import Mapping
from typing import Any

from bot.conversations.transcript import ShownMessage

_SEVERAL = 2


def split(message: ShownMessage) -> tuple[str, str]:
    """The verdict and the next step, and the rest; all of the text and nothing where it is no ruling with a step.

    The verdict of a ruling is the first line of its message; the next step is the line that says it.
    """
    lines = message.text.split("\n")
    ruling = message.meta.get("ruling")
    if ruling is None or len(lines) <= _SEVERAL:
        return message.text, ""
    step = _next_step(ruling, message.meta.get("card"))
    said = next((number for number, line in enumerate(lines) if number and step and line.endswith(step)), None)
    if said is None:
        return message.text, ""
    rest = [line for number, line in enumerate(lines) if number not in (0, said)]
    return f"{lines[0]}\n{lines[said]}", "\n".join(rest)


def _next_step(ruling: Mapping[str, Any], card: str | None) -> str | None:
    if card == "flight":
        steps = ruling["cbp_on_next_flight"]["next_steps"]
        return steps[0]["text"] if steps else None
    text: str = ruling["next_step"]["text"]
    return text
