"""Answers what a conversation has pending, one turn after the other."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.conversations import event_names, record
from bot.conversations.broadcast import Broadcast, Changed, Typing
from bot.conversations.dialogue_port import Answer, AnswerState, Dialogue, Inbound, Reply
from bot.conversations.faults import whereabouts
from bot.conversations.limits import ANSWER_SECONDS, RECOVERIES_TRIED
from bot.conversations.locks import Locks
from bot.conversations.models import GUESSES, Conversation
from bot.conversations.record import PendingMessage, PendingProof
from bot.conversations.states import bot_answers
from bot.db.engine import Database
from bot.formats import Language
from bot.texts import LANGUAGES, Catalogue

_log = logging.getLogger(__name__)
_GUESSES_KEPT = 3


class Turns:
    """Takes turns with the dialogue. Calls for one conversation wait for each other."""

    def __init__(
        self, database: Database, dialogue: Dialogue, catalogue: Catalogue, clock: Clock, broadcast: Broadcast
    ) -> None:
        self._database = database
        self._dialogue = dialogue
        self._catalogue = catalogue
        self._clock = clock
        self._broadcast = broadcast
        self._locks = Locks()

    async def answer(self, conversation_id: str, up_to: int | None = None) -> None:
        """Answers what is pending, oldest first, as far as message number `up_to`; everything without it."""
        async with self._locks.hold(conversation_id):
            while True:
                async with self._database.read() as session:
                    turn = await record.next_pending(session, conversation_id)
                if turn is None or (
                    up_to is not None and isinstance(turn, PendingMessage) and turn.message.seq > up_to
                ):
                    return
                await self._take(conversation_id, turn)

    async def recover(self, conversation_id: str) -> None:
        """Answers what was pending when the process ended.

        A message that was tried so often already may be what ends the process (a defect in a library can): it gets an
        apology, unread, so that one message never keeps the guide from starting. What came after it is answered.
        """
        async with self._locks.hold(conversation_id):
            async with self._database.read() as session:
                turn = await record.next_pending(session, conversation_id)
            if turn is None:
                return
            async with self._database.write() as session:
                conversation = await record.locked(session, conversation_id)
                tried = await record.try_recovery(session, conversation, self._clock())
            if tried >= RECOVERIES_TRIED and isinstance(turn, PendingMessage):
                _log.error("conversation %s: message %d ended the process before", conversation_id, turn.message.seq)
                await self._apologise(conversation, turn)
                self._broadcast.tell(conversation_id, Changed())
        await self.answer(conversation_id)

    async def greeting(self, conversation_id: str, language: Language | None) -> Answer:
        """The first words, or plain ones of our own where the dialogue fails."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._dialogue.greet(conversation_id, language)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in there, the traveller can go on
            _log.error("conversation %s: greeting failed: %s", conversation_id, whereabouts(error))
            return self._own_words("system_greeting", language)

    async def _take(self, conversation_id: str, turn: PendingMessage | PendingProof) -> None:
        async with self._database.read() as session:
            conversation = await record.find(session, conversation_id)
            assert conversation is not None
            if isinstance(turn, PendingMessage):
                choices = await record.offered(session, conversation_id, turn.message.seq)
        if not bot_answers(conversation.state):
            await self._commit(conversation_id, turn, None)
            return
        self._broadcast.tell(conversation_id, Typing(True))
        try:
            if isinstance(turn, PendingMessage):
                work = self._dialogue.answer(
                    Inbound(
                        conversation_id=conversation_id,
                        message_id=turn.message.id,
                        text=turn.message.text,
                        language=conversation.language,
                        received_at=turn.message.created_at,
                        choices=choices,
                    )
                )
            else:
                work = self._dialogue.identity_proved(conversation_id, conversation.language)
            await self._answer_or_apologise(conversation, turn, work)
        finally:
            self._broadcast.tell(conversation_id, Changed())
            self._broadcast.tell(conversation_id, Typing(False))

    async def _answer_or_apologise(
        self, conversation: Conversation, turn: PendingMessage | PendingProof, work: Awaitable[Answer]
    ) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await work
            await self._commit(conversation.id, turn, answer)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in there, the traveller can go on
            _log.error("conversation %s: answer failed: %s", conversation.id, whereabouts(error))
            await self._apologise(conversation, turn)

    async def _apologise(self, conversation: Conversation, turn: PendingMessage | PendingProof) -> None:
        # Who waits for a person goes on waiting.
        state: AnswerState = "waiting" if conversation.state == "waiting" else "bot"
        apology = self._own_words("system_apology", conversation.language, state)
        await self._commit(conversation.id, turn, apology, failed=True)

    async def _commit(
        self, conversation_id: str, turn: PendingMessage | PendingProof, answer: Answer | None, *, failed: bool = False
    ) -> None:
        async with self._database.write() as session:
            conversation = await record.locked(session, conversation_id)
            if not await record.still_pending(session, turn):
                return
            at = self._clock()
            if answer is not None and not bot_answers(conversation.state):
                # A person took over while the answer was being found; it must not come after them.
                record.note(session, conversation, event_names.ANSWER_DROPPED, at)
                answer = None
            if answer is not None:
                await self._store(session, conversation, turn, answer, failed=failed)
            if isinstance(turn, PendingProof):
                await record.mark_said(session, turn.event.id)
                return
            await record.mark_answered(
                session,
                turn.message.id,
                at=at,
                state=conversation.state,
                language=answer.language if answer and not failed else conversation.language,
                meta=_understood(answer) if answer and not failed else {},
            )

    async def _store(
        self,
        session: AsyncSession,
        conversation: Conversation,
        turn: PendingMessage | PendingProof,
        answer: Answer,
        *,
        failed: bool,
    ) -> None:
        at = self._clock()
        reply_to = turn.message.id if isinstance(turn, PendingMessage) else None
        replies = [replace(reply, meta={"intent": answer.intent or None, **reply.meta}) for reply in answer.replies]
        await record.add_replies(session, conversation, replies, at=at, reply_to=reply_to)
        # Who waits for a person goes on waiting while the guide answers; the answer can only ask for more.
        if answer.state != "bot" or conversation.state != "waiting":
            record.enter(session, conversation, answer.state, at)
        if not failed:
            conversation.language = answer.language
        await answer.save(session)
        name = event_names.ANSWER_FAILED if failed else event_names.ANSWERED
        record.note(session, conversation, name, at, {"reply_to": reply_to})

    def _own_words(self, key: str, language: Language | None, state: AnswerState = "bot") -> Answer:
        languages = LANGUAGES if language is None else (language,)
        return Answer(
            replies=tuple(Reply(self._catalogue.say(key, each), each) for each in languages),
            language=language or LANGUAGES[0],
            state=state,
            intent="",
            confidence=0.0,
            save=_nothing_to_save,
        )


def _understood(answer: Answer) -> dict[str, Any]:
    """What is kept of how a message was read."""
    meta: dict[str, Any] = {"intent": answer.intent, "confidence": answer.confidence}
    if answer.guesses:
        meta[GUESSES] = [list(guess) for guess in answer.guesses[:_GUESSES_KEPT]]
    return meta


async def _nothing_to_save(_session: AsyncSession) -> None:
    return
