"""The conversation: one verb for each thing that can be done with it.

Order of a turn: the message is masked and committed as unanswered; then the dialogue answers; then replies, dialogue
state, state of the conversation and the mark "answered" are committed together; then watchers are told. A crash
between any two steps leaves the message unanswered, and `recover` answers it once.
"""

import asyncio
import uuid
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from bot.applicants import identity
from bot.applicants.identity import Proof, ProofResult
from bot.clock import Clock
from bot.conversations import event_names, read_marks, record, tokens
from bot.conversations.broadcast import Broadcast, Changed, Delivered, Read, Typing
from bot.conversations.dialogue_port import Choice, Dialogue
from bot.conversations.held import locked
from bot.conversations.intake import IntakeError, SendMessage, check
from bot.conversations.limits import RECOVERED_AT_ONCE
from bot.conversations.locks import Locks
from bot.conversations.models import Message
from bot.conversations.outbox.contacts import heard_from
from bot.conversations.own_answer import OwnAnswer
from bot.conversations.pending import waiting_conversations
from bot.conversations.transcript import StartedConversation, Transcript, shown
from bot.conversations.turns import Turns
from bot.db.engine import Database
from bot.formats import Language
from bot.metrics import timed
from bot.privacy.masking import mask
from bot.texts import Catalogue

_Result = TypeVar("_Result")


