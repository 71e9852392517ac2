"""Reads what an action answered: each response whole, its text, buttons and data in one reply."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.conversations.dialogue_port import AnswerState, Button, Choice, Reply
from bot.conversations.reasons import Rating, Reason
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
        """The conversation state that an action asked for, if one did; the last counts, as below."""
        return next(self._asked("state"), None)

    def handoff(self) -> Reason | None:
        """Why a person is asked for."""
        return next(self._asked("handoff"), None)

    def leaves_queue(self) -> bool:
        """Whether no person is needed any more."""
        return next(self._asked("leaves_queue"), False)

    def rating(self) -> Rating | None:
        """What was answered to the question at the end."""
        return next(self._asked("rating"), None)

    def effects(self) -> frozenset[str]:
        """The lasting things that actions asked for."""
        return frozenset(self._asked("effect"))

    def _asked(self, name: str) -> Iterator[Any]:
        """What actions asked for under this name, the last first."""
        asked = [(response.get("custom") or {}).get(name) for response in self.responses]
        return (value for value in reversed(asked) if value)


def _reply(response: Mapping[str, Any], language: Language) -> Reply:
    custom = response.get("custom") or {}
    buttons = tuple(
        Button(button["title"], button["payload"], _choice(button.get("choice")))
        for button in response.get("buttons") or []
    )
    return Reply(response["text"], custom.get("language", language), buttons, custom.get("meta", {}))


def _choice(raw: dict[str, Any] | None) -> Choice | None:
    return Choice(raw["intent"], tuple(raw.get("entities", ()))) if raw else None
