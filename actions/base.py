"""What all actions share: open the turn, answer, come back to what was open, keep what changed."""

from abc import abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn


class GuideAction(Action):
    """An action of the guide; a subclass names itself and answers."""

    @abstractmethod
    def name(self) -> str:
        """The action's name in `domain.yml`."""

    @abstractmethod
    async def answer(self, turn: Turn) -> None:
        """Replies to the turn."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Called by Rasa."""
        # Every goal is an action, and an action may lead back to any goal.
        from actions.returning import return_to_the_open_question

        turn = await Turn.open(dispatcher, tracker)
        await self.answer(turn)
        await return_to_the_open_question(turn)
        return turn.events()
