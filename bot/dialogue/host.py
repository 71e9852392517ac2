"""The dialogue in this process: what Rasa trained, its tracker in our database, its actions called directly.

One turn: the message is read (in a thread, for reading takes CPU), the language is decided, the rule of the intent says
which action answers, and the replies go back together with what has to be written. Nothing lasting happens here; the
conversation record writes replies and dialogue state in one transaction.

What Rasa trained is served without Rasa's own agent (`bot.dialogue.assistant`): its message processor, its graph runner
and TensorFlow, which it imports, took most of a turn, of the memory and of the time to start (`benchmarks`).
"""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.identity import forget
from bot.conversations.dialogue_port import Answer, Choice, Happening, Inbound, Reply
from bot.conversations.states import State
from bot.dialogue.action_bridge import InProcessActions
from bot.dialogue.assistant import Assistant, load_assistant
from bot.dialogue.collecting import ReplyCollector
from bot.dialogue.greeting import greeting
from bot.dialogue.language_choice import Chosen, choose
from bot.dialogue.model import usable_model
from bot.dialogue.reading import Reader
from bot.dialogue.resources import Resources, provide
from bot.dialogue.tracker_store import WindowTrackerStore
from bot.formats import Language
from bot.metrics import timed
from bot.nlu.unsure import FALLBACK

DEFAULT_ZONE = ZoneInfo("America/Toronto")


class GuideDialogue:
    """Answers travellers; satisfies `bot.conversations.dialogue_port.Dialogue`."""

    def __init__(self, assistant: Assistant, actions: InProcessActions, known: Resources) -> None:
        self._assistant = assistant
        self._store = WindowTrackerStore(known.database, assistant.domain)
        self._actions = actions
        self._known = known
        self._reader = Reader(assistant.pipeline)
        self._domain = assistant.domain.as_dict()

    async def answer(self, inbound: Inbound) -> Answer:
        """The replies to one message.

        Raises:
            ActionFailedError: an action raised; nothing of the turn is kept.
        """
        choice = inbound.choices.get(inbound.text.strip().casefold())
        now = self._known.clock()
        if choice is not None:
            understood = _pressed(inbound, choice)
        else:
            wall_clock = now.astimezone(DEFAULT_ZONE).replace(tzinfo=None)
            with timed.part("reading"):
                understood = await asyncio.to_thread(self._reader.read, inbound.text, inbound.language, wall_clock)
        chosen = choose(understood, inbound.language, pressed=choice is not None)
        answer = await self._turn(inbound.conversation_id, understood, chosen, now, inbound.state)
        if chosen.switched and answer.intent != "change_language":
            notice = Reply(self._known.wording.say("language.noticed", chosen.language), chosen.language)
            answer = replace(answer, replies=(notice, *answer.replies))
        return answer

    async def happened(self, what: Happening, conversation_id: str, language: Language | None) -> Answer:
        """Speaks about what happened, and answers the question that waited for it."""
        chosen = Chosen(language or "en", switched=False)
        return await self._turn(conversation_id, _event(what), chosen, self._known.clock(), "bot")

    async def greet(self, conversation_id: str, language: Language | None) -> Answer:
        """The first words of a new conversation."""
        reply = greeting(self._known.wording, language)
        return Answer((reply,), language or "en", "bot", "greet", 1.0, _nothing)

    def parse(self, text: str, language: Language | None) -> dict[str, Any]:
        """What is understood of `text`, in the form of `nexus-guide parse`."""
        wall_clock = self._known.clock().astimezone(DEFAULT_ZONE).replace(tzinfo=None)
        return self._reader.parse(text, language, wall_clock)

    async def _turn(
        self, conversation_id: str, understood: dict[str, Any], chosen: Chosen, now: datetime, state: State
    ) -> Answer:
        """Answers what was understood; a message of several questions has several `parts`, answered in order.

        `state` is that of the conversation before.
        """
        collector = ReplyCollector()
        stated = {"language": chosen.language, "switched": chosen.switched, "now": now.isoformat(), "state": state}
        tracker = await self._store.retrieve(conversation_id)
        for part in understood.get("parts") or (understood,):
            await self._step(tracker, {**part, "turn": stated}, collector)
        effects = collector.effects()
        dialogue_state = self._store.added(tracker)

        async def save(session: AsyncSession) -> None:
            await dialogue_state(session)
            if "forget_identity" in effects:
                await forget(session, conversation_id)

        intent = understood["intent"]
        return Answer(
            replies=collector.replies(chosen.language),
            language=chosen.language,
            state=collector.state() or "bot",
            intent=intent["name"],
            confidence=float(intent["confidence"]),
            save=save,
            guesses=tuple(_guesses(understood)),
            handoff=collector.handoff(),
            leaves_queue=collector.leaves_queue(),
            rating=collector.rating(),
        )

    async def _step(self, tracker: DialogueStateTracker, understood: dict[str, Any], collector: ReplyCollector) -> None:
        """Runs the action that answers one question, and lets the tracker know."""
        intent, entities = understood["intent"], understood["entities"]
        kept = {"text": understood["text"], "intent": intent, "entities": entities}
        tracker.update(UserUttered(understood["text"], intent, entities, parse_data=kept, input_channel="guide"))
        action = self._assistant.rules.action(intent["name"])
        state = tracker.current_state() | {"latest_message": understood, "events": []}
        with timed.part("action"):
            result = await self._actions.run(action, state, self._domain)
        tracker.update(ActionExecuted(action))
        for event in result.events:
            tracker.update(SlotSet(event["name"], event["value"]))
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        collector.add(result.responses)


def load_dialogue(known: Resources) -> GuideDialogue:
    """Loads the trained model and puts the dialogue together; takes seconds of CPU.

    Raises:
        ModelError: there is no model, or it was trained from other files than those present.
    """
    assistant = load_assistant(usable_model(known.settings.model_dir))
    provide(known)
    dialogue = GuideDialogue(assistant, InProcessActions(), known)
    # The first message would otherwise pay for what is loaded at first use.
    dialogue.parse("Can I do the CBP part on my flight on Friday?", None)
    return dialogue


def _guesses(understood: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """The readings of the message as a whole, for whoever reviews it; being unsure is none."""
    for reading in understood["intent_ranking"]:
        if reading["name"] != FALLBACK:
            yield reading["name"], float(reading["confidence"])


async def _nothing(session: AsyncSession) -> None:
    """A greeting leaves no dialogue state."""


def _event(name: str) -> dict[str, Any]:
    return {"text": "", "intent": {"name": name, "confidence": 1.0}, "entities": [], "intent_ranking": []}


def _pressed(inbound: Inbound, choice: Choice) -> dict[str, Any]:
    """A pressed button means its intent for certain; no reading is needed."""
    return {
        "text": inbound.text,
        "intent": {"name": choice.intent, "confidence": 1.0},
        "entities": [dict(entity) for entity in choice.entities],
        "intent_ranking": [{"name": choice.intent, "confidence": 1.0}],
    }
