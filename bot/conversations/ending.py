"""How a turn ends: everything that one transaction stores of it, and how it is shown without reading it again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import event_names, record
from bot.conversations.dialogue_port import Answer
from bot.conversations.held import Held
from bot.conversations.models import GUESSES, Message
from bot.conversations.pending import PendingMessage, PendingProof
from bot.conversations.states import State, bot_answers, change
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
    def of(cls, conversation: Held, answer: Answer | None, at: datetime, *, failed: bool) -> Self:
        """How it ends for the conversation as it is now. Raises StateError where the answer's state cannot follow."""
        # A person took over while the answer was being found; it must not come after them.
        dropped = answer is not None and not bot_answers(conversation.state)
        answer = None if dropped else answer
        state, language = conversation.state, conversation.language
        # Who waits for a person goes on waiting while the guide answers; the answer can only ask for more.
        if answer is not None and (answer.state != "bot" or state != "waiting"):
            state = change(state, answer.state)
        if answer is not None and not failed:
            language = answer.language
        return cls(answer, dropped, failed, at, state, language)

    async def store(
        self, session: AsyncSession, conversation: Held, what: PendingMessage | PendingProof
    ) -> Sequence[Message] | None:
        """Stores it and gives the replies, with the conversation's row taken; None where it was answered meanwhile."""
        if not await self._mark(session, what):
            return None
        if self.dropped:
            conversation.note(event_names.ANSWER_DROPPED, self.at)
        if self.answer is None:
            return ()
        reply_to = what.id if isinstance(what, PendingMessage) else None
        intent = self.answer.intent or None
        replies = [replace(reply, meta={"intent": intent, **reply.meta}) for reply in self.answer.replies]
        stored = conversation.add_replies(replies, at=self.at, reply_to=reply_to)
        conversation.enter(self.state, self.at)
        conversation.language = self.language
        name = event_names.ANSWER_FAILED if self.failed else event_names.ANSWERED
        conversation.note(name, self.at, {"reply_to": reply_to})
        await self.answer.save(session)
        return stored

    async def _mark(self, session: AsyncSession, what: PendingMessage | PendingProof) -> bool:
        if isinstance(what, PendingProof):
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
