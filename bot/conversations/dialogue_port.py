"""What the conversation record asks of whatever answers travellers, and what it gives back.

The record stores what came in first, asks for an `Answer`, and commits the replies, the dialogue's own state
(`Answer.save`) and the mark "answered" in one transaction. So an answer must change nothing lasting before `save` is
called: a crash in between means that the same message is answered again.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.reasons import Rating, Reason
from bot.conversations.states import State
from bot.formats import Language

AnswerState = Literal["bot", "waiting", "closed"]

Happening = Literal["identity_proved", "identity_locked", "handed_back"]
"""What the guide speaks about unasked: a proof, its lock, staff who gave the conversation back."""


@dataclass(frozen=True)
class Choice:
    """What a button means: an intent with entities, so that pressing it needs no understanding."""

    intent: str
    entities: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Button:
    """One thing to press. `payload` is what the client sends as text; `choice` stays in the record, unseen outside."""

    title: str
    payload: str
    choice: Choice | None = None


@dataclass(frozen=True)
class Reply:
    """One message to the traveller.

    `meta` may hold `intent`, `ruling`, `sources` (a list of id, title, date, url) and `link` (url, title, expires_at);
    values are what JSON can say.
    """

    text: str
    language: Language
    buttons: tuple[Button, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Inbound:
    """A traveller's message as it is stored: `text` is masked already.

    `language` is that of the conversation so far, None while unknown. `choices` are those offered by the newest bot
    message, keyed by payload and by title, both casefolded. `state` is that of the conversation before the message.
    """

    conversation_id: str
    message_id: str
    text: str
    language: Language | None
    received_at: datetime
    choices: Mapping[str, Choice]
    state: State = "bot"


@dataclass(frozen=True)
class Answer:
    """What the dialogue says to one turn.

    `language` is that of the traveller's message, and from then on of the conversation. `save` writes the dialogue's
    state in the transaction that stores the replies; it is called at most once and may be dropped. `guesses` are the
    likeliest intents with their confidence, likeliest first, for staff who review what was not understood.

    `handoff` is why a person is asked for, with the state `waiting`. `leaves_queue` says that the traveller needs no
    person any more. `rating` is what the traveller answered to the question at the end.
    """

    replies: tuple[Reply, ...]
    language: Language
    state: AnswerState
    intent: str
    confidence: float
    save: Callable[[AsyncSession], Awaitable[None]]
    guesses: tuple[tuple[str, float], ...] = ()
    handoff: Reason | None = None
    leaves_queue: bool = False
    rating: Rating | None = None


class Dialogue(Protocol):
    """Answers travellers. Calls for one conversation never overlap; the record sees to that."""

    async def answer(self, inbound: Inbound) -> Answer:
        """The replies to one message. Whatever it raises, the traveller gets an apology and can go on."""
        ...

    async def happened(self, what: Happening, conversation_id: str, language: Language | None) -> Answer:
        """Speaks about what happened, and answers the question that waited for it."""
        ...

    async def greet(self, conversation_id: str, language: Language | None) -> Answer:
        """The first words of a new conversation; "Bonjour / Hello" while `language` is None."""
        ...

    def parse(self, text: str, language: Language | None) -> dict[str, Any]:
        """What was understood, in the form of `nexus-guide parse`."""
        ...
