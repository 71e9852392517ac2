"""How a turn ends: everything that one transaction stores of it, and how it is shown without reading it again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import event_names, record, verbs
from bot.conversations.dialogue_port import Answer
from bot.conversations.held import Held
from bot.conversations.models import GUESSES, Message
from bot.conversations.pending import Pending, PendingEvent, PendingMessage
from bot.conversations.states import State, bot_answers
from bot.conversations.transcript import Transcript, shown
from bot.formats import Language

_GUESSES_KEPT = 3


@dataclass(frozen=True)
class Ending:
    """The end of a turn: `state` is the conversation's from then on, `language` that of the traveller's message.

    `answer` is None where the bot says nothing; `dropped` tells that it would have. `failed` is that of an apology.
    """

    answer: Answer | None
    dropped: bool
    failed: bool
    at: datetime
    state: State
    language: Language | None

    @classmethod
    def of(cls, conversation: Held, turn: Pending, answer: Answer | None, at: datetime, *, failed: bool) -> Self | None:
        """How the turn ends for the conversation as it is now; None where it has to be taken again.

        A person may have taken the conversation over while the answer was being found: it must not come after them,
        so it is dropped, and the message is theirs to answer. Where they have given it back meanwhile, or the message
        was read while they had it, the message is the bot's to answer, from what is known now.
        """
        row = conversation.row
        if not bot_answers(row.state):
            return cls(None, answer is not None, failed, at, row.state, row.language)
        if answer is None or turn.takeovers != row.takeovers:
            return None
        language = row.language if failed else answer.language
        return cls(answer, False, failed, at, _after(row.state, answer), language)

    async def store(
        self, session: AsyncSession, conversation: Held, what: PendingMessage | PendingEvent
    ) -> Sequence[Message] | None:
        """Stores it and gives the replies, with the conversation's row taken; None where it was answered meanwhile."""
        if not await self._mark(session, what):
            return None
        if isinstance(what, PendingMessage):
            self._heard_from_traveller(conversation, what)
        if self.dropped:
            conversation.note(event_names.ANSWER_DROPPED, self.at)
        if self.answer is None:
            return ()
        reply_to = what.id if isinstance(what, PendingMessage) else None
        intent = self.answer.intent or None
        replies = [replace(reply, meta={"intent": intent, **reply.meta}) for reply in self.answer.replies]
        stored = conversation.add_replies(replies, at=self.at, reply_to=reply_to)
        self._change(conversation, self.answer)
        conversation.row.language = self.language
        name = event_names.ANSWER_FAILED if self.failed else event_names.ANSWERED
        conversation.note(name, self.at, {"reply_to": reply_to})
        await self.answer.save(session)
        return stored

    def _heard_from_traveller(self, conversation: Held, what: PendingMessage) -> None:
        if conversation.row.snoozed_until is not None:
            verbs.wake(conversation, "traveller", self.at)
        if conversation.row.state == "human":
            verbs.traveller_spoke_to_staff(conversation, what.created_at)

    def _change(self, conversation: Held, answer: Answer) -> None:
        """Calls the verb that leads to the state after the answer."""
        if answer.rating is not None:
            verbs.rate(conversation, answer.rating, self.at)
        if self.state == conversation.row.state:
            return
        if self.state == "waiting":
            verbs.ask_for_person(conversation, answer.handoff or "asked", self.at)
        elif self.state == "closed":
            verbs.end(conversation, self.at)
        elif conversation.row.state == "waiting":
            verbs.withdraw(conversation, self.at)
        else:
            verbs.reopen(conversation, self.at)

    async def _mark(self, session: AsyncSession, what: PendingMessage | PendingEvent) -> bool:
        if isinstance(what, PendingEvent):
            return await record.mark_said(session, what.event_id)
        return await record.mark_answered(
            session, what.id, at=self.at, state=self.state, language=self.language, meta=self._understood()
        )

    def shown(self, what: PendingMessage, replies: Sequence[Message]) -> Transcript:
        """The message and its replies as they are stored."""
        message = Message(
            id=what.id,
            seq=what.seq,
            sender="traveller",
            text=what.text,
            language=self.language,
            buttons=[],
            meta=self._understood(),
            created_at=what.created_at,
            client_message_id=what.client_message_id,
        )
        return Transcript([shown(part) for part in (message, *replies)], self.state)

    def _understood(self) -> dict[str, Any]:
        """What is kept of how the message was read."""
        if self.answer is None or self.failed:
            return {}
        meta: dict[str, Any] = {"intent": self.answer.intent, "confidence": self.answer.confidence}
        if self.answer.guesses:
            meta[GUESSES] = [list(guess) for guess in self.answer.guesses[:_GUESSES_KEPT]]
        return meta


def _after(state: State, answer: Answer) -> State:
    """The state that an answer leads to: who waits for a person goes on waiting, unless they need none any more."""
    if state == "waiting":
        return "bot" if answer.leaves_queue else "waiting"
    return answer.state
