"""One turn of a conversation as an action sees it: what was said, what is known, and how to reply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import msgspec
from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.applicants.case import case_for
from bot.applicants.identity import proved_applicant
from bot.conversations.states import State
from bot.dialogue.cited import Card, sources_of
from bot.dialogue.heard import DEFAULT_ZONE, Context, hear, spoken, without_trip
from bot.dialogue.names import named
from bot.dialogue.pointing import points_to_a_day
from bot.dialogue.positions import position
from bot.dialogue.resources import Resources, resources
from bot.dialogue.thread import Thread
from bot.dialogue.told import Told
from bot.dialogue.told_case import spoken_day
from bot.formats import Language
from bot.guidance.case import Case, Residence
from bot.guidance.engine import rule
from bot.guidance.ruling import CitedSource, Ruling

# Stands among the facts told last where they were only supposed.
SUPPOSED = "supposed"
__all__ = ["DEFAULT_ZONE", "SUPPOSED", "OnFile", "Turn"]


@dataclass(frozen=True)
class OnFile:
    """The file of a traveller who has proved who they are."""

    applicant_id: str
    case: Case


class Turn:
    """What an action works with.

    `state` is the conversation's before the turn. `told` is all the traveller has told, this message included;
    `mentioned` only what this message says. `continuing` is set where it answers a question of the guide's.
    """

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Resources) -> None:
        message: Mapping[str, Any] = tracker.latest_message or {}
        stated: Mapping[str, Any] = message.get("turn") or {}
        self._dispatcher = dispatcher
        self._slots = dict(tracker.slots)
        self._changes: dict[str, Any] = {}
        self.known = known
        self.conversation_id: str = tracker.sender_id
        self.language = cast(Language, stated.get("language") or message.get("language") or "en")
        self.switched = bool(stated.get("switched"))
        self.state: State = stated.get("state") or "bot"
        self.now = datetime.fromisoformat(stated["now"]) if "now" in stated else known.clock()
        intent: Mapping[str, Any] = message.get("intent") or {}
        self.intent: str = intent.get("name") or ""
        self.confidence = float(intent.get("confidence") or 0.0)
        self.ranking: Sequence[Mapping[str, Any]] = message.get("intent_ranking") or ()
        self.awaiting: str | None = self._slots.get("awaiting")
        self.goal: str | None = self._slots.get("goal")
        self.continuing = False
        self.more_follows = bool(message.get("more"))
        self.before = Told(**{name: self._slots.get(name) for name in Told.__struct_fields__})
        self.thread = Thread(self.goal, self.awaiting)
        self.text = text = spoken(message)
        known_so_far = self._said_before(text, message.get("drops"))
        self.heard = hear(text, message.get("entities") or (), known_so_far, known.known)
        self.entities: Sequence[Mapping[str, Any]] = self.heard.entities
        self.mentioned = self.heard.mentioned
        self.told = self.heard.told
        self._file: OnFile | None = None
        self._file_read = False

    @classmethod
    async def open(cls, dispatcher: CollectingDispatcher, tracker: Tracker) -> "Turn":
        """The turn of the tracker's latest message."""
        return cls(dispatcher, tracker, await resources())

    def _said_before(self, text: str, drops: str | None) -> Context:
        """What was said before, less what this message drops: the open question, or the flight as well."""
        told = self.before
        if drops is not None:
            self.goal = self.awaiting = None
            self.thread = Thread(None, None)
            self.keep(goal=None)
        if drops == "trip":
            told = without_trip(told)
        day = None
        if points_to_a_day(text):
            last = self.last_case
            day = spoken_day(last, self.known.policy) if last is not None and last.trips else told.day
        lately = self._slots.get("lately") or ()
        place = self._slots.get("last_place")
        return Context(self.now, self.language, told, self.awaiting, lately, place, day)

    # What is known

    async def file(self) -> OnFile | None:
        """The traveller's own file, only where this conversation proved whose it is."""
        if not self._file_read:
            async with self.known.database.read() as session:
                applicant_id = await proved_applicant(session, self.conversation_id)
                case = await case_for(session, applicant_id, self.now) if applicant_id else None
            self._file = OnFile(applicant_id, case) if applicant_id and case else None
            self._file_read = True
        return self._file

    async def residence(self) -> Residence | None:
        """Where the traveller says they live, or their file."""
        if self.told.home:
            return position(self.known.known, self.told.home)
        file = await self.file()
        return file.case.residence if file else None

    def rule(self, case: Case) -> Ruling:
        """The ruling on a case, in the traveller's language."""
        return rule(case, self.known.policy, self.known.wording, self.language)

    @property
    def last_case(self) -> Case | None:
        """The case that was ruled on last in this conversation."""
        kept = self._slots.get("last_case")
        return msgspec.convert(kept, Case, strict=False) if kept else None

    @property
    def supposing(self) -> bool:
        """Whether the last turn supposed something ("what if …?"), so that a correction supposes something else."""
        return SUPPOSED in (self._slots.get("lately") or ())

    def slot(self, name: str) -> Any:
        """The value a slot had when the turn began."""
        return self._slots.get(name)

    # What is said

    def say(self, key: str, **values: object) -> str:
        """A text of the catalogue in the traveller's language."""
        return self.known.wording.say(key, self.language, **values)

    def reply(
        self,
        text: str,
        buttons: Iterable[dict[str, Any]] = (),
        *,
        ruling: Ruling | None = None,
        card: Card = "flight",
        summary: str | None = None,
        sources: Iterable[str] = (),
        link: Mapping[str, str] | None = None,
    ) -> None:
        """One message to the traveller.

        `text` says everything, for channels that show nothing else. `card` is the part of `ruling` the message is
        about, and `summary` what a channel that draws that part as a card, or `link` as a button, shows instead.
        """
        meta: dict[str, Any] = {"intent": self.intent}
        if ruling is not None:
            meta["ruling"] = msgspec.to_builtins(ruling)
            meta["card"] = card
            summary = summary or text
            sources = [*sources_of(ruling, card), *sources]
        meta["sources"] = msgspec.to_builtins(list(self.cite(sources)))
        if link is not None:
            meta["link"] = dict(link)
        if summary is not None:
            meta["summary"] = summary
        self._dispatcher.utter_message(text=text, buttons=list(buttons), json_message={"meta": meta})

    def cite(self, ids: Iterable[str]) -> Iterable[CitedSource]:
        """Sources as a reader sees them, each once."""
        for source in map(self.known.policy.sources.__getitem__, dict.fromkeys(ids)):
            title = source.title.fr if self.language == "fr" else source.title.en
            yield CitedSource(source.id, title, source.date, source.url)

    def button(self, key: str, intent: str, **facts: str) -> dict[str, Any]:
        """A thing to press; it means `intent` with `facts` as entities, whatever its words would be understood as."""
        return self.choice(key, intent, [{"entity": name, "value": value} for name, value in facts.items()])

    def choice(self, key: str, intent: str, entities: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """A thing to press that means `intent` with the `entities` of what was said before."""
        title, facts = self.say(key), [dict(entity) for entity in entities]
        return {"title": title, "payload": title, "choice": {"intent": intent, "entities": facts}}

    def airport_button(self, code: str) -> dict[str, Any]:
        """A thing to press that names an airport, or the city of one that is not described."""
        airport = self.known.policy.airports.get(code)
        title = named(self.known.policy, code, self.language)
        if airport is not None:
            title = f"{airport.name.fr if self.language == 'fr' else airport.name.en} ({code})"
        extra = {"country": self.known.policy.countries.get(code), "airports": [code]}
        entity = {"entity": "airport", "value": code, "start": 0, "end": 0, "extra": extra}
        return {"title": title, "payload": title, "choice": {"intent": "inform", "entities": [entity]}}

    def ask_host(self, **asked: Any) -> None:
        """Asks for more than words, to be done in the transaction that stores the replies.

        `state` to enter; `handoff`: why a person; `leaves_queue`: none any more; `rating` at the end; `effect`.
        """
        self._dispatcher.utter_message(json_message=asked)

    # What is kept

    def keep(self, **slots: Any) -> None:
        """Sets slots at the end of the turn."""
        self._changes.update(slots)

    def pursue(self, goal: str) -> None:
        """Makes `goal` the one that answers to the guide's questions lead back to."""
        self.goal = goal
        self.thread.pursued = goal
        self.keep(goal=goal)

    def await_fact(self, fact: str | None) -> None:
        """What the guide has just asked for, None for nothing."""
        self.thread.asked = True
        self.keep(awaiting=fact)

    def leave_open(self) -> None:
        """Leaves a question of the guide's that was open as it is, without coming back to it now."""
        self.thread.asked = True
        self.keep(goal=self.thread.goal, awaiting=self.thread.awaiting)

    def remember_case(self, case: Case) -> None:
        """Keeps the case for "why?" and "what if?"."""
        self.keep(last_case=msgspec.to_builtins(case))

    def events(self) -> list[dict[str, Any]]:
        """The slots this turn changed."""
        told = {
            name: getattr(self.told, name)
            for name in Told.__struct_fields__
            if getattr(self.told, name) != getattr(self.before, name)
        }
        self._changes.setdefault("awaiting", None)
        self._changes.setdefault("unsure", 0)
        if told:
            earlier = [name for name in self._slots.get("lately") or () if name not in told and name != SUPPOSED]
            self._changes.setdefault("lately", [*told, *earlier])
        if self.heard.place is not None:
            self._changes.setdefault("last_place", dict(self.heard.place))
        changes = {**told, "language": self.language, **self._changes}
        return [SlotSet(name, value) for name, value in changes.items() if self._slots.get(name) != value]
