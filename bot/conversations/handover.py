"""What staff do with a conversation: each act is one transaction of change, event and audit; then watchers are told.

Acts of two of the staff at once queue for the conversation's row; the second finds what the first did.
"""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit import log as audit
from bot.audit.actor import Actor
from bot.clock import Clock
from bot.conversations import read_marks, verbs
from bot.conversations.broadcast import Changed, Read, Typing
from bot.conversations.held import Held, locked
from bot.conversations.models import Conversation, Message, Note
from bot.conversations.refusals import NotHeldError, SnoozeError, TakenError
from bot.conversations.satisfaction import question
from bot.conversations.service import Conversations
from bot.conversations.staff_words import client_id, masked_words, refuse_another
from bot.conversations.states import StateError
from bot.db.engine import Database
from bot.db.upsert import insert_into
from bot.texts import Catalogue


class Handover:
    """The acts of staff on the conversations of this installation."""

    def __init__(self, database: Database, conversations: Conversations, catalogue: Catalogue, clock: Clock) -> None:
        self._database = database
        self._conversations = conversations
        self._broadcast = conversations.broadcast
        self._catalogue = catalogue
        self._clock = clock

    async def take(self, conversation_id: str, actor: Actor) -> None:
        """Makes the actor the assignee (bot or waiting → human); done twice by the same one, it is done once.

        Raises:
            TakenError: somebody else has it.
            StateError: it is closed.
        """
        async with self._act(conversation_id, actor, "conversation.taken") as act:
            holder = act.held.holder
            if holder is not None and holder.id != actor.id:
                raise TakenError(holder)
            if holder is not None:
                return act.nothing_to_do()
            _refuse_closed(act.held)
            verbs.take(act.held, actor, act.at)

    async def assign(self, conversation_id: str, actor: Actor, to: Actor, *, from_others: bool = True) -> None:
        """Makes `to` the assignee (bot, waiting or human → human); without `from_others`, not of what others have.

        Raises:
            StateError: it is closed.
            NotHeldError: somebody else than the actor has it, and it is not taken `from_others`.
        """
        async with self._act(conversation_id, actor, "conversation.assigned", {"to": to.id}) as act:
            _refuse_closed(act.held)
            if not from_others:
                _refuse_somebody_elses(act.held, actor)
            verbs.assign(act.held, actor, to, act.at)

    async def reply(self, conversation_id: str, actor: Actor, text: str, client_message_id: str) -> Message:
        """Says something to the traveller; the same `client_message_id` again gives the same message.

        Raises:
            NotHeldError: the actor is not the assignee.
            IntakeError: the text is no message; IdUsedError where its id is that of another text.
        """
        words, name = masked_words(text, self._clock()), client_id(client_message_id)
        async with self._act(conversation_id, actor, "conversation.replied") as act:
            before = await _said_before(act.session, conversation_id, name)
            if before is not None:
                act.nothing_to_do()
                refuse_another(before.text, words)
                return before
            _require_assignee(act.held, actor)
            said = act.held.add_staff_message(words, at=act.at, author=actor.name, client_message_id=name)
            verbs.staff_spoke(act.held, act.at)
        return said

    async def add_note(self, conversation_id: str, actor: Actor, text: str, client_note_id: str) -> Note:
        """Adds a private note, in any state; the same `client_note_id` again gives the same note.

        Raises:
            IntakeError: the text is no note; IdUsedError where its id is that of another text.
        """
        words, name = masked_words(text, self._clock()), client_id(client_note_id)
        async with self._act(conversation_id, actor, "conversation.noted") as act:
            values = {
                "id": str(uuid.uuid4()),
                "conversation_id": conversation_id,
                "seq": act.held.row.last_seq,
                "author_id": actor.id,
                "author_name": actor.name,
                "text": words,
                "client_note_id": name,
                "created_at": act.at,
            }
            added = insert_into(act.session, Note).values(values).on_conflict_do_nothing().returning(Note.id)
            if await act.session.scalar(added) is None:
                act.nothing_to_do()
            note = (
                await act.session.scalars(
                    select(Note).where(Note.conversation_id == conversation_id, Note.client_note_id == name)
                )
            ).one()
            refuse_another(note.text, words)
        return note

    async def snooze(self, conversation_id: str, actor: Actor, until: datetime) -> None:
        """Puts it aside until an instant or the traveller's next message, for who waits or is with a person.

        Raises:
            SnoozeError: the instant has passed.
            NotHeldError: somebody else has it.
            StateError: nobody waits in it.
        """
        async with self._act(conversation_id, actor, "conversation.snoozed") as act:
            if until <= act.at:
                raise SnoozeError(f"expected an instant after {act.at.isoformat()}, got {until.isoformat()}")
            _refuse_unattended(act.held, "snoozed")
            _refuse_somebody_elses(act.held, actor)
            verbs.snooze(act.held, actor, until, act.at)

    async def wake(self, conversation_id: str, actor: Actor) -> None:
        """Puts it back into the queue; does nothing where it is there.

        Raises:
            NotHeldError: somebody else has it.
        """
        async with self._act(conversation_id, actor, "conversation.woken") as act:
            _refuse_somebody_elses(act.held, actor)
            if act.held.row.snoozed_until is None:
                return act.nothing_to_do()
            verbs.wake(act.held, actor.name, act.at)

    async def resolve(self, conversation_id: str, actor: Actor) -> None:
        """Ends it (bot, waiting or human → closed), and asks once whether the traveller got what they needed.

        Raises:
            NotHeldError: somebody else has it.
        """
        async with self._act(conversation_id, actor, "conversation.resolved") as act:
            _refuse_somebody_elses(act.held, actor)
            if act.held.row.state == "closed":
                return act.nothing_to_do()
            verbs.resolve(act.held, actor, act.at)
            if act.held.row.rating is None:
                act.held.add_replies([question(self._catalogue, act.held.row.language)], at=act.at, reply_to=None)

    async def hand_back(self, conversation_id: str, actor: Actor, line: str) -> None:
        """Says one line to the traveller and gives the conversation back (human → bot); then the guide goes on.

        Raises:
            NotHeldError: the actor is not the assignee.
            IntakeError: the line is no message.
        """
        words = masked_words(line, self._clock())
        async with self._act(conversation_id, actor, "conversation.handed_back") as act:
            _require_assignee(act.held, actor)
            act.held.add_staff_message(words, at=act.at, author=actor.name, client_message_id=None)
            verbs.staff_spoke(act.held, act.at)
            verbs.hand_back(act.held, actor, act.at)
        self._conversations.speak(conversation_id)

    async def typing(self, conversation_id: str, actor: Actor, on: bool) -> None:
        """Shows the traveller that the assignee writes; a sign only, kept nowhere."""
        async with self._database.read_once() as session:
            holder = await _assignee(session, conversation_id)
        if holder == actor.id:
            self._broadcast.tell(conversation_id, Typing(on, "staff"))

    async def read_by_staff(self, conversation_id: str, actor: Actor, seq: int) -> None:
        """Marks what the assignee has seen; marks only move forward."""
        await read_marks.move(self._database, self._broadcast, conversation_id, Read("staff", seq), by=actor)

    @asynccontextmanager
    async def _act(
        self, conversation_id: str, actor: Actor, action: str, data: Mapping[str, Any] | None = None
    ) -> AsyncIterator["_Act"]:
        at = self._clock()
        async with self._database.write() as session, locked(session, conversation_id) as held:
            act = _Act(session, held, at)
            yield act
            if act.done:
                await audit.note(session, actor, action, "conversation", conversation_id, at, data)
        if act.done:
            self._broadcast.tell(conversation_id, Changed())


