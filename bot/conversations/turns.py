"""Answers what a conversation has pending, one turn after the other."""

import asyncio
import logging
from collections.abc import Awaitable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.conversations import record
from bot.conversations.broadcast import Broadcast, Changed, Typing
from bot.conversations.dialogue_port import Answer, Dialogue, Inbound, Reply
from bot.conversations.ending import Ending
from bot.conversations.faults import whereabouts
from bot.conversations.held import locked
from bot.conversations.limits import ANSWER_SECONDS, RECOVERIES_TRIED
from bot.conversations.locks import Locks
from bot.conversations.pending import Pending, PendingEvent, PendingMessage, next_pending
from bot.conversations.states import bot_answers
from bot.conversations.transcript import Transcript
from bot.db.engine import Database
from bot.db.error import is_unavailable
from bot.formats import Language
from bot.logs.context import about_conversation
from bot.metrics import timed
from bot.texts import LANGUAGES, Catalogue

_log = logging.getLogger(__name__)


class _AgainError(Exception):
    """The turn has to be taken again, from the conversation as it is now."""


class Turns:
    """Takes turns with the dialogue. Calls for one conversation wait for each other."""

    def __init__(
        self,
        database: Database,
        dialogue: Dialogue,
        catalogue: Catalogue,
        clock: Clock,
        *,
        broadcast: Broadcast,
        locks: Locks,
    ) -> None:
        self._database = database
        self._dialogue = dialogue
        self._catalogue = catalogue
        self._clock = clock
        self._broadcast = broadcast
        self._locks = locks

    async def answer(self, conversation_id: str, up_to: int | None = None) -> Transcript | None:
        """Answers what is pending, oldest first, as far as message number `up_to`; everything without it.

        Gives that message with its replies where it was answered here, None where it was before or elsewhere.
        """
        async with self._locks.hold(conversation_id):
            while True:
                turn = await self._next(conversation_id)
                if turn is None:
                    return None
                if up_to is not None and isinstance(turn.what, PendingMessage) and turn.what.seq > up_to:
                    return None
                try:
                    done = await self._take(turn)
                except _AgainError:
                    continue
                if isinstance(turn.what, PendingMessage) and turn.what.seq == up_to:
                    return done

    async def recover(self, conversation_id: str) -> None:
        """Answers what was pending when the process ended.

        A message, or a happening, that was tried so often already may be what ends the process (a defect in a library
        can): it gets an apology, unread, so that it never keeps the guide from starting. What came after is answered.
        """
        async with self._locks.hold(conversation_id):
            turn = await self._next(conversation_id)
            if turn is None:
                return
            async with self._database.write() as session, locked(session, conversation_id) as conversation:
                tried = await record.try_recovery(session, conversation, self._clock())
            if tried >= RECOVERIES_TRIED:
                what = f"message {turn.what.seq}" if isinstance(turn.what, PendingMessage) else turn.what.what
                _log.error("conversation %s: %s ended the process before", conversation_id, what)
                await self._apologise(turn)
                self._broadcast.tell(conversation_id, Changed())
        await self.answer(conversation_id)

    async def _next(self, conversation_id: str) -> Pending | None:
        async with self._database.read_once() as session:
            return await next_pending(session, conversation_id)

    async def greeting(self, conversation_id: str, language: Language | None) -> Answer:
        """The first words, or plain ones of our own where the dialogue fails."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._dialogue.greet(conversation_id, language)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in there, the traveller can go on
            _log.error("conversation %s: greeting failed: %s", conversation_id, whereabouts(error))
            return self._own_words("system_greeting", language)

    async def _take(self, turn: Pending) -> Transcript | None:
        if not bot_answers(turn.state):
            return await self._commit(turn, None)
        self._broadcast.tell(turn.conversation_id, Typing(True))
        try:
            with timed.turn(turn.conversation_id), about_conversation(turn.conversation_id):
                return await self._answer_or_apologise(turn)
        finally:
            self._broadcast.tell(turn.conversation_id, Changed())
            self._broadcast.tell(turn.conversation_id, Typing(False))

    async def _answer_or_apologise(self, turn: Pending) -> Transcript | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await self._ask(turn)
            return await self._commit(turn, answer)
        except _AgainError:
            raise
        except Exception as error:
            if is_unavailable(error):
                # No reason to apologise: the message is kept, and is answered when the database is there again.
                raise
            _log.error("conversation %s: answer failed: %s", turn.conversation_id, whereabouts(error))
            return await self._apologise(turn)

    def _ask(self, turn: Pending) -> Awaitable[Answer]:
        if isinstance(turn.what, PendingEvent):
            return self._dialogue.happened(turn.what.what, turn.conversation_id, turn.language)
        return self._dialogue.answer(
            Inbound(
                conversation_id=turn.conversation_id,
                message_id=turn.what.id,
                text=turn.what.text,
                language=turn.language,
                received_at=turn.what.created_at,
                choices=turn.what.choices,
                state=turn.state,
            )
        )

    async def _apologise(self, turn: Pending) -> Transcript | None:
        return await self._commit(turn, self._own_words("system_apology", turn.language), failed=True)

    async def _commit(self, turn: Pending, answer: Answer | None, *, failed: bool = False) -> Transcript | None:
        """Stores everything of the turn, or nothing: None where it was answered meanwhile, or was no message.

        Raises:
            _AgainError: the conversation changed hands meanwhile, and the bot has to look at the turn anew.
        """
        with timed.part("commit"):
            async with self._database.write() as session, locked(session, turn.conversation_id) as conversation:
                ending = Ending.of(conversation, turn, answer, self._clock(), failed=failed)
                if ending is None:
                    raise _AgainError
                replies = await ending.store(session, conversation, turn.what)
        if replies is None or isinstance(turn.what, PendingEvent):
            return None
        return ending.shown(turn.what, replies)

    def _own_words(self, key: str, language: Language | None) -> Answer:
        languages = LANGUAGES if language is None else (language,)
        return Answer(
            replies=tuple(Reply(self._catalogue.say(key, each), each) for each in languages),
            language=language or LANGUAGES[0],
            state="bot",
            intent="",
            confidence=0.0,
            save=_nothing_to_save,
        )


async def _nothing_to_save(_session: AsyncSession) -> None:
    return
