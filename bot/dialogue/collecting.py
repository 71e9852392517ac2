"""Collects what the dialogue says in one turn, each message whole.

Rasa's own collecting channel splits a response with buttons and data into several messages; here text, buttons and
data of one response stay one reply.
"""

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.conversations.dialogue_port import AnswerState, Button, Choice, Reply
from bot.formats import Language


class ReplyCollector(OutputChannel):
    """An output channel that keeps responses instead of sending them."""

    def __init__(self) -> None:
        self.responses: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa's tracker."""
        return "guide"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keeps one response."""
        self.responses.append(message)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keeps a plain text, for parts of Rasa that send one directly."""
        self.responses.append({"text": text})

    def replies(self, language: Language) -> tuple[Reply, ...]:
        """The responses as replies; what carries neither text nor buttons is no reply."""
        return tuple(_reply(response, language) for response in self.responses if response.get("text"))

    def state(self) -> AnswerState | None:
        """The conversation state that an action asked for, if one did."""
        asked = [(response.get("custom") or {}).get("state") for response in self.responses]
        return next((state for state in reversed(asked) if state), None)

    def effects(self) -> frozenset[str]:
        """The lasting things that actions asked for."""
        asked = [(response.get("custom") or {}).get("effect") for response in self.responses]
        return frozenset(effect for effect in asked if effect)


def _reply(response: dict[str, Any], language: Language) -> Reply:
    custom = response.get("custom") or {}
    buttons = tuple(
        Button(button["title"], button["payload"], _choice(button.get("choice")))
        for button in response.get("buttons") or []
    )
    return Reply(response["text"], custom.get("language", language), buttons, custom.get("meta", {}))


def _choice(raw: dict[str, Any] | None) -> Choice | None:
    return Choice(raw["intent"], tuple(raw.get("entities", ()))) if raw else None
