"""The conversation itself: its language, starting over, dropping a question."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import GuideAction
from actions.person import leave_queue, offer_to_leave_queue
from actions.turn import Turn
from bot.dialogue.thread import Thread

# What cannot be undone takes more than being likely.
_CERTAIN = 0.9
# Not what was told: in which language one talks, and what is asked once only.
_KEPT = frozenset({"language", "rating_asked"})


class ActionChangeLanguage(GuideAction):
    """Answers change_language; the host has switched already, so this only says it, in the new language."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_change_language"

    async def answer(self, turn: Turn) -> None:
        """Confirms the language; a question that is open is asked again in it."""
        offers = [] if turn.thread.is_open or turn.more_follows else [turn.button("button.cbp", "ask_cbp_on_flight")]
        turn.reply(turn.say("language.confirmed"), offers)


class ActionCancel(GuideAction):
    """Answers cancel: drops the question that is being pursued, keeps what was told."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_cancel"

    async def answer(self, turn: Turn) -> None:
        """Says so. Of who waits for a person it is the waiting that is dropped, unless a question was open."""
        waits = turn.state == "waiting"
        pressed = any(entity["entity"] == "leaves_queue" for entity in turn.entities)
        if waits and (pressed or not Thread(turn.slot("goal"), turn.slot("awaiting")).is_open):
            turn.leave_open()
            return leave_queue(turn)
        turn.keep(goal=None)
        turn.await_fact(None)
        offers = [turn.button("button.cbp", "ask_cbp_on_flight"), *offer_to_leave_queue(turn)]
        return turn.reply(turn.say("answer.cancel"), offers)


class ActionRestart(GuideAction):
    """Answers restart: forgets what was told and who the traveller proved to be. Replaces Rasa's action of the name."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_restart"

    async def answer(self, turn: Turn) -> None:
        """Says that everything is forgotten, and has the proof forgotten with it; asks first where it may be meant."""
        if turn.confidence < _CERTAIN:
            return turn.reply(turn.say("restart.sure"), [turn.button("button.restart", "restart")])
        turn.ask_host(effect="forget_identity")
        return turn.reply(turn.say("restart.done"), [turn.button("button.cbp", "ask_cbp_on_flight")])

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Called by Rasa."""
        turn = await Turn.open(dispatcher, tracker)
        await self.answer(turn)
        if turn.confidence < _CERTAIN:
            return turn.events()
        told = [name for name, value in tracker.slots.items() if value is not None and name not in _KEPT]
        return [*(SlotSet(name, None) for name in told), SlotSet("language", turn.language)]
