"""Reads what an action answered: each response whole, its text, buttons and data in one reply."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.conversations.dialogue_port import AnswerState, Button, Choice, Reply
from bot.formats import Language


class ReplyCollector:
    """The responses of one turn, in order."""

    def __init__(self) -> None:
        self.responses: list[Mapping[str, Any]] = []

    def add(self, responses: Iterable[Mapping[str, Any]]) -> None:
        """Keeps the responses of one action."""
        self.responses.extend(responses)

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


def _reply(response: Mapping[str, Any], language: Language) -> Reply:
    custom = response.get("custom") or {}
    buttons = tuple(
        Button(button["title"], button["payload"], _choice(button.get("choice")))
        for button in response.get("buttons") or []
    )
    return Reply(response["text"], custom.get("language", language), buttons, custom.get("meta", {}))


def _choice(raw: dict[str, Any] | None) -> Choice | None:
    return Choice(raw["intent"], tuple(raw.get("entities", ()))) if raw else None