class _Act:
    """An act under way: the transaction, the conversation in it, and the instant."""

    def __init__(self, session: AsyncSession, held: Held, at: datetime) -> None:
        self.session = session
        self.held = held
        self.at = at
        self.done = True

    def nothing_to_do(self) -> None:
        """It was done before, so nothing of it is noted again."""
        self.done = False


def _require_assignee(held: Held, actor: Actor) -> None:
    if held.holder is None:
        raise NotHeldError(None)
    _refuse_somebody_elses(held, actor)


def _refuse_somebody_elses(held: Held, actor: Actor) -> None:
    holder = held.holder
    if holder is not None and holder.id != actor.id:
        raise NotHeldError(holder)


def _refuse_closed(held: Held) -> None:
    if held.row.state == "closed":
        raise StateError("the conversation is closed; it opens again with the traveller's next message")


def _refuse_unattended(held: Held, what: str) -> None:
    if held.row.state not in ("waiting", "human"):
        raise StateError(f"only a conversation that waits for a person or is with one can be {what}")


async def _said_before(session: AsyncSession, conversation_id: str, name: str) -> Message | None:
    return await session.scalar(
        select(Message).where(Message.conversation_id == conversation_id, Message.client_message_id == name)
    )


async def _assignee(session: AsyncSession, conversation_id: str) -> str | None:
    return await session.scalar(select(Conversation.assignee_id).where(Conversation.id == conversation_id))