class Conversations:
    """All conversations of this installation."""

    def __init__(
        self,
        database: Database,
        dialogue: Dialogue,
        catalogue: Catalogue,
        clock: Clock,
        secret_key: str,
        *,
        broadcast: Broadcast | None = None,
        locks: Locks | None = None,
    ) -> None:
        """Without `broadcast` and `locks`, this process is the only one."""
        self._database = database
        self._clock = clock
        self._secret_key = secret_key
        self.broadcast = Broadcast() if broadcast is None else broadcast
        self._turns = Turns(
            database, dialogue, catalogue, clock, broadcast=self.broadcast, locks=Locks() if locks is None else locks
        )
        self._running: set[asyncio.Task[Any]] = set()

    async def start(self, channel: str, language: Language | None) -> StartedConversation:
        """A new conversation, greeted."""
        return await self._to_the_end(self._start(channel, language))

    async def _start(self, channel: str, language: Language | None) -> StartedConversation:
        conversation_id, token = str(uuid.uuid4()), tokens.new_token()
        greeting = await self._turns.greeting(conversation_id, language)
        at = self._clock()
        async with (
            self._database.write() as session,
            record.created(
                session,
                conversation_id,
                channel=channel,
                language=language,
                token_digest=tokens.digest(token),
                at=at,
            ) as conversation,
        ):
            stored = conversation.add_replies(greeting.replies, at=at, reply_to=None)
            await greeting.save(session)
        return StartedConversation(
            conversation_id, token, conversation.row.state, [shown(message) for message in stored]
        )

    async def opened_by(self, token: str) -> str | None:
        """The id of the conversation that `token` opens, or None for a token that opens none."""
        token_digest = tokens.digest(token)
        async with self._database.read_once() as session:
            found = await record.by_token_digest(session, token_digest)
        return found.id if found is not None and tokens.same(found.token_digest, token_digest) else None

    async def receive(self, conversation_id: str, message: SendMessage) -> Transcript:
        """Takes a traveller's message in, answers it, and gives it as stored with its replies.

        The same `client_message_id` again gives the same answer. Once it is called the turn runs to its end, even
        where the caller is cancelled.

        Raises:
            IntakeError: the message cannot be taken, or its `client_message_id` was that of another text.
        """
        check(message)
        return await self._to_the_end(self._receive(conversation_id, message))

    async def _receive(self, conversation_id: str, message: SendMessage) -> Transcript:
        at = self._clock()
        text, name = mask(message.text, at).text, message.client_message_id
        with timed.part("store"):
            async with self._database.write() as session:
                stored = await record.take_in(session, conversation_id, text=text, client_message_id=name, at=at)
                if stored is None:
                    await session.rollback()
        if stored is None:
            stored = await self._sent_before(conversation_id, text, name)
        self.broadcast.tell(conversation_id, Changed())
        self.broadcast.tell(conversation_id, Delivered(name, stored.seq))
        answered = None
        if stored.answered_at is None:
            answered = await self._turns.answer(conversation_id, up_to=stored.seq)
        return answered or await self._answered_before(stored.id)

    async def take_in(
        self,
        conversation_id: str,
        message: SendMessage,
        own: OwnAnswer | None = None,
        meaning: Choice | None = None,
    ) -> bool:
        """Stores a message of a messaging channel; the guide answers it in its own time, unless `own` does here.

        `meaning` is what the message means, where that is known without reading it: a number, a place, an old button.
        False where the provider gave it before: then nothing is done.

        Raises:
            IntakeError: the message cannot be taken.
        """
        check(message)
        return await self._to_the_end(self._take_in(conversation_id, message, own, meaning))

    async def _take_in(
        self, conversation_id: str, message: SendMessage, own: OwnAnswer | None, meaning: Choice | None
    ) -> bool:
        at = self._clock()
        text, name = mask(message.text, at).text, message.client_message_id
        with timed.part("store"):
            async with self._database.write() as session:
                stored = await record.take_in(
                    session, conversation_id, text=text, client_message_id=name, at=at, meaning=meaning
                )
                if stored is None:
                    await session.rollback()
                    return False
                await heard_from(session, conversation_id, at)
                if own is not None:
                    await own.store(session, stored, at)
        self.broadcast.tell(conversation_id, Changed())
        if own is None:
            self.speak(conversation_id)
        return True

    async def _sent_before(self, conversation_id: str, text: str, client_message_id: str) -> Message:
        async with self._database.read_once() as session:
            stored = await record.by_client_id(session, conversation_id, client_message_id)
        assert stored is not None
        if stored.text != text:
            raise IntakeError(
                "client_message_id",
                "was used for another text in this conversation; give each message an id of its own",
            )
        return stored

    async def _answered_before(self, message_id: str) -> Transcript:
        async with self._database.read_once() as session:
            turn = await record.turn_of(session, message_id)
        assert turn[0].state_after is not None
        return Transcript([shown(part) for part in turn], turn[0].state_after)

    async def catch_up(self, conversation_id: str, after: int) -> Transcript:
        """What was said after message number `after`. The conversation must exist."""
        async with self._database.read() as session:
            conversation = await record.find(session, conversation_id)
            assert conversation is not None
            messages = await record.messages_after(session, conversation_id, after)
        return Transcript([shown(message) for message in messages], conversation.state)

    async def newest(self, conversation_id: str) -> tuple[int, int]:
        """The numbers of the newest message and of the newest that staff have read. The conversation must exist."""
        async with self._database.read() as session:
            conversation = await record.find(session, conversation_id)
            assert conversation is not None
            return conversation.last_seq, conversation.staff_read_seq

    async def has_read(self, conversation_id: str, seq: int) -> None:
        """Marks that the traveller has seen the messages up to number `seq`."""
        await read_marks.move(self._database, self.broadcast, conversation_id, Read("traveller", seq))

    def typing(self, conversation_id: str, on: bool) -> None:
        """Shows who watches that the traveller writes; a sign only, kept nowhere."""
        self.broadcast.tell(conversation_id, Typing(on, "traveller"))

    async def usable_link(self, link_token: str) -> bool:
        """Whether the identity form behind this link can still be used."""
        async with self._database.read_once() as session:
            return await identity.look_at(session, link_token, self._clock()) is not None

    async def prove_identity(self, link_token: str, number: str, birth_date: str) -> Proof:
        """Tries to prove who the traveller is. After a success the conversation says so and goes on by itself."""
        return await self._to_the_end(self._prove_identity(link_token, number, birth_date))

    async def _prove_identity(self, link_token: str, number: str, birth_date: str) -> Proof:
        async with self._database.write() as session:
            at = self._clock()
            proof = await identity.prove(session, link_token, number, birth_date, at, self._secret_key)
            happened = _worth_words(proof)
            if happened is not None and proof.conversation_id is not None:
                async with locked(session, proof.conversation_id) as conversation:
                    conversation.note(happened, at, pending=True)
        if happened is not None and proof.conversation_id is not None:
            # The form need not wait for the words in the chat.
            self.speak(proof.conversation_id)
        return proof

    def speak(self, conversation_id: str) -> None:
        """Lets the guide say what it owes in the conversation, without waiting for it."""
        self._begin(self._turns.answer(conversation_id))

    async def recover(self, left_behind: Sequence[str] | None = None) -> int:
        """Answers what a process that ended left unanswered in these conversations, without them in all.

        Gives the number of conversations. Once it is called the turns run to their end, as those of `receive` do.
        """
        if left_behind is None:
            async with self._database.read_once() as session:
                left_behind = await waiting_conversations(session)
        places = asyncio.Semaphore(RECOVERED_AT_ONCE)

        async def recover_one(conversation_id: str) -> None:
            async with places:
                await self._turns.recover(conversation_id)

        failed = await self._to_the_end(_all_of([recover_one(each) for each in left_behind]))
        if failed:
            raise failed[0]
        return len(left_behind)

    async def finish(self) -> None:
        """Waits until every turn in flight has come to its end."""
        while self._running:
            await asyncio.wait(set(self._running))

    def _begin(self, work: Coroutine[Any, Any, _Result]) -> asyncio.Task[_Result]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _to_the_end(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Runs `work` in a task of its own, so that a client that hangs up takes nothing down with it."""
        return await asyncio.shield(self._begin(work))


def _worth_words(proof: Proof) -> str | None:
    """The event that the guide speaks about after an attempt; of failures only the one that locks."""
    if proof.result is ProofResult.PROVED:
        return event_names.IDENTITY_PROVED
    if proof.result is ProofResult.WRONG and proof.locked_until is not None:
        return event_names.IDENTITY_LOCKED
    return None


async def _all_of(works: Sequence[Coroutine[Any, Any, None]]) -> list[BaseException]:
    """What went wrong in some of them; one in trouble does not hold up the others."""
    return [each for each in await asyncio.gather(*works, return_exceptions=True) if each is not None]
