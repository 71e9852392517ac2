"""Plays actions as Rasa would, one message after the other, with the real policy, wording and entity rules."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import GuideAction
from bot.applicants.models import Identity
from bot.dialogue.resources import Resources, provide
from bot.nlu.entities import EntityRules

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("America/Toronto"))
CONVERSATION = "conversation-of-the-test"


@dataclass
class Said:
    """What one action answered."""

    responses: list[dict[str, Any]]

    @property
    def replies(self) -> list[dict[str, Any]]:
        return [response for response in self.responses if response.get("text")]

    @property
    def text(self) -> str:
        return "\n".join(reply["text"] for reply in self.replies)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for reply in self.replies for button in reply.get("buttons") or []]

    @property
    def flight(self) -> dict[str, Any]:
        """The flight half of the ruling that was said."""
        rulings = [reply["custom"]["meta"].get("ruling") for reply in self.replies]
        found: dict[str, Any] = next(ruling["cbp_on_next_flight"] for ruling in rulings if ruling)
        return found

    @property
    def ruled(self) -> bool:
        return any("ruling" in reply["custom"]["meta"] for reply in self.replies)

    def asked_for(self, key: str) -> list[Any]:
        """What was asked of the host, by its name: `state`, `handoff`, `effect` and so on."""
        return [response["custom"][key] for response in self.responses if key in (response.get("custom") or {})]


@dataclass
class Scene:
    """A conversation with actions: slots are kept from turn to turn as Rasa keeps them."""

    known: Resources
    rules: EntityRules
    slots: dict[str, Any] = field(default_factory=dict)
    language: str = "en"
    state: str = "bot"

    async def play(self, action: GuideAction, intent: str, text: str = "", **message: Any) -> Said:
        """The action's answer to `text`; `entities` of a pressed button, `confidence` and `intent_ranking` may come."""
        provide(self.known)
        entities = message.pop("entities", None)
        pressed = entities is not None
        if entities is None:
            found = self.rules.find(text, "fr" if self.language == "fr" else "en", NOW.replace(tzinfo=None))
            entities = [entity.as_rasa("test") for entity in found]
        latest = {
            "text": text,
            "intent": {"name": intent, "confidence": message.pop("confidence", 1.0)},
            "entities": entities,
            "language_certainty": 1.0,
            "turn": {"language": self.language, "switched": False, "now": NOW.isoformat(), "state": self.state},
            **message,
        }
        if pressed:
            del latest["language_certainty"]
        dispatcher = CollectingDispatcher()
        tracker = Tracker(CONVERSATION, dict(self.slots), latest, [], False, None, {}, "action_listen")
        for event in await action.run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "reset_slots":
                self.slots.clear()
        return Said(dispatcher.messages)

    async def prove(self, applicant_id: str) -> None:
        """Makes this conversation that of `applicant_id`, as a proof of identity would."""
        async with self.known.database.write() as session:
            session.add(Identity(conversation_id=CONVERSATION, applicant_id=applicant_id, proved_at=NOW))
